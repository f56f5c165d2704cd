import Migrations
import Postgres
import Rollout
import Schema
import Testing

@Suite("A migration that the operator leaves out")
struct SkippedMigrationTests {
  private static let plan = RunFixture.plan(
    "CREATE TABLE a (x int); CREATE TABLE b (x int)", "CREATE TABLE c (x int)")

  @Test("is rolled back whole, recorded, and the run goes on with the next")
  func stepping() async throws {
    try await withFixture { fixture in
      let (outcome, events) = try await fixture.run(
        Self.plan, mode: .step, isInteractive: true,
        whenPaused: { event, _ in
          if case .paused("001_test", 1, _) = event.kind { .skipMigration } else { .next }
        })
      #expect(outcome == .done)
      #expect(try await fixture.value("SELECT to_regclass('a') IS NULL") == "t")
      #expect(try await fixture.value("SELECT to_regclass('c') IS NOT NULL") == "t")
      #expect(
        try await fixture.value(
          "SELECT string_agg(id || ' ' || state, ', ' ORDER BY id) FROM signalbox.migration")
          == "001_test skipped, 002_test applied")
      #expect(
        events.contains { if case .migrationFinished("001_test", .skipped, _) = $0 { true } else { false } })
      #expect(
        try await fixture.value(
          "SELECT detail ->> 'outcome' FROM signalbox.event WHERE kind = 'migration-finished' ORDER BY seq LIMIT 1"
        )
          == "skipped")
    }
  }

  @Test("after a failure, too")
  func failure() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan("CREATE TABLE a (x int); SELECT * FROM nowhere", "CREATE TABLE c (x int)")
      let (outcome, _) = try await fixture.run(
        plan, isInteractive: true,
        whenPaused: { event, _ in
          if case .paused(_, _, .failure) = event.kind { .skipMigration } else { .next }
        })
      #expect(outcome == .done)
      #expect(try await fixture.value("SELECT to_regclass('a') IS NULL") == "t")
      #expect(try await fixture.value("SELECT to_regclass('c') IS NOT NULL") == "t")
    }
  }

  @Test("cannot be one that runs outside a transaction: what it did would stay")
  func outside() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan(
        "CREATE TABLE a (x int); CREATE TABLE b (x int)", mode: .statementByStatement(reason: "because"))
      let control = RunControl()
      let (outcome, _) = try await fixture.run(
        plan, mode: .step, isInteractive: true, control: control,
        whenPaused: { event, _ in
          guard case .paused("001_test", 1, _) = event.kind else { return .next }
          await control.post(.skipMigration)
          return .abort
        })
      #expect(outcome == .aborted)
      #expect(try await fixture.value("SELECT to_regclass('a') IS NOT NULL") == "t")
    }
  }
}
