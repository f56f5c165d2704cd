import Postgres
import Sandbox
import Testing

@Suite("A pooler before the server", .serialized, .enabled(if: Pooler.isInstalled))
struct PoolerTests {
  private static let files = [
    "001_a.sql": "CREATE TABLE a (x int);\n", "002_b.sql": "CREATE INDEX CONCURRENTLY a_x ON a (x);\n",
  ]

  @Test(
    "that lends sessions is refused with the reason, before anything runs",
    arguments: ["transaction", "statement"])
  func lending(mode: String) async throws {
    let server = try await ChaosServer.start()
    let pooler = try await Pooler(server, mode: mode)
    let directory = try ProjectDirectory(Self.files)
    // Other clients keep more of the pooler's sessions open.
    let others = [
      try await Connection.connect(server.configuration("postgres", directory: pooler.directory)),
      try await Connection.connect(server.configuration("postgres", directory: pooler.directory)),
    ]
    for other in others { try await other.query("SELECT 1") }
    let end = try await RunningProgram(
      [
        "apply", "--yes", "--project", directory.path, "--database",
        server.address("postgres", directory: pooler.directory),
      ]
    ).wait()
    // A pooler that lends a session for one statement ends the link at our first transaction, and says why.
    #expect(end.status == (mode == "statement" ? 3 : 1))
    #expect(end.errors.contains("session mode"), "\(end.errors)")
    let left = try await server.query(
      "SELECT to_regclass('a') IS NULL AND to_regnamespace('signalbox') IS NULL AS is_clean")
    #expect(left.rows.first?["is_clean"] == "t")
    for other in others { await other.close() }
    try await server.cluster.stop()
  }

  @Test("that keeps a session for each client is as good as none, and gets its session back clean")
  func keeping() async throws {
    let server = try await ChaosServer.start()
    let pooler = try await Pooler(server, mode: "session")
    let directory = try ProjectDirectory(Self.files)
    let end = try await RunningProgram(
      [
        "apply", "--yes", "--project", directory.path, "--database",
        server.address("postgres", directory: pooler.directory),
      ]
    ).wait()
    #expect(end.status == 0, "\(end.errors)")
    let next = try await Connection.connect(server.configuration("postgres", directory: pooler.directory))
    let left = try await next.query("SELECT count(*) AS count FROM pg_prepared_statements")
    #expect(left.rows.first?["count"] == "0")
    await next.close()
    try await server.cluster.stop()
  }
}
