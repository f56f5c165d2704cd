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

  @Test(
    "that lends sessions is refused by all that writes the history, and by looks that promise not to write")
  func lendingToOthers() async throws {
    let server = try await ChaosServer.start()
    let pooler = try await Pooler(server, mode: "transaction")
    let through = server.address("postgres", directory: pooler.directory)
    let directory = try ProjectDirectory([
      "001_a.up.sql": "CREATE TABLE a (x int);\n", "001_a.down.sql": "DROP TABLE a;\n",
      "002_b.up.sql": "CREATE TABLE b (x int);\n", "002_b.down.sql": "DROP TABLE b;\n",
      "signalbox.toml":
        "[target.production]\nurl = \"postgresql:///postgres?host=\(pooler.directory)&user=postgres\"\nprotected = true\n",
    ])
    func end(of arguments: String...) async throws -> RunningProgram.End {
      try await RunningProgram(arguments + ["--project", directory.path]).wait()
    }
    let applied = try await end(of: "apply", "--yes", "001", "--database", server.address("postgres"))
    #expect(applied.status == 0, "\(applied.errors)")
    let others = [
      try await Connection.connect(server.configuration("postgres", directory: pooler.directory)),
      try await Connection.connect(server.configuration("postgres", directory: pooler.directory)),
    ]
    for other in others { try await other.query("SELECT 1") }
    for command in [
      ["adopt", "002", "--contradicting", "--yes"], ["revert", "001", "--yes"],
      ["apply", "002", "--dry-run", "--yes"], ["repair", "--yes"],
    ] {
      if command[0] == "repair" {
        try await server.query("UPDATE signalbox.migration SET state = 'running'")
      }
      let refused = try await RunningProgram(
        command + ["--project", directory.path, "--database", through]
      ).wait()
      #expect(refused.status == 1, "\(command): \(refused)")
      #expect(refused.errors.contains("session mode"), "\(command): \(refused.errors)")
    }
    for command in [
      ["status", "--read-only", "--database", through], ["status", "--database", "production"],
    ] {
      let refused = try await RunningProgram(command + ["--project", directory.path]).wait()
      #expect(refused.status == 2, "\(command): \(refused)")
      #expect(refused.errors.contains("pooler's session mode"), "\(refused.errors)")
    }
    #expect(try await end(of: "status", "--database", through).status == 0)
    // Nobody's session is read-only after that.
    for (number, other) in others.enumerated() { try await other.query("CREATE TABLE other_\(number) ()") }
    let rows = try await server.query(
      "SELECT string_agg(id || ' ' || state, ', ') AS rows FROM signalbox.migration")
    #expect(rows.rows.first?["rows"] == "001_a running")
    for other in others { await other.close() }
    try await server.cluster.stop()
  }

  @Test("that keeps a session for each client makes it read-only for --read-only and a protected target")
  func readOnlyThroughSessions() async throws {
    let server = try await ChaosServer.start()
    try await server.query("ALTER SYSTEM SET log_statement = 'all'")
    try await server.query("SELECT pg_reload_conf()")
    let pooler = try await Pooler(server, mode: "session")
    let directory = try ProjectDirectory(Self.files)
    let end = try await RunningProgram(
      [
        "status", "--read-only", "--project", directory.path, "--database",
        server.address("postgres", directory: pooler.directory),
      ]
    ).wait()
    #expect(end.status == 0, "\(end.errors)")
    #expect(server.log.contains("SET default_transaction_read_only = on"))
    let next = try await Connection.connect(server.configuration("postgres", directory: pooler.directory))
    try await next.query("CREATE TABLE writable ()")
    await next.close()
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
