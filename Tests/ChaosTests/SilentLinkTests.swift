import Glibc
import Postgres
import Sandbox
import Testing

/// What a command does whose link takes everything and gives nothing, while the other end stands.
@Suite("A link that has fallen silent", .serialized)
struct SilentLinkTests {
  private static let files = [
    "001_a.sql": "CREATE TABLE a (x int);\nINSERT INTO a VALUES (1);\nSELECT pg_advisory_lock(4711);\n"
  ]

  @Test("does not keep an abort waiting: nothing is claimed, and status and apply find out")
  func abort() async throws {
    let server = try await ChaosServer.start()
    let directory = try ProjectDirectory(Self.files)
    let proxy = try WireProxy(server: server.socket)
    let person = try await server.connect("postgres")
    try await person.query("SELECT pg_advisory_lock(4711)")
    let program = try RunningProgram([
      "apply", "--yes", "--lock-timeout", "600", "--project", directory.path, "--database",
      server.address("postgres", directory: proxy.directory),
    ])
    try await server.waitUntil(
      "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE '%4711%' AND wait_event_type = 'Lock')")
    proxy.fallSilent()
    program.signal(SIGINT)
    let end = try await program.wait()
    #expect(end.status == 6, "\(end)")
    #expect(end.errors.contains("what became of 001_a is not known until the server can be asked"))
    try await person.query("SELECT pg_advisory_unlock(4711)")
    let place = ["--project", directory.path, "--database", server.address("postgres")]
    let next = try await RunningProgram(["apply", "--yes", "--wait", "120"] + place).wait()
    #expect(next.status == 0, "\(next)")
    let rows = try await server.query("SELECT count(*) AS count FROM a")
    #expect(rows.rows.first?["count"] == "1")
    await person.close()
    try await server.cluster.stop()
  }

  @Test("in the middle of a commit leaves its outcome to the next status, which is right")
  func abortedCommit() async throws {
    let server = try await ChaosServer.start()
    let directory = try ProjectDirectory(["001_a.sql": "CREATE TABLE a (x int);\n"])
    let place = ["--project", directory.path, "--database"]
    let first = try await RunningProgram(["apply", "--yes"] + place + [server.address("postgres")]).wait()
    #expect(first.status == 0, "\(first)")
    // Not sent as one message, so that its COMMIT goes alone.
    try directory.write("002_b.sql", Array("DO $$ BEGIN CREATE TABLE b (x int); END $$;\n".utf8))
    let proxy = try WireProxy(server: server.socket)
    proxy.arm(.silentAfterCommit(1))
    let program = try RunningProgram(
      ["apply", "--yes"] + place + [server.address("postgres", directory: proxy.directory)])
    while !proxy.hasCut, program.ended == nil { try await Task.sleep(for: .milliseconds(2)) }
    program.signal(SIGINT)
    let end = try await program.wait()
    #expect(end.status == 3, "\(end)")
    #expect(end.errors.contains("while 002_b was being committed"))
    let status = try await RunningProgram(["status"] + place + [server.address("postgres")]).wait()
    #expect(status.output.contains("2 applied"), "\(status)")
    try await server.cluster.stop()
  }

  @Test("keeps nobody in the console who quits while it adopts: it ends, and says what is not known")
  func quittingAdoption() async throws {
    let server = try await ChaosServer.start()
    let directory = try ProjectDirectory(["001_a.sql": "CREATE TABLE a (x int);\n"])
    try await server.query("CREATE TABLE a (x int)")
    let proxy = try WireProxy(server: server.socket)
    let console = try PseudoTerminal([
      "console", "--project", directory.path, "--database",
      server.address("postgres", directory: proxy.directory),
    ])
    try await console.waitFor("001_a")
    try await console.waitFor("1/1")
    try console.type(Array("A".utf8))
    try await console.waitFor("Adopt 1 migration")
    proxy.fallSilent()
    try console.type(Array("yq".utf8))
    #expect(try await console.wait() == 0)
    #expect(console.written.contains("whether 001_a was recorded as applied is not known"))
    let status = try await RunningProgram([
      "status", "--project", directory.path, "--database", server.address("postgres"),
    ]).wait()
    #expect(status.output.contains("1 applied") || status.output.contains("1 pending"), "\(status)")
    try await server.cluster.stop()
  }

  @Test(
    "in which a commit waits for a standby that is not there, ends with an abort; status and apply find out")
  func missingStandby() async throws {
    let server = try await ChaosServer.start()
    let directory = try ProjectDirectory(["001_a.sql": "CREATE TABLE a (x int);\nINSERT INTO a VALUES (1);\n"]
    )
    let place = ["--project", directory.path, "--database", server.address("postgres")]
    try await server.query("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    try await server.query("SELECT pg_reload_conf()")
    let program = try RunningProgram(["apply", "--yes"] + place)
    try await server.waitUntil(
      "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND application_name = 'signalbox')"
    )
    program.signal(SIGINT)
    let end = try await program.wait()
    #expect([3, 6].contains(end.status), "\(end)")
    try await server.query("ALTER SYSTEM RESET synchronous_standby_names")
    try await server.query("SELECT pg_reload_conf()")
    let done = try await RunningProgram(["apply", "--yes", "--wait", "60"] + place).wait()
    #expect(done.status == 0, "\(done)")
    let status = try await RunningProgram(["status"] + place).wait()
    #expect(status.output.contains("1 applied"), "\(status)")
    #expect(try await server.query("SELECT count(*) AS count FROM a").rows[0]["count"] == "1")
    try await server.cluster.stop()
  }
}
