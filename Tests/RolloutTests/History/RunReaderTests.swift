import Migrations
import Postgres
import Rollout
import Schema
import Testing

@Suite("What is read of runs")
struct RunReaderTests {
  private func read<Result: Sendable>(
    _ fixture: RunFixture, _ body: (RunReader) async throws -> Result
  ) async throws -> Result {
    let connection = try await Connection.connect(fixture.configuration)
    do {
      let result = try await body(RunReader(connection: connection, project: "test"))
      await connection.close()
      return result
    } catch {
      await connection.close()
      throw error
    }
  }

  @Test("each object that a migration changed, with its definition before and after")
  func changes() async throws {
    try await withFixture { fixture in
      _ = try await fixture.run(
        RunFixture.plan(
          "CREATE TABLE a (x int); CREATE INDEX old ON a (x)",
          "ALTER TABLE a ALTER COLUMN x TYPE bigint; DROP INDEX old"))
      let changes = try await read(fixture) { try await $0.changes() }
      let last = try #require(changes.first { $0.migration == "002_test" })
      let column = try #require(last.list.first { $0.identity == .column("public", "a", "x") })
      #expect(column.kind == .changed)
      #expect(column.before?.contains("integer") == true)
      #expect(column.after?.contains("bigint") == true)
      let index = try #require(last.list.first { $0.identity == .index("public", "old") })
      #expect(index.kind == .removed)
      #expect(index.before?.contains("CREATE INDEX") == true)
    }
  }

  @Test("no change of a migration that was rolled back")
  func rolledBack() async throws {
    try await withFixture { fixture in
      let (outcome, _) = try await fixture.run(
        RunFixture.plan("CREATE TABLE a (x int)"), expected: [.table("public", "elsewhere")])
      #expect(outcome == .failed)
      #expect(try await fixture.value("SELECT count(*) FROM signalbox.change") == "0")
      #expect(try await read(fixture) { try await $0.changes() }.isEmpty)
    }
  }

  @Test("all events of a run that has more than are asked for at once")
  func pages() async throws {
    try await withFixture { fixture in
      _ = try await fixture.run(RunFixture.plan("CREATE TABLE a (x int)"))
      let run = try #require(try await read(fixture) { try await $0.runs() }.first).id
      let first = try await read(fixture) { try await $0.events(of: run) }.count
      try await fixture.query(
        """
        INSERT INTO signalbox.record (run_id, seq, events)
        SELECT \(run), min(number),
          json_agg(json_build_object('seq', number, 'at', 0, 'kind', 'notice') ORDER BY number)
        FROM generate_series(100, 20099) AS number GROUP BY number / 100
        """)
      let events = try await read(fixture) { try await $0.events(of: run) }
      #expect(events.count == first + 20_000)
      #expect(zip(events, events.dropFirst()).allSatisfy { $0.sequence < $1.sequence })
    }
  }

  @Test("the events of a run, in order and with what they said, and the statements as they were sent")
  func events() async throws {
    try await withFixture { fixture in
      _ = try await fixture.run(
        RunFixture.plan(
          "CREATE TABLE IF NOT EXISTS a (x int); CREATE TABLE IF NOT EXISTS a (x int)",
          "SELECT * FROM nowhere"))
      let run = try #require(try await read(fixture) { try await $0.runs() }.first)
      #expect(run.clientVersion == "test")
      let events = try await read(fixture) { try await $0.events(of: run.id) }.map(\.recorded)
      #expect(events.map(\.sequence) == Array(0..<events.count))
      #expect(events.first?.content == .runStarted(mode: "straight", migrations: 2))
      #expect(events.last?.content == .runFinished(outcome: "failed"))
      let notice = try #require(events.first { $0.kind == "notice" })
      #expect(notice.statement == 1)
      #expect(notice.sentence { _ in "" }.hasPrefix("notice: relation \"a\" already exists"))
      let failure = try #require(events.first { $0.kind == "statement-failed" })
      #expect(failure.isBad)
      #expect(failure.sentence { _ in "" } == "failed: relation \"nowhere\" does not exist (42P01)")
      #expect(!events.contains { $0.content == .other })
      let statements = try await read(fixture) { try await $0.statements(of: run.id) }
      #expect(statements["001_test"]?.count == 2)
      #expect(statements["002_test"] == nil)
    }
  }

  @Test("as well from tables of version 1, which reading does not upgrade")
  func versionOne() async throws {
    try await withFixture { fixture in
      _ = try await fixture.run(RunFixture.plan("CREATE TABLE a (x int)"))
      try await fixture.query(OlderHistory.one)
      let changes = try await read(fixture) { try await $0.changes() }
      #expect(changes.first?.created.contains("table public.a") == true)
      #expect(changes.first?.list.contains { $0.object == "table public.a" && $0.identity == nil } == true)
      #expect(try await fixture.value("SELECT max(version) FROM signalbox.schema_version") == "1")
    }
  }

  @Test("the same from tables of version 4, before they are upgraded and after")
  func versionFour() async throws {
    try await withFixture { fixture in
      _ = try await fixture.run(RunFixture.plan("CREATE TABLE a (x int)", "ALTER TABLE a ADD y int"))
      let run = try #require(try await read(fixture) { try await $0.runs() }.first).id
      let events = try await read(fixture) { try await $0.events(of: run) }.map(\.recorded)
      let changes = try await read(fixture) { try await $0.changes() }
      try await fixture.query(OlderHistory.four)
      try await expectSame(events, in: fixture, run)
      #expect(try await read(fixture) { try await $0.changes() } == changes)
      _ = try await fixture.run(
        RunFixture.plan("CREATE TABLE a (x int)", "ALTER TABLE a ADD y int", "CREATE TABLE b (x int)"))
      #expect(try await fixture.value("SELECT max(version) FROM signalbox.schema_version") == "5")
      try await expectSame(events, in: fixture, run)
      #expect(try await read(fixture) { try await $0.changes() }.filter { $0.run == run } == changes)
    }
  }

  /// The server keeps times to the microsecond.
  private func expectSame(_ events: [RecordedEvent], in fixture: RunFixture, _ run: Int64) async throws {
    let found = try await read(fixture) { try await $0.events(of: run) }.map(\.recorded)
    #expect(found.map(\.content) == events.map(\.content))
    #expect(found.map(\.kind) == events.map(\.kind))
    #expect(found.map(\.sequence) == events.map(\.sequence))
    #expect(zip(found, events).allSatisfy { abs($0.time - $1.time) < 0.001 })
  }

  @Test("the next run brings the tables up to date, and who could write events can write records")
  func upgrade() async throws {
    try await withFixture { fixture in
      _ = try await fixture.run(RunFixture.plan("CREATE TABLE a (x int)"))
      try await fixture.query(OlderHistory.one)
      try await fixture.query("GRANT SELECT, INSERT ON signalbox.event TO PUBLIC")
      _ = try await fixture.run(RunFixture.plan("SELECT 1", "CREATE TABLE b (x int)"))
      #expect(try await fixture.value("SELECT max(version) FROM signalbox.schema_version") == "5")
      #expect(
        try await fixture.value(
          """
          SELECT string_agg(privilege_type, ' ' ORDER BY privilege_type)
          FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = 'signalbox.record'::regclass AND a.grantee = 0
          """) == "INSERT SELECT")
      let changes = try await read(fixture) { try await $0.changes() }
      #expect(changes.first { $0.migration == "002_test" }?.objects.isEmpty == false)
      #expect(changes.contains { $0.migration == "001_test" && $0.created.contains("table public.a") })
    }
  }
}
