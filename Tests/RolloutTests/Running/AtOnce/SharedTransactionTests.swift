import Migrations
import Postgres
import Rollout
import Schema
import Testing

@Suite("Migrations that share a transaction")
struct SharedTransactionTests {
  /// How many transactions the applied migrations ran in.
  private let transactions = "SELECT count(DISTINCT xid) FROM signalbox.migration"

  /// Migrations that make a table each.
  private static func tables(_ count: Int, with other: [Int: String] = [:]) -> Plan {
    RunFixture.plan(
      of: (1...count).map { number in
        other[number]
          ?? """
          CREATE TABLE t\(number) (id int PRIMARY KEY, b text);
          CREATE INDEX ON t\(number) (b);
          ALTER TABLE t\(number) ENABLE ROW LEVEL SECURITY;
          COMMENT ON TABLE t\(number) IS 'table \(number)'
          """
      })
  }

  @Test("tell, and leave, what they would one by one, in fewer transactions")
  func same() async throws {
    let plan = Self.tables(
      20,
      with: [
        2: "CREATE TABLE t2 (id int REFERENCES t1)",
        3: "CREATE TABLE t3 (x text COLLATE \"C\"); CREATE TABLE IF NOT EXISTS t3 (x text)",
        6: "CREATE TABLE t6 (x text COLLATE \"C\"); COMMENT ON COLUMN t6.x IS 'six'",
        7: "CREATE TABLE IF NOT EXISTS t7 (x int); CREATE SEQUENCE s7; CREATE POLICY p ON t7 USING (x > 0)",
        8: "CREATE TABLE t8 (x int); CREATE TABLE IF NOT EXISTS t8 (x int)",
        9: "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      ])
    try await expectSame(plan, outcome: .done, has: ["notice 003_test 1 ", "notice 008_test 1 "])
    try await withFixture { fixture in
      let (outcome, _) = try await fixture.run(plan)
      #expect(outcome == .done)
      let count = try await fixture.value(transactions)
      #expect(count == "2")
    }
  }

  @Test(
    "are run one by one where one of them fails: those before it stay, and what is wrong is said of it alone")
  func failure() async throws {
    try await expectSame(
      Self.tables(7, with: [6: "CREATE TABLE t6 (x int);\nCREATE INDEX ON t6 (nowhere)"]), outcome: .failed,
      has: ["statement-failed 006_test 1 ", "migration-finished 005_test {\"outcome\":\"applied\""])
  }

  @Test("are run one by one where the history refuses the row of one of them")
  func refusedRow() async throws {
    try await expectSame(
      Self.tables(3),
      before: HistoryRefusals.row(of: "002_test", saying: "not this one"),
      outcome: .failed, has: ["not this one", "migration-finished 001_test {\"outcome\":\"applied\""])
  }

  @Test("are run one by one where their commit fails, and the ones behind them after that")
  func failingCommit() async throws {
    try await expectSame(
      Self.tables(18),
      before: HistoryRefusals.commit(of: "003_test", saying: "not at the commit"),
      outcome: .failed, has: ["not at the commit", "migration-finished 002_test {\"outcome\":\"applied\""])
  }

  @Test("are run one by one where one of them widens access beyond what was announced")
  func widening() async throws {
    let table = ObjectIdentity.table("public", "t2")
    let widens: @Sendable (Snapshot, Snapshot) -> AccessChange = { before, after in
      guard !before.contains(table), after.contains(table) else { return AccessChange([]) }
      let all = AccessChange.Reach("all", words: "all rows")
      return AccessChange([
        AccessChange.Cell(
          table, role: "anon", command: "SELECT", before: nil, after: all, direction: .widens)
      ])
    }
    try await withFixture { fixture in
      let (outcome, _) = try await fixture.run(
        Self.tables(3), access: widens, limit: AccessLimit(AccessOutlook(.prediction, steps: [])))
      #expect(outcome == .failed)
      #expect(try await fixture.value("SELECT string_agg(id, ',') FROM signalbox.migration") == "001_test")
    }
  }

  @Test(
    "are none that change rows, lock a table that was there before the run, or touch the same table",
    arguments: [
      "INSERT INTO t1 VALUES (1)", "CREATE TABLE t2 (id int REFERENCES old)", "COMMENT ON TABLE old IS 'x'",
      "ALTER TABLE t1 ADD COLUMN c int", "CREATE TABLE IF NOT EXISTS old (x int)",
      "CREATE TABLE t2 (x int); GRANT SELECT ON old TO PUBLIC",
    ])
  func alone(text: String) async throws {
    try await withFixture { fixture in
      try await fixture.query("CREATE TABLE old (id int PRIMARY KEY)")
      let (outcome, _) = try await fixture.run(Self.tables(2, with: [2: text]))
      #expect(outcome == .done)
      let count = try await fixture.value(transactions)
      #expect(count == "2")
    }
  }

  @Test(
    "are all rolled back by an abort, and who is in the way is said while they wait",
    .timeLimit(.minutes(15)))
  func abort() async throws {
    try await withFixture { fixture in
      let holder = try await Connection.connect(fixture.configuration)
      _ = try await holder.execute("BEGIN; CREATE TABLE t6 (x int)")
      let control = RunControl()
      let (outcome, events) = try await fixture.run(
        Self.tables(8),
        control: control,
        lockTimeoutMilliseconds: 600_000,
        whenTold: { event in
          if case .blocked(_, _, let sessions) = event.kind, !sessions.isEmpty {
            Task { await control.post(.abort) }
          }
        })
      await holder.close()
      #expect(outcome == .aborted)
      #expect(
        events.contains { if case .blocked(let id, 0, _) = $0 { id.rawValue == "006_test" } else { false } })
      #expect(
        events.contains {
          if case .migrationFinished(let id, .aborted(0), _) = $0 { id.rawValue == "006_test" } else { false }
        })
      #expect(
        try await fixture.value("SELECT to_regclass('t1') IS NULL AND to_regclass('t6') IS NULL") == "t")
      #expect(try await fixture.value("SELECT count(*) FROM signalbox.migration") == "0")
    }
  }
}
