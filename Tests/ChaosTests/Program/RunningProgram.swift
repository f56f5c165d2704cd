import Glibc
import Processes
import Synchronization
import Threads

/// The built program as a process of its own, which can be killed at any moment.
final class RunningProgram: Sendable {
  /// How it ended, and what it said.
  struct End: Sendable {
    /// Its exit status, or 128 and the number of the signal that ended it.
    var status: Int32
    var output: String
    var errors: String
  }

  let processIdentifier: pid_t
  private let end = Mutex<End?>(nil)
  private let lineSeen: Atomic<Bool>
  private let watched: String
  private let watchesErrors: Bool

  /// The program that was built along with the tests.
  static let path: String = {
    let words = text(of: "/proc/self/cmdline").split(separator: "\0")
    let test = words.first { $0.contains(".xctest") } ?? ""
    return test.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      + "/signalbox"
  }()

  /// How a sanitizer that the program was built with behaves: as in the tests.
  static let sanitizerOptions: [String: String] = {
    let names = ["ASAN_OPTIONS", "TSAN_OPTIONS"]
    return Dictionary(
      uniqueKeysWithValues: names.compactMap { name in getenv(name).map { (name, String(cString: $0)) } })
  }()

  /// Starts it; `watching` is a piece of its output, or of what it complains of, after which ``hasSaidIt`` is true.
  init(
    _ arguments: [String], watching watched: String = "", inErrors watchesErrors: Bool = false,
    environment: [String: String] = [:]
  ) throws {
    var output: (Int32, Int32) = (0, 0)
    var errors: (Int32, Int32) = (0, 0)
    try Self.makePipe(&output)
    try Self.makePipe(&errors)
    processIdentifier = try Self.spawn(arguments, environment, output: output.1, errors: errors.1)
    close(output.1)
    close(errors.1)
    self.watched = watched
    self.watchesErrors = watchesErrors
    lineSeen = Atomic(false)
    let process = processIdentifier
    let read = (output.0, errors.0)
    try PlainThread.start { [self] in
      let (said, complained) = drain(read.0, read.1)
      close(read.0)
      close(read.1)
      let code = ProcessExit.wait(for: process)?.shellStatus ?? -1
      end.withLock { $0 = End(status: code, output: said, errors: complained) }
    }
  }

  /// Whether the watched text has come.
  var hasSaidIt: Bool { lineSeen.load(ordering: .acquiring) }

  /// How it ended; nil while it runs.
  var ended: End? { end.withLock { $0 } }

  /// Waits until it has said the watched text; throws if it ends without a word of it.
  func says() async throws {
    while !hasSaidIt {
      if let ended, !hasSaidIt { throw ChaosError("it never said \(watched): \(ended)") }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// Its memory in kB, as the kernel counts it; nil once it has ended.
  var residentKilobytes: Int? {
    let lines = Self.text(of: "/proc/\(processIdentifier)/status").split(separator: "\n")
    return lines.first { $0.hasPrefix("VmRSS:") }.flatMap { Int($0.filter(\.isNumber)) }
  }

  /// Sends it a signal.
  func signal(_ number: Int32) { kill(processIdentifier, number) }

  /// Waits for its end; a program that hangs is killed after so many minutes, which its status shows.
  func wait(minutes: Int = 5) async throws -> End {
    let deadline = ContinuousClock.now + .seconds(60 * minutes)
    while true {
      if let ended { return ended }
      if ContinuousClock.now > deadline { signal(SIGABRT) }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  private func drain(_ output: Int32, _ errors: Int32) -> (String, String) {
    var said: [UInt8] = []
    var complained: [UInt8] = []
    var open = [output, errors]
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while !open.isEmpty {
      var descriptors = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&descriptors, nfds_t(descriptors.count), -1) > 0 else { continue }
      for descriptor in descriptors where descriptor.revents != 0 {
        let count = read(descriptor.fd, &buffer, buffer.count)
        if count <= 0 {
          open.removeAll { $0 == descriptor.fd }
        } else if descriptor.fd == output {
          said += buffer[..<count]
        } else {
          complained += buffer[..<count]
        }
        if !watched.isEmpty, !hasSaidIt,
          String(decoding: watchesErrors ? complained : said, as: UTF8.self).contains(watched)
        {
          lineSeen.store(true, ordering: .releasing)
        }
      }
    }
    return (String(decoding: said, as: UTF8.self), String(decoding: complained, as: UTF8.self))
  }

  private static func makePipe(_ ends: inout (Int32, Int32)) throws {
    var pair: [Int32] = [0, 0]
    guard pipe(&pair) == 0 else { throw ChaosError("no pipe: errno \(errno)") }
    // The child has its copies by other numbers; a sibling that kept one open would hide the child's end.
    for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    ends = (pair[0], pair[1])
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String: String], output: Int32, errors: Int32
  ) throws -> pid_t {
    var variables = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"]
    variables.merge(RunningProgram.sanitizerOptions) { $1 }
    variables.merge(environment) { $1 }
    return try ProcessLaunch(
      path, arguments, environment: variables, output: .descriptor(output), errors: .descriptor(errors)
    ).start()
  }

  fileprivate static func text(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}

/// Something that keeps the harness itself from working.
struct ChaosError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
