public import Glibc

/// How a program is started as a process of its own, with a clean signal state: nothing blocked, nothing ignored,
/// however this process is set up.
///
/// Threads of Swift's pool block nearly every signal, and a plain `posix_spawn` hands that mask down: a server started so
/// could not be stopped by SIGTERM, an editor would not hear ^C.
public struct ProcessLaunch: Sendable {
  /// Where a standard stream of the process leads.
  public enum Stream: Sendable, Hashable {
    /// Where this process's own leads.
    case inherited
    /// To the null device.
    case nothing
    /// To a descriptor; to 0, where the process's own input leads.
    case descriptor(Int32)
    /// To a file that is there, for reading and writing.
    case file(String)
  }

  /// The program's path, or a name that is looked for in this process's PATH.
  public var program: String
  /// What it is told, its name left out.
  public var arguments: [String]
  /// Its variables; nil for those of this process.
  public var environment: [String: String]?
  /// Its standard input.
  public var input: Stream
  /// Its standard output.
  public var output: Stream
  /// Its standard error.
  public var errors: Stream
  /// Whether it is detached from the terminal, so that ^C and a hang-up reach only us.
  ///
  /// The first terminal that the leader of a session opens is its own.
  public var leadsSession: Bool

  /// Makes a launch; by default its streams lead nowhere.
  public init(
    _ program: String, _ arguments: [String], environment: [String: String]? = nil, input: Stream = .nothing,
    output: Stream = .nothing, errors: Stream = .nothing, leadsSession: Bool = false
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.output = output
    self.errors = errors
    self.leadsSession = leadsSession
  }

  /// Starts it and gives its number.
  ///
  /// - Throws: ``ProcessLaunchError`` if the system cannot start it.
  public func start() throws(ProcessLaunchError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in [(Int32(0), input), (1, output), (2, errors)] {
      switch stream {
      case .inherited: break
      case .nothing:
        posix_spawn_file_actions_addopen(&actions, number, "/dev/null", number == 0 ? O_RDONLY : O_WRONLY, 0)
      case .descriptor(let source): posix_spawn_file_actions_adddup2(&actions, source, number)
      case .file(let path): posix_spawn_file_actions_addopen(&actions, number, path, O_RDWR, 0)
      }
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | (leadsSession ? Self.newSession : 0))
    var process = pid_t()
    let words = Self.copies(of: [program] + arguments)
    let settings = environment.map { Self.copies(of: $0.map { "\($0.key)=\($0.value)" }.sorted()) }
    defer { for copy in words + (settings ?? []) { free(copy) } }
    let number =
      if let settings {
        posix_spawnp(&process, program, &actions, &attributes, words, settings)
      } else {
        posix_spawnp(&process, program, &actions, &attributes, words, environ)
      }
    guard number == 0 else { throw ProcessLaunchError(program: program, number: number) }
    return process
  }

  /// `POSIX_SPAWN_SETSID`, a GNU extension that Swift's Glibc module does not show; the same in glibc and musl.
  private static let newSession: Int16 = 0x80

  private static func copies(of texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { text in strdup(text) } + [nil]
  }
}

/// A program that could not be started.
public struct ProcessLaunchError: Error, Hashable, CustomStringConvertible {
  /// The program, as it was asked for.
  public var program: String
  /// The system's number of the error (`errno`).
  public var number: Int32

  /// Makes an error from its parts.
  public init(program: String, number: Int32) {
    self.program = program
    self.number = number
  }

  /// What went wrong, in the system's words.
  public var reason: String { String(cString: strerror(number)) }
  /// One sentence for the operator.
  public var description: String { "cannot start \(program): \(reason)" }
}
