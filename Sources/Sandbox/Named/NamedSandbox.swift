import Glibc

/// A private cluster that is started by one command, found again by others, and stopped by a last one.
///
/// Its data is for throwing away: stopping removes it. What is known of it stands in a file of the person's state
/// directory (`$XDG_STATE_HOME/signalbox/sandboxes`, else `~/.local/state/…`).
public struct NamedSandbox: Sendable {
  /// The name: letters, digits, `-` and `_`.
  public let name: String
  private let stateDirectory: String
  private let environment: [String: String]

  /// A running sandbox, as another command finds it.
  public struct Running: Sendable, Hashable {
    /// The directory that holds data, log and socket.
    public var directory: String
    /// The server's version.
    public var version: String
    /// When it was started, in seconds since 1970.
    public var startedAt: Int

    /// The parameters of a connection to one of its databases.
    public func connectionParameters(database: String = "postgres") -> [String: String] {
      Cluster.connectionParameters(directory: directory, database: database)
    }

    /// The same as text that any libpq program takes.
    public func connectionString(database: String = "postgres") -> String {
      let encoded = directory.utf8.map { byte in
        let character = Character(UnicodeScalar(byte))
        return byte < 128 && (character.isLetter || character.isNumber || "-_.".contains(character))
          ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
      return "postgresql://\(Cluster.user)@/\(database)?host=\(encoded.joined())"
    }
  }

  /// What is known of a sandbox.
  public enum Status: Sendable, Hashable {
    /// There is none of this name.
    case absent
    /// It runs.
    case running(Running)
    /// It was started, and its server is gone (the machine was restarted, or the server killed).
    case dead(directory: String)
  }

  /// A sandbox by its name.
  ///
  /// Throws ``SandboxError/Code/invalidName`` if the name has other characters than a file name should have.
  public init(
    _ name: String = "default", environment: [String: String] = processEnvironment()
  ) throws(SandboxError) {
    let allowed = name.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_")
    }
    guard allowed, !name.isEmpty, name.utf8.count <= 64 else {
      throw SandboxError(
        .invalidName, "\"\(name)\" is not a name for a sandbox",
        advice: "Use up to 64 letters, digits, hyphens and underscores.")
    }
    self.name = name
    self.environment = environment
    stateDirectory = try Self.stateDirectory(environment) + "/signalbox/sandboxes"
  }

  /// Whether it runs, and where.
  public func status() -> Status {
    guard let state = Files.text(of: statePath).flatMap(SandboxState.init(text:)) else { return .absent }
    guard Self.answers(ClusterDirectory(path: state.directory).socket) else {
      return .dead(directory: state.directory)
    }
    return .running(Running(directory: state.directory, version: state.version, startedAt: state.startedAt))
  }

  /// Starts it, or finds it running; what is left of a dead one is removed first.
  public func start(
    _ options: ClusterOptions = ClusterOptions(), now: Int
  ) async throws(SandboxError) -> (sandbox: Running, alreadyRunning: Bool) {
    let lock = try lock()
    defer { Self.unlock(lock) }
    switch status() {
    case .running(let running): return (running, true)
    case .dead: try await remove()
    case .absent: break
    }

    let (script, version) = try await Cluster.prepare(options, binaries: nil, environment: environment)
    let state = SandboxState(
      directory: script.directory.path, binaries: script.binaries.directory, version: version.text,
      startedAt: now)
    // Written before the start: if we die now, the next command finds what is to be removed.
    do throws(SandboxError) {
      try Files.write(state.text, to: statePath)
    } catch {
      script.directory.discard()
      throw error
    }
    guard try await script.complete(.start) else {
      let error = Cluster.startFailure(script)
      try await remove()
      throw error
    }
    return (Running(directory: state.directory, version: state.version, startedAt: now), false)
  }

  /// Stops it and removes its directory; false if there was none.
  public func stop() async throws(SandboxError) -> Bool {
    let lock = try lock()
    defer { Self.unlock(lock) }
    guard Files.exists(statePath) else { return false }
    try await remove()
    return true
  }

  private var statePath: String { "\(stateDirectory)/\(name).state" }

  private func remove() async throws(SandboxError) {
    guard let state = Files.text(of: statePath).flatMap(SandboxState.init(text:)) else {
      throw SandboxError(
        .directoryUnusable, "\(statePath) cannot be read",
        advice: "Look for a directory named \(ClusterDirectory.prefix)… in /tmp, and remove both by hand.")
    }
    if Files.exists(state.directory) {
      let script = ServerScript(
        directory: ClusterDirectory(path: state.directory),
        binaries: ServerBinaries(directory: state.binaries),
        account: try ServerAccount.choose(), environment: environment)
      guard try await script.complete(.stop) else {
        throw SandboxError(
          .directoryUnusable, "the sandbox in \(state.directory) could not be removed",
          advice: "It was left as it is; \(statePath) says where it is.")
      }
    }
    unlink(statePath)
  }

  // One command at a time for each name; the lock goes when its descriptor is closed.
  private func lock() throws(SandboxError) -> Descriptor {
    try Files.makeDirectories(stateDirectory)
    let path = "\(stateDirectory)/\(name).lock"
    let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard number >= 0 else {
      throw SandboxError(.directoryUnusable, "cannot open \(path): \(systemMessage(errno))")
    }
    let descriptor = Descriptor(number)
    guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
      throw SandboxError(
        .busy, "another command is starting or stopping the sandbox \(name)",
        advice: "Wait for it to finish and try again.")
    }
    return descriptor
  }

  // Closing alone is not enough: a child that another thread has forked holds a copy of the descriptor until its exec.
  private static func unlock(_ lock: Descriptor) { flock(lock.number, LOCK_UN) }

  private static func stateDirectory(_ environment: [String: String]) throws(SandboxError) -> String {
    // The standard says that a relative path is to be ignored.
    if let given = environment["XDG_STATE_HOME"], given.hasPrefix("/") { return given }
    if let home = environment["HOME"], home.hasPrefix("/") { return "\(home)/.local/state" }
    throw SandboxError(
      .directoryUnusable, "neither XDG_STATE_HOME nor HOME names a directory to keep the sandbox's state in",
      advice: "Set HOME.")
  }

  // A server that accepts connections on its socket is alive, whoever it runs as.
  private static func answers(_ path: String) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { return false }
    let descriptor = Descriptor(number)
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor.number, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }
}
