import Glibc
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
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, down[0], 0)
    posix_spawn_file_actions_adddup2(&actions, up[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let words = Self.copies(of: prefix + ["/bin/sh"])
    let settings = Self.copies(of: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"])
    defer { (words + settings).forEach { free($0) } }
    var process = pid_t()
    let code = posix_spawn(&process, prefix.first ?? "/bin/sh", &actions, &attributes, words, settings)
    close(down[0])
    close(up[1])
    guard code == 0 else { throw ChaosError("no shell: errno \(code)") }
    self.process = process
    input = down[1]
    output = up[0]
  }

  private static func copies(of texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { text in strdup(text) } + [nil]
  }

  deinit {
    close(input)
    close(output)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
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
