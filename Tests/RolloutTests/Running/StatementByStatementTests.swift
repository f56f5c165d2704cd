import Migrations
import Rollout
import Schema
import Testing

@Suite("A migration that cannot run in one transaction")
struct StatementByStatementTests {
  private static let mode = TransactionMode.statementByStatement(reason: "CREATE INDEX CONCURRENTLY")

  @Test("runs statement by statement")
  func concurrently() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan(
        "CREATE TABLE t (x int); CREATE INDEX CONCURRENTLY t_x ON t (x); VACUUM t", mode: Self.mode)
      let (outcome, _) = try await fixture.run(plan, expected: [.index("public", "t_x")])
      #expect(outcome == .done)
      #expect(
        try await fixture.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 't_x'::regclass") == "t")
      #expect(
        try await fixture.value("SELECT state || ' ' || statements_done FROM signalbox.migration")
          == "applied 3")
    }
  }

  @Test("remembers how far it came when it fails, and goes on there")
  func resume() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan(
        "CREATE TABLE t (x int); CREATE INDEX CONCURRENTLY t_x ON t (x); INSERT INTO missing VALUES (1); SELECT 1",
        mode: Self.mode)
      #expect(try await fixture.run(plan).outcome == .failed)
      #expect(
        try await fixture.value("SELECT state || ' ' || statements_done FROM signalbox.migration")
          == "failed 2")
      try await fixture.query("CREATE TABLE missing (x int)")
      #expect(try await fixture.run(plan).outcome == .done)
      #expect(
        try await fixture.value("SELECT state || ' ' || statements_done FROM signalbox.migration")
          == "applied 4")
      #expect(try await fixture.value("SELECT count(*) FROM missing") == "1")
    }
  }

  @Test("counts what its own transactions committed, and nothing that they rolled back")
  func ownTransactions() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan(
        "BEGIN; CREATE TABLE a (x int); COMMIT; BEGIN; CREATE TABLE b (x int); SELECT * FROM missing; COMMIT",
        mode: .statementByStatement(reason: "several COMMITs"))
      #expect(try await fixture.run(plan).outcome == .failed)
      #expect(
        try await fixture.value("SELECT state || ' ' || statements_done FROM signalbox.migration")
          == "failed 3")
      #expect(try await fixture.value("SELECT to_regclass('b') IS NULL") == "t")
      try await fixture.query("CREATE TABLE missing (x int)")
      #expect(try await fixture.run(plan).outcome == .done)
      #expect(try await fixture.value("SELECT to_regclass('b') IS NOT NULL") == "t")
    }
  }
}
