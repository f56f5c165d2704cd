/// A private PostgreSQL cluster that lives no longer than the process that started it.
///
/// It listens on a unix socket in a fresh directory, and nowhere else. When this process ends, by whatever death, or
/// when the value is dropped, a watcher stops the server and removes the directory.
public actor Cluster {
  /// The directory that holds data, log and socket.
  public nonisolated let directory: String
  /// The programs that run it.
  public nonisolated let binaries: ServerBinaries
  /// Their version.
  public nonisolated let version: ServerVersion

  /// The port in the socket's name; nothing listens on TCP.
  public static let port = 5432
  /// The superuser of the cluster.
  public static let user = "postgres"

  private let script: ServerScript
  nonisolated let watcher: ChildProcess
  // The watcher cleans up when this ends, and the kernel ends it if nobody else does.
  private let lifeline: Descriptor
  private var ending: Task<Void, any Error>?

  private init(script: ServerScript, version: ServerVersion, watcher: ChildProcess, lifeline: Descriptor) {
    directory = script.directory.path
    binaries = script.binaries
    self.version = version
    self.script = script
    self.watcher = watcher
    self.lifeline = lifeline
  }

  /// Makes and starts a cluster; it accepts connections when this returns.
  ///
  /// Throws a ``SandboxError`` that says what is missing, or ends with the server's own log.
  public static func start(
    _ options: ClusterOptions = ClusterOptions(), binaries given: ServerBinaries? = nil,
    environment: [String: String] = processEnvironment()
  ) async throws(SandboxError) -> Cluster {
    let (script, version) = try await prepare(options, binaries: given, environment: environment)
    let (lifeline, watcher) = try script.startTalking(.guard)
    let answer = try await onPlainThread { lifeline.readText(untilLineEnd: true) }
    let cluster = Cluster(script: script, version: version, watcher: watcher, lifeline: lifeline)
    guard answer == ServerScript.ready else {
      let error = startFailure(script)
      try await cluster.stop()
      throw error
    }
    return cluster
  }

  /// The parameters of a connection to one of its databases.
  public nonisolated func connectionParameters(database: String = "postgres") -> [String: String] {
    Self.connectionParameters(directory: directory, database: database)
  }

  /// Stops the server and removes its directory; returns when both are done.
  public func stop() async throws(SandboxError) {
    let task =
      ending
      ?? Task { [watcher, script] in
        _ = try await watcher.waitForExit()
        // Somebody killed the watcher: do its work.
        if Files.exists(script.directory.path) { _ = try await script.complete(.stop) }
      }
    ending = task
    lifeline.endOutput()
    do {
      try await task.value
    } catch let error as SandboxError {
      throw error
    } catch {
      throw SandboxError(.programFailed, String(describing: error))
    }
    if Files.exists(directory) {
      throw SandboxError(
        .directoryUnusable, "the sandbox's directory could not be removed",
        advice: "Remove it by hand: \(directory)")
    }
  }

  static func connectionParameters(directory: String, database: String) -> [String: String] {
    ["host": directory, "port": String(port), "user": user, "dbname": database]
  }

  // Everything that can be refused before anything is started.
  static func prepare(
    _ options: ClusterOptions, binaries given: ServerBinaries?, environment: [String: String]
  ) async throws(SandboxError) -> (ServerScript, ServerVersion) {
    let binaries: ServerBinaries
    if let given { binaries = given } else { binaries = try ServerBinaries.find(environment: environment) }
    let version = try await binaries.version()
    guard version.major >= ServerBinaries.oldestSupportedVersion else {
      throw SandboxError(
        .serverTooOld, "\(binaries.directory) holds PostgreSQL \(version)",
        advice: "Signalbox needs version \(ServerBinaries.oldestSupportedVersion) or newer: "
          + "sudo apt-get install postgresql")
    }
    let account = try ServerAccount.choose()
    let directory = try ClusterDirectory.make(options: options, account: account, environment: environment)
    let script = ServerScript(
      directory: directory, binaries: binaries, account: account, environment: environment)
    return (script, version)
  }

  static func startFailure(_ script: ServerScript) -> SandboxError {
    let account = script.account.other.map { " as \($0.name)" } ?? ""
    return SandboxError(
      .serverDidNotStart,
      "PostgreSQL from \(script.binaries.directory) did not start\(account):\n\(script.directory.logTail())")
  }
}
