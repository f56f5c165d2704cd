import Postgres
import Sandbox
import Testing

@Suite("A server that follows another", .serialized)
struct StandbyTests {
  private static let files = [
    "001_a.sql":
      "CREATE TABLE a (x int PRIMARY KEY, y text DEFAULT 'none');\nCREATE VIEW v AS SELECT x FROM a;\n",
    "002_b.sql": "CREATE INDEX a_y ON a (y);\n",
  ]

  @Test("is read by every command that looks, and refuses every one that writes with the way to the primary")
  func hotStandby() async throws {
    let server = try await ChaosServer.start()
    try #require(Standby.isPossible(server), "pg_basebackup is not among the server's programs")
    let directory = try ProjectDirectory(Self.files)
    let primary = ["--project", directory.path, "--database", server.address("postgres")]
    #expect(try await RunningProgram(["apply", "--yes", "001"] + primary).wait().status == 0)
    let standby = try await Standby(of: server)
    let place = [
      "--project", directory.path, "--database", server.address("postgres", directory: standby.directory),
    ]
    for command in ["status", "verify", "plan", "drift", "report", "history", "repair"] {
      let end = try await RunningProgram([command] + place).wait()
      #expect(end.status == 0, "\(command): \(end)")
      if command == "status" { #expect(end.output.contains("1 applied · 1 pending")) }
    }
    for command in [["apply", "--yes"], ["adopt", "002", "--contradicting", "--yes"]] {
      let end = try await RunningProgram(command + place).wait()
      #expect(end.status == 1, "\(command): \(end)")
      #expect(end.errors.contains("this server is a standby"), "\(end.errors)")
      #expect(end.errors.contains("connect to the primary"))
    }
    let rows = try await server.query("SELECT count(*) AS count FROM signalbox.migration")
    #expect(rows.rows.first?["count"] == "1")
    // What the primary applies reaches the standby, and its status.
    #expect(try await RunningProgram(["apply", "--yes"] + primary).wait().status == 0)
    let follower = try await Connection.connect(
      server.configuration("postgres", directory: standby.directory))
    while try await follower.query("SELECT id FROM signalbox.run WHERE finished_at IS NOT NULL").rows.count
      < 2
    {
      try await Task.sleep(for: .milliseconds(20))
    }
    await follower.close()
    let end = try await RunningProgram(["status"] + place).wait()
    #expect(end.output.contains("2 applied"), "\(end.output)")
    withExtendedLifetime(standby) {}
    try await server.cluster.stop()
  }

  @Test("and takes no connections yet says so, as one that starts up does; nothing has run")
  func startingUp() async throws {
    let server = try await ChaosServer.start()
    try #require(Standby.isPossible(server), "pg_basebackup is not among the server's programs")
    let directory = try ProjectDirectory(Self.files)
    let standby = try await Standby(of: server, settings: "-c hot_standby=off")
    for command in [["status"], ["apply", "--yes"]] {
      let end = try await RunningProgram(
        command + [
          "--project", directory.path, "--database",
          server.address("postgres", directory: standby.directory),
        ]
      ).wait()
      #expect(end.status == 3)
      #expect(end.errors.contains("the server is there, but it starts, recovers or stops"), "\(end.errors)")
    }
    withExtendedLifetime(standby) {}
    try await server.cluster.stop()
  }
}
