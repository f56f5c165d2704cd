import Console
import Glibc
import Migrations

/// What was typed behind `:` in earlier sessions: a line each in a file of the operator's own.
struct CommandHistoryFile: Sendable {
  /// The file.
  let path: String

  /// `$XDG_STATE_HOME/signalbox/commands`, else `~/.local/state/signalbox/commands` (XDG Base Directory Specification).
  static var standard: CommandHistoryFile {
    let given = Environment.variable("XDG_STATE_HOME") ?? ""
    let directory = given.isEmpty ? "\(Environment.variable("HOME") ?? "")/.local/state" : given
    return CommandHistoryFile(path: "\(directory)/signalbox/commands")
  }

  /// How many lines are kept in mind.
  private static let longest = 200

  /// The lines, and what kept them from being read.
  func memory(fileSystem: FileSystem = .local) -> (lines: [String], problem: Trouble?) {
    do {
      return (try lines(fileSystem), nil)
    } catch {
      return ([], Trouble("what was typed in earlier sessions cannot be read: \(error)"))
    }
  }

  /// The lines, the newest last, each once; none where there is no such file.
  private func lines(_ fileSystem: FileSystem) throws -> [String] {
    guard fileSystem.kind(path) == .file else { return [] }
    let bytes = try fileSystem.read(path)
    var lines: [String] = []
    var seen: Set<Substring> = []
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n").reversed()
    where lines.count < Self.longest && seen.insert(line).inserted {
      lines.append(String(line))
    }
    return lines.reversed()
  }

  /// Adds a line; says what is wrong if that does not work.
  ///
  /// Several consoles may add at one time: each line is one write at the end of the file.
  func append(_ line: String) -> Trouble? {
    if let problem = makeDirectories() { return problem }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return trouble() }
    defer { close(descriptor) }
    let bytes = Array((line + "\n").utf8)
    let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    return written == bytes.count ? nil : trouble()
  }

  private func makeDirectories() -> Trouble? {
    var place = path.startIndex
    while let slash = path[place...].firstIndex(of: "/") {
      let directory = String(path[..<slash])
      if !directory.isEmpty, mkdir(directory, 0o700) != 0, errno != EEXIST { return trouble() }
      place = path.index(after: slash)
    }
    return nil
  }

  private func trouble() -> Trouble {
    Trouble("what was typed cannot be kept in \(path): \(String(cString: strerror(errno)))")
  }
}
