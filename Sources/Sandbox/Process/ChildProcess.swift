import Glibc

/// A child process with a clean signal state: nothing blocked, nothing ignored, however its parent is set up.
///
/// Threads of Swift's pool block nearly every signal, and a plain `posix_spawn` hands that mask down; a server started
/// so could not be stopped by SIGTERM.
struct ChildProcess: Sendable {
  let processIdentifier: pid_t

  /// How a process ended.
  enum Exit: Sendable, Hashable {
    case status(Int32)
    case signal(Int32)
  }

  /// Where a child's standard streams lead; nil is the null device.
  struct Streams {
    var input: Descriptor?
    var output: Descriptor?
    var error: Descriptor?
  }

  /// Starts a program given by its full path.
  ///
  /// `newSession` detaches it from the terminal, so that ^C and a hang-up reach only us.
  static func start(
    _ executable: String, _ arguments: [String], environment: [String: String], streams: Streams = Streams(),
    newSession: Bool = false
  ) throws(SandboxError) -> ChildProcess {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, source) in [(Int32(0), streams.input), (1, streams.output), (2, streams.error)] {
      if let source {
        posix_spawn_file_actions_adddup2(&actions, source.number, target)
      } else {
        posix_spawn_file_actions_addopen(&actions, target, "/dev/null", target == 0 ? O_RDONLY : O_WRONLY, 0)
      }
    }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    let flags =
      Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | (newSession ? newSessionFlag : 0)
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var processIdentifier = pid_t()
    let status = withCStrings([executable] + arguments) { argumentVector in
      withCStrings(environment.map { "\($0.key)=\($0.value)" }.sorted()) { environmentVector in
        posix_spawn(&processIdentifier, executable, &actions, &attributes, argumentVector, environmentVector)
      }
    }
    guard status == 0 else {
      throw SandboxError(.programFailed, "cannot start \(executable): \(systemMessage(status))")
    }
    return ChildProcess(processIdentifier: processIdentifier)
  }

  /// Waits for the end of the process; call it once.
  func waitForExit() async throws(SandboxError) -> Exit {
    let processIdentifier = processIdentifier
    return try await onPlainThread {
      var status: Int32 = 0
      while waitpid(processIdentifier, &status, 0) < 0 {
        guard errno == EINTR else { return .status(-1) }
      }
      let signal = status & 0x7f
      return signal == 0 ? .status((status >> 8) & 0xff) : .signal(signal)
    }
  }

  /// Runs a program to its end and gives back its exit and what it wrote to its standard output.
  static func run(
    _ executable: String, _ arguments: [String], environment: [String: String]
  ) async throws(SandboxError) -> (exit: Exit, output: String) {
    let (ours, child) = try startWithOutput(executable, arguments, environment: environment)
    let output = try await onPlainThread { ours.readText(untilLineEnd: false) }
    return (try await child.waitForExit(), output)
  }

  // A function of its own, so that our copy of the child's end is closed when it returns: else there is no end of file.
  private static func startWithOutput(
    _ executable: String, _ arguments: [String], environment: [String: String]
  ) throws(SandboxError) -> (Descriptor, ChildProcess) {
    let (ours, theirs) = try Descriptor.pair()
    let streams = Streams(output: theirs)
    return (ours, try start(executable, arguments, environment: environment, streams: streams))
  }
}

/// `POSIX_SPAWN_SETSID`, a GNU extension that Swift's Glibc module does not show; the same in glibc and musl.
private let newSessionFlag: Int32 = 0x80

private func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  var pointers = strings.map { strdup($0) }
  pointers.append(nil)
  defer { pointers.forEach { free($0) } }
  return body(pointers)
}
