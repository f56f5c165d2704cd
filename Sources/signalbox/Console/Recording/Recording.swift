import Console
import Display
import Glibc
import JSON
import Synchronization

/// A session written down as an asciicast, version 2 (docs.asciinema.org/manual/asciicast/v2): a header, then an event a
/// line.
///
/// Each event goes to the file at once, as one whole line, so that a file is complete however the process ends. Keys are not
/// recorded: only what was to be seen of them.
final class Recording {
  private let path: String
  private let descriptor: Int32
  private let secrets: KnownSecrets
  private let startedAt: Double
  private var transcript = FrameTranscript()
  private var size: Size?
  private var length: off_t = 0
  /// What keeps the recording from going on, once something does.
  private var failure: Trouble?

  /// Makes the file, which must not be there yet.
  ///
  /// - Parameter uptime: The time on a clock that never goes back, in seconds, as for every frame.
  /// - Throws: ``CommandFailure`` if something stands at the path, or with the system's reason.
  init(to path: String, secrets: KnownSecrets, uptime: Double) throws {
    self.path = path
    self.secrets = secrets
    startedAt = uptime
    // What the screen shows of a database is for its operator's eyes.
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST {
        throw CommandFailure(
          .usage, "\(path) is there already, and a recording never replaces a file",
          advice: "give --record another name, or remove the file")
      }
      throw CommandFailure(.usage, "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  deinit { close(descriptor) }

  /// Takes what is on the screen now; nil, or once, what keeps it from being recorded.
  ///
  /// - Parameter uptime: The time on the clock of the beginning.
  func take(_ frame: Frame, uptime: Double) -> Trouble? {
    guard failure == nil else { return nil }
    let time = JSONValue.number(((uptime - startedAt) * 1_000_000).rounded() / 1_000_000)
    var lines: [JSONValue] = []
    if size == nil {
      lines.append(header(frame.size))
    } else if size != frame.size {
      lines.append([time, "r", .string("\(frame.size.columns)x\(frame.size.rows)")])
    }
    size = frame.size
    let output = transcript.output(for: secrets.mask.masked(frame))
    if !output.isEmpty { lines.append([time, "o", .string(output)]) }
    for line in lines where failure == nil { write(line.text + "\n") }
    return failure
  }

  private func header(_ size: Size) -> JSONValue {
    [
      "version": 2, "width": .integer(Int64(size.columns)), "height": .integer(Int64(size.rows)),
      "timestamp": .integer(Int64(Clock.documentTime())), "title": "Signalbox",
      "env": ["TERM": "xterm-256color"],
    ]
  }

  /// Writes a line; one that does not fit into the file is taken back as a whole.
  private func write(_ line: String) {
    var rest = Array(line.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        failure = Trouble("the recording \(path) ends here: \(String(cString: strerror(errno)))")
        ftruncate(descriptor, length)
        return
      }
      rest = rest.dropFirst(count)
    }
    length += off_t(line.utf8.count)
  }
}

/// The passwords that were used so far; told by whoever opens a connection, read by the recording.
final class KnownSecrets: Sendable {
  private let known = Mutex(SecretMask())

  /// What puts asterisks over them.
  var mask: SecretMask { known.withLock { $0 } }

  /// Leaves a password out of recordings from now on; a very short one would blot out half the screen, and is only looked
  /// for where passwords stand.
  func add(_ secret: String?) {
    guard let secret, secret.unicodeScalars.count >= 4 else { return }
    known.withLock { $0.add(secret) }
  }
}
