import Glibc
import Postgres
import Sandbox
import Testing

@Suite("A table that somebody holds", .serialized)
struct LockQueueTests {
  private static let files = [
    "001_a.sql": "CREATE TABLE t (x int);\nCREATE VIEW v AS SELECT x FROM t;\n",
    "002_b.sql":
      "ALTER TABLE t ADD y int;\nSELECT pg_advisory_lock(4711);\nSELECT pg_advisory_unlock(4711);\n",
  ]

  /// A server with the first migration applied, and the words that lead a command to it.
  private func prepared() async throws -> (ChaosServer, ProjectDirectory, [String]) {
    let server = try await ChaosServer.start()
    let directory = try ProjectDirectory(Self.files)
    let place = ["--project", directory.path, "--database", server.address("postgres")]
    let end = try await RunningProgram(["apply", "--yes", "001"] + place).wait()
    #expect(end.status == 0, "\(end.errors)")
    return (server, directory, place)
  }

  /// Runs a command that says that it waits for a person, who then lets go, and goes on to its end.
  @discardableResult
  private func goesOn(
    _ arguments: [String], saying held: String, when person: Connection
  ) async throws -> RunningProgram.End {
    let program = try RunningProgram(
      arguments, watching: "waits: \(held) pid \(person.server.processID), postgres", inErrors: true)
    try await program.says()
    try await person.execute("COMMIT")
    let end = try await program.wait()
    #expect(end.status == 0, "\(end)")
    return end
  }

  @Test("is waited for by status, which says who holds it and goes on when it is free")
  func statusWaits() async throws {
    let (server, directory, place) = try await prepared()
    let person = try await server.connect("postgres")
    try await person.execute("BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE")
    let end = try await goesOn(
      ["status", "--look-timeout", "600"] + place, saying: "table public.t is held by", when: person)
    #expect(end.output.contains("1 applied"), "\(end.output)")
    await person.close()
    try await server.cluster.stop()
    withExtendedLifetime(directory) {}
  }

  @Test(
    "ends a look that may not wait with status 5 and the name of who holds it",
    arguments: ["status", "plan", "verify", "drift", "report", "adopt", "apply"])
  func looksThatDoNotWait(command: String) async throws {
    let (server, directory, place) = try await prepared()
    let person = try await server.connect("postgres")
    try await person.execute("BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE")
    let arguments =
      [command] + (command == "adopt" ? ["002", "--yes"] : command == "apply" ? ["--yes"] : [])
    let end = try await RunningProgram(arguments + ["--look-timeout", "0"] + place).wait()
    #expect(end.status == 5, "\(end)")
    #expect(end.errors.contains("table public.t is held by pid \(person.server.processID), postgres"))
    #expect(end.errors.contains("LOCK TABLE t IN ACCESS EXCLUSIVE MODE"))
    await person.close()
    try await server.cluster.stop()
    withExtendedLifetime(directory) {}
  }

  @Test(
    "of the history's own ends a look that may not wait in the same way",
    arguments: [
      "status", "status --from-history", "plan", "history", "report", "adopt", "apply", "repair --yes",
      "revert --yes",
    ])
  func historyTables(command: String) async throws {
    let (server, directory, place) = try await prepared()
    let person = try await server.connect("postgres")
    try await person.execute("BEGIN; LOCK TABLE signalbox.migration IN ACCESS EXCLUSIVE MODE")
    let arguments =
      command.split(separator: " ").map(String.init)
      + (command == "adopt" ? ["002", "--yes"] : command == "apply" ? ["--yes"] : [])
    let end = try await RunningProgram(arguments + ["--look-timeout", "0"] + place).wait()
    #expect(end.status == 5, "\(end)")
    #expect(
      end.errors.contains("table signalbox.migration is held by pid \(person.server.processID), postgres"))
    await person.close()
    try await server.cluster.stop()
    withExtendedLifetime(directory) {}
  }

  @Test("of the history's own is waited for, and the run goes on when it is free")
  func historyTableWaits() async throws {
    let (server, directory, place) = try await prepared()
    try directory.write("002_b.sql", Array("ALTER TABLE t ADD y int;\n".utf8))
    let person = try await server.connect("postgres")
    try await person.execute("BEGIN; LOCK TABLE signalbox.migration IN ACCESS EXCLUSIVE MODE")
    try await goesOn(
      ["apply", "--yes", "--look-timeout", "600"] + place, saying: "table signalbox.migration is held by",
      when: person)
    await person.close()
    try await server.cluster.stop()
    withExtendedLifetime(directory) {}
  }

  @Test(
    "of the history's own, held only against writing, ends what writes it in the same way before anything is done",
    arguments: ["adopt 002 --contradicting --yes", "repair --yes", "revert --yes"],
    ["table signalbox.migration", "table signalbox.run", "table signalbox.record", "view signalbox.event"])
  func historyRelationsForWriting(command: String, relation: String) async throws {
    let (server, directory, place) = try await prepared()
    // Something to repair, and something to take back.
    try directory.write(
      "001_a.sql", Array("-- a\nCREATE TABLE t (x int);\nCREATE VIEW v AS SELECT x FROM t;\n".utf8))
    try directory.write("001_a.down.sql", Array("DROP VIEW v;\nDROP TABLE t;\n".utf8))
    let person = try await server.connect("postgres")
    let name = try #require(relation.split(separator: " ").last)
    try await person.execute("BEGIN; LOCK TABLE \(name) IN SHARE ROW EXCLUSIVE MODE")
    let arguments = command.split(separator: " ").map(String.init) + place
    let refused = try await RunningProgram(arguments + ["--look-timeout", "0"]).wait()
    #expect(refused.status == 5, "\(refused)")
    let held = "\(relation) is held by"
    #expect(refused.errors.contains("\(held) pid \(person.server.processID), postgres"), "\(refused)")
    #expect(
      try await server.query("SELECT to_regclass('public.t') IS NOT NULL AS is_there").rows[0]["is_there"]
        == "t")
    try await goesOn(arguments + ["--look-timeout", "600"], saying: held, when: person)
    await person.close()
    try await server.cluster.stop()
    withExtendedLifetime(directory) {}
  }

  @Test("names who waits behind a run, since when, in its events and in the history")
  func queue() async throws {
    let (server, directory, place) = try await prepared()
    let person = try await server.connect("postgres")
    try await person.query("SELECT pg_advisory_lock(4711)")
    let program = try RunningProgram(
      ["apply", "--yes", "--json", "--lock-timeout", "600"] + place, watching: "\"queued\"")
    let reader = try await server.connect("postgres")
    try await server.waitUntil(
      "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE '%4711%' AND wait_event_type = 'Lock')")
    async let rows = reader.query("SELECT * FROM t")
    try await program.says()
    try await person.query("SELECT pg_advisory_unlock(4711)")
    let end = try await program.wait()
    #expect(end.status == 0, "\(end.errors)")
    _ = try await rows
    let event = try #require(end.output.split(separator: "\n").first { $0.contains("\"queued\"") })
    #expect(event.contains("\(reader.server.processID)"))
    #expect(event.contains("SELECT * FROM t"))
    #expect(event.contains("\"seconds\""))
    let stored = try await server.query(
      "SELECT detail->'behind'->0->>'pid' AS pid FROM signalbox.event WHERE kind = 'queued' ORDER BY seq LIMIT 1"
    )
    #expect(stored.rows.first?["pid"] == "\(reader.server.processID)")
    await reader.close()
    await person.close()
    try await server.cluster.stop()
    withExtendedLifetime(directory) {}
  }

  @Test("keeps those behind a run waiting no longer than its lock timeout")
  func boundedQueue() async throws {
    let (server, directory, place) = try await prepared()
    let person = try await server.connect("postgres")
    try await person.execute("BEGIN; LOCK TABLE t IN ACCESS SHARE MODE")
    let program = try RunningProgram(
      ["apply", "--yes", "--json", "--lock-timeout", "2", "--attempts", "1"] + place, watching: "\"blocked\"")
    try await program.says()
    // Behind the run, which waits behind the person: answered when the run gives up, while the person still holds it.
    let reader = try await server.connect("postgres")
    _ = try await reader.query("SELECT x FROM t")
    let end = try await program.wait()
    #expect(end.status == 1)
    #expect(end.output.contains("55P03"))
    let left = try await server.query(
      "SELECT count(*) AS count FROM signalbox.migration WHERE state = 'applied'")
    #expect(left.rows.first?["count"] == "1")
    await reader.close()
    await person.close()
    try await server.cluster.stop()
    withExtendedLifetime(directory) {}
  }
}
