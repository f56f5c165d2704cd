import Glibc
import Processes
import Threads

/// A shell that runs what it is told, one command after the other; what it was started in (mounts, accounts) lasts until it is
/// dropped.
actor Shell {
  private let process: pid_t
  private let input: Int32
  private let output: Int32

  /// Starts it with words before `sh`, such as `unshare --mount`.
  init(_ prefix: [String]) throws {
    var down: [Int32] = [0, 0]
    var up: [Int32] = [0, 0]
    guard pipe(&down) == 0, pipe(&up) == 0 else { throw ChaosError("no pipe: errno \(errno)") }
    for end in down + up { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let words = prefix + ["/bin/sh"]
    let launch = ProcessLaunch(
      words[0], Array(words.dropFirst()),
      environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"],
      input: .descriptor(down[0]), output: .descriptor(up[1]))
    defer {
      close(down[0])
      close(up[1])
    }
    process = try launch.start()
    input = down[1]
    output = up[0]
  }

  deinit {
    close(input)
    close(output)
    _ = ProcessExit.wait(for: process)
  }

  /// Runs a command; its output goes nowhere.
  ///
  /// - Returns: its exit status; nil if the shell is gone.
  @discardableResult
  func run(_ command: String) async throws -> Int? {
    let text = "{ \(command)\n} </dev/null >/dev/null 2>&1; echo $?\n"
    let (input, output) = (input, output)
    return try await PlainThread.value {
      let bytes = Array(text.utf8)
      guard write(input, bytes, bytes.count) == bytes.count else { return nil }
      var answer: [UInt8] = []
      var byte: UInt8 = 0
      while read(output, &byte, 1) == 1, byte != UInt8(ascii: "\n") { answer.append(byte) }
      return Int(String(decoding: answer, as: UTF8.self))
    }
  }

  /// Runs a command that must succeed.
  func must(_ command: String) async throws {
    let status = try await run(command)
    guard status == 0 else {
      throw ChaosError("\(command) ended with \(status.map(String.init) ?? "nothing")")
    }
  }
}
