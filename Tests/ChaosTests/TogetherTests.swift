import Glibc
import Postgres
import Sandbox
import Testing

@Suite("Many at once", .serialized)
struct TogetherTests {
  private static let files = [
    "001_a.sql": "CREATE TABLE a (x int);\nINSERT INTO a VALUES (1);\nSELECT pg_sleep(0.3);\n",
    "002_b.sql": "INSERT INTO a VALUES (2);\n",
  ]

  @Test(
    "twenty commands started together run each migration once; the others say who runs",
    arguments: ["0", "120"])
  func twenty(wait: String) async throws {
    let server = try await ChaosServer.start()
    let directory = try ProjectDirectory(Self.files)
    let programs = try (0..<20).map { _ in
      try RunningProgram(
        [
          "apply", "--yes", "--wait", wait, "--project", directory.path, "--database",
          server.address("postgres"),
        ])
    }
    var ends: [RunningProgram.End] = []
    for program in programs { ends.append(try await program.wait()) }
    #expect(ends.allSatisfy { $0.status == 0 || ($0.status == 5 && wait == "0") }, "\(ends)")
    #expect(ends.contains { $0.status == 0 })
    for end in ends where end.status == 5 { #expect(end.errors.contains("another run holds the lock")) }
    let rows = try await server.query("SELECT string_agg(x::text, ' ' ORDER BY x) AS rows FROM a")
    #expect(rows.rows.first?["rows"] == "1 2")
    try await server.cluster.stop()
  }

  @Test("the lock of a killed run is gone with its session, within seconds even in a long statement")
  func crashedHolder() async throws {
    let server = try await ChaosServer.start()
    let directory = try ProjectDirectory(["001_a.sql": "SELECT pg_sleep(3600);\n"])
    let holder = try RunningProgram(
      ["apply", "--yes", "--json", "--project", directory.path, "--database", server.address("postgres")],
      watching: "statement-started")
    try await holder.says()
    let refused = try await RunningProgram(
      ["apply", "--yes", "--project", directory.path, "--database", server.address("postgres")]
    ).wait()
    #expect(refused.status == 5)
    #expect(refused.errors.contains("signalbox, for "))
    holder.signal(SIGKILL)
    _ = try await holder.wait()
    try directory.write("001_a.sql", Array("CREATE TABLE a (x int);\n".utf8))
    let next = try await RunningProgram(
      [
        "apply", "--yes", "--wait", "120", "--project", directory.path, "--database",
        server.address("postgres"),
      ]
    ).wait()
    #expect(next.status == 0, "\(next.errors)")
    try await server.cluster.stop()
  }

  @Test("a session that holds the table is named; an abort ends the wait and rolls back")
  func blocked() async throws {
    let server = try await ChaosServer.start()
    let directory = try ProjectDirectory(["001_a.sql": "CREATE TABLE b (x int);\nALTER TABLE t ADD y int;\n"])
    let person = try await server.connect("postgres")
    try await person.execute("CREATE TABLE t (x int)")
    try await person.execute("BEGIN; LOCK TABLE t IN ACCESS SHARE MODE")
    let program = try RunningProgram(
      [
        "apply", "--yes", "--json", "--lock-timeout", "600", "--project", directory.path, "--database",
        server.address("postgres"),
      ], watching: "\"blocked\"")
    try await program.says()
    program.signal(SIGINT)
    let end = try await program.wait()
    #expect(end.status == 6)
    #expect(
      end.output.contains("\"pid\":\(person.server.processID)")
        || end.output.contains("\"pid\": \(person.server.processID)"))
    let left = try await server.query("SELECT to_regclass('b') IS NULL AS is_gone")
    #expect(left.rows.first?["is_gone"] == "t")
    await person.close()
    try await server.cluster.stop()
  }
}
