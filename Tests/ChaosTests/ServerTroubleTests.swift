import Glibc
import Postgres
import Sandbox
import Testing

@Suite("A server in trouble", .serialized)
struct ServerTroubleTests {
  private static let files = ["001_a.sql": "CREATE TABLE a (x int);\n"]

  private func end(
    of command: String..., on server: ChaosServer, files: [String: String] = files, user: String = "postgres",
    environment: [String: String] = [:]
  ) async throws -> RunningProgram.End {
    let directory = try ProjectDirectory(files)
    let address = server.address("postgres").split(separator: " ").filter { !$0.hasPrefix("user=") }
      .joined(separator: " ")
    return try await RunningProgram(
      command + ["--project", directory.path, "--database", "\(address) user=\(user)"],
      environment: environment
    ).wait()
  }

  @Test("that has no connection to give says so; nothing has run")
  func outOfConnections() async throws {
    var options = ClusterOptions()
    options.maximumConnections = 4
    options.settings["superuser_reserved_connections"] = "0"
    options.settings["max_wal_senders"] = "0"
    options.settings["wal_level"] = "replica"
    let server = ChaosServer(cluster: try await Cluster.start(options))
    var held: [Connection] = []
    for _ in 0..<4 { held.append(try await server.connect("postgres")) }
    let none = try await end(of: "apply", "--yes", on: server)
    #expect(none.status == 3)
    #expect(none.errors.contains("all its connections are taken"), "\(none.errors)")
    // One is free: enough to look, and not enough to run beside an observer.
    await held.removeLast().close()
    _ = try await end(of: "apply", "--yes", on: server)
    for connection in held { await connection.close() }
    let done = try await end(of: "apply", "--yes", on: server)
    #expect(done.status == 0 || done.output.contains("Nothing to do"), "\(done.errors)")
    let rows = try await server.query(
      "SELECT count(*) AS count FROM signalbox.migration WHERE state = 'applied'")
    #expect(rows.rows.first?["count"] == "1")
    try await server.cluster.stop()
  }

  @Test("that takes no changes, like a standby, is read and refuses to be changed")
  func readOnly() async throws {
    let server = try await ChaosServer.start()
    try await server.query("ALTER SYSTEM SET default_transaction_read_only = on")
    try await server.query("SELECT pg_reload_conf()")
    let applied = try await end(of: "apply", "--yes", on: server)
    #expect(applied.status == 1)
    #expect(applied.errors.contains("read-only"), "\(applied.errors)")
    let status = try await end(of: "status", on: server)
    #expect(status.status == 0)
    #expect(status.output.contains("1 pending"))
    try await server.cluster.stop()
  }

  @Test("that keeps its history from a role says which GRANT is missing; with it, the role runs")
  func noRights() async throws {
    let server = try await ChaosServer.start()
    let connection = try await server.connect("postgres")
    try await connection.execute("CREATE ROLE poor LOGIN; GRANT CREATE ON SCHEMA public TO poor")
    await connection.close()
    let refused = try await end(of: "apply", "--yes", on: server, user: "poor")
    #expect(refused.status == 1)
    #expect(refused.errors.contains(#"GRANT CREATE ON DATABASE "postgres" TO "poor""#), "\(refused.errors)")
    try await server.query("GRANT CREATE ON DATABASE postgres TO poor")
    #expect(try await end(of: "apply", "--yes", on: server, user: "poor").status == 0)
    try await server.cluster.stop()
  }

  @Test("never hears of a change in read-only mode, not even of the history's tables")
  func readOnlyMode() async throws {
    let server = try await ChaosServer.start()
    for command in ["status", "plan", "verify", "drift", "report", "repair"] {
      let end = try await end(of: command, "--read-only", on: server)
      #expect(end.status != 3, "\(command): \(end.errors)")
    }
    let left = try await server.query("SELECT to_regnamespace('signalbox') IS NULL AS is_clean")
    #expect(left.rows.first?["is_clean"] == "t")
    try await server.cluster.stop()
  }

  @Test("a password stands in no row, output or process list")
  func secrets() async throws {
    let server = try await ChaosServer.start()
    let secret = "topsecret4711"
    let seen = try await end(
      of: "apply", "--yes", "--json", on: server, environment: ["PGPASSWORD": secret])
    #expect(seen.status == 0)
    #expect(!(seen.output + seen.errors).contains(secret))
    let rows = try await server.query(
      """
      SELECT count(*) AS count FROM signalbox.run r, signalbox.event e, signalbox.migration m
      WHERE concat(r, e, m) LIKE '%\(secret)%'
      """)
    #expect(rows.rows.first?["count"] == "0")
    let wrong = try await RunningProgram([
      "status", "--database", "postgresql://postgres:\(secret)@127.0.0.1:1/d",
    ]).wait()
    #expect(!(wrong.output + wrong.errors).contains(secret))
    try await server.cluster.stop()
  }

  @Test("memory does not grow with the number of statements")
  func memory() async throws {
    let server = try await ChaosServer.start()
    var files = ["0000_t.sql": "CREATE TABLE t (x int);\n"]
    for number in 1...20 {
      let name = "00\(number < 10 ? "0" : "")\(number)_rows.sql"
      files[name] = (0..<500).map { "INSERT INTO t VALUES (\($0));\n" }.joined()
    }
    let directory = try ProjectDirectory(files)
    let program = try RunningProgram(
      ["apply", "--yes", "--project", directory.path, "--database", server.address("postgres")],
      watching: "0003_rows")
    try await program.says()
    var sizes: [Int] = []
    while program.ended == nil {
      if let size = program.residentKilobytes { sizes.append(size) }
      try await Task.sleep(for: .milliseconds(5))
    }
    #expect(program.ended?.status == 0)
    let first = sizes.first ?? 0
    let last = sizes.suffix(20).max() ?? 0
    print("memory: \(first) kB after 1,000 statements, \(last) kB after 10,000")
    #expect(first > 0)
    #expect(last - first < 48_000)
    try await server.cluster.stop()
  }
}
