import Postgres
import Sandbox

/// The server behind ``TestServer``: started once, with one connection that makes and drops databases in turn.
actor SharedServer {
  static let instance = SharedServer()

  private struct Running {
    var cluster: Cluster
    var administrator: Connection
  }

  private var starting: Task<Running, any Error>?
  private var preparing: Task<Void, any Error>?
  private static let template = "template_platform"

  func configuration() async throws -> ConnectionConfiguration {
    ConnectionConfiguration(parameters: try await running().cluster.connectionParameters())
  }

  func createDatabase(platform: Bool) async throws -> String {
    let running = try await running()
    let name = TestServer.uniqueName("test")
    guard platform else {
      try await create(name, from: "template1", running)
      return name
    }
    try await prepareTemplate()
    try await create(name, from: Self.template, running)
    // Settings of a database do not come with a copy of it.
    _ = try await running.administrator.execute(
      """
      DO $$
      DECLARE setting text;
      BEGIN
        FOR setting IN
          SELECT unnest(s.setconfig) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
          WHERE d.datname = '\(Self.template)' AND s.setrole = 0
        LOOP
          EXECUTE format('ALTER DATABASE \(name) SET %I TO %s', split_part(setting, '=', 1),
            substr(setting, strpos(setting, '=') + 1));
        END LOOP;
      END $$
      """)
    return name
  }

  func dropDatabase(_ name: String) async throws {
    _ = try await running().administrator.execute("DROP DATABASE \(name) WITH (FORCE)")
  }

  private func running() async throws -> Running {
    let task =
      starting
      ?? Task {
        var options = ClusterOptions()
        options.maximumConnections = 200
        let cluster = try await Cluster.start(options)
        let administrator = try await Connection.connect(
          ConnectionConfiguration(parameters: cluster.connectionParameters()))
        return Running(cluster: cluster, administrator: administrator)
      }
    starting = task
    return try await task.value
  }

  private func prepareTemplate() async throws {
    let running = try await running()
    let task =
      preparing
      ?? Task {
        try await self.create(Self.template, from: "template1", running)
        let connection = try await Connection.connect(
          ConnectionConfiguration(parameters: running.cluster.connectionParameters(database: Self.template)))
        try await PlatformInstaller(.supabase).install(on: connection)
        await connection.close()
      }
    preparing = task
    try await task.value
  }

  private func create(_ name: String, from template: String, _ running: Running) async throws {
    _ = try await running.administrator.execute("CREATE DATABASE \(name) TEMPLATE \(template)")
  }
}
