import ArgumentParser
import Console
import Display
import Glibc
import Migrations
import Postgres
import Sandbox

/// The command `signalbox demo`.
struct DemoCommand: MainThreadCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "A private PostgreSQL with a sample project, in the console.",
    discussion: """
      Starts a server of its own (unix socket, temporary directory, no TCP), installs the platform that the sample \
      needs, and brings it to the state that its document describes: the files that `seed` names in its signalbox.toml are \
      run, then those in _applied/, as another tool would have run them. The server is stopped and its directory removed when you quit.
      """)

  @Argument(help: ArgumentHelp("Which sample.", valueName: "sample"))
  var sample = "helix"

  @OptionGroup var appearance: AppearanceOptions
  @OptionGroup var holding: SessionOptions

  func performOnMainThread() throws -> ExitStatus {
    let samples = try SampleDirectory.find(executable: SampleDirectory.executable())
    let path = try samples.sample(sample)
    let script = try holding.readScript()
    if script == nil, !holding.isPlain { try ConsoleTerminal.requireTerminal() }
    let preparation = Main.waitOnMainThread { await DemoDatabase.prepare(projectPath: path) }
    let demo = try preparation.get()
    defer { Main.waitOnMainThread { await demo.stop() } }
    let configuration = Configuration.read()
    let target = TargetChoice { _, _ in
      Target(
        name: "demo", configuration: ConnectionConfiguration(parameters: demo.parameters), origin: "demo")
    }
    return try ConsoleSession(
      projectPath: path, target: target,
      options: ConsoleOptions(
        target: "demo", secondsFromUTC: Clock.secondsFromUTC(), configuration: configuration.ofConsole),
      appearance: appearance, configuration: configuration,
      holding: holding, secrets: KnownSecrets()
    ).run(script: script)
  }
}

/// The private database of a demonstration.
struct DemoDatabase: Sendable {
  private let cluster: Cluster
  /// How to reach it.
  let parameters: [String: String]

  /// Starts the server and brings the sample to the state of its document, saying so on the way.
  static func prepare(projectPath: String) async -> Result<DemoDatabase, any Error> {
    do {
      let project = try ProjectReader(fileSystem: .local).read(projectPath)
      Output.error("Starting a private PostgreSQL …")
      let cluster = try await Cluster.start()
      do {
        let parameters = cluster.connectionParameters()
        let connection = try await Connection.connect(ConnectionConfiguration(parameters: parameters))
        if project.platform == .supabase {
          Output.error("Installing the Supabase platform …")
          try await PlatformInstaller(.supabase).install(on: connection)
        }
        if !project.seeds.isEmpty {
          Output.error("Seeding \(project.seeds.map(harmless).joined(separator: ", ")) …")
        }
        for seed in project.seeds { try await run(seed, of: project, over: connection) }
        let applied = project.migrations.filter { $0.place == .applied }
        if !applied.isEmpty {
          Output.error("Running the \(applied.count) applied migrations of \(harmless(project.name)) …")
        }
        for migration in applied { try await run(migration, of: project, over: connection) }
        await connection.close()
        return .success(DemoDatabase(cluster: cluster, parameters: parameters))
      } catch {
        try? await cluster.stop()
        return .failure(error)
      }
    } catch {
      return .failure(error)
    }
  }

  /// Stops the server and removes its directory.
  func stop() async {
    do {
      try await cluster.stop()
    } catch {
      Output.error("signalbox: \(harmless(error.description))")
    }
  }

  /// Runs a migration as a tool without a history would.
  private static func run(
    _ migration: Migration, of project: Project, over connection: Connection
  ) async throws {
    try await run(try migration.source(of: project, in: .local), over: connection)
  }

  /// Runs a file of a project, given relative to its root.
  private static func run(_ file: String, of project: Project, over connection: Connection) async throws {
    let path = "\(project.root)/\(file)"
    do {
      try await run(try FileSystem.local.read(path), over: connection)
    } catch let error as PostgresError {
      throw CommandFailure(.failed, "\(path): \(error.description)")
    }
  }

  private static func run(_ bytes: [UInt8], over connection: Connection) async throws {
    _ = try await connection.execute("BEGIN")
    _ = try await connection.execute(String(decoding: bytes, as: UTF8.self))
    _ = try await connection.execute("COMMIT; RESET ALL")
  }
}
