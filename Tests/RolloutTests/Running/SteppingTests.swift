import Migrations
import Postgres
import Rollout
import Schema
import Testing

@Suite("A run in step mode")
struct SteppingTests {
  private static let plan = RunFixture.plan(
    "CREATE TABLE a (x int); CREATE TABLE b (x int); CREATE TABLE c (x int)", "CREATE TABLE d (x int)")

  @Test("waits before every statement")
  func everyStatement() async throws {
    try await withFixture { fixture in
      let (outcome, events) = try await fixture.run(
        Self.plan, mode: .step, isInteractive: true, whenPaused: { _, _ in .next })
      #expect(outcome == .done)
      #expect(events.count { if case .paused(_, _, .step) = $0 { true } else { false } } == 4)
    }
  }

  @Test("lets the operator look inside the open transaction, where nobody else sees the change yet")
  func lookInside() async throws {
    try await withFixture { fixture in
      let (outcome, _) = try await fixture.run(
        Self.plan, mode: .step, isInteractive: true,
        whenPaused: { event, connection in
          if case .paused("001_test", 1, _) = event.kind {
            let inside = try? await connection.query("SELECT to_regclass('a') IS NOT NULL AS found")
            let outside = try? await fixture.value("SELECT to_regclass('a') IS NULL")
            return inside?.rows.first?["found"] == "t" && outside == "t" ? .proceed : .abort
          }
          return .next
        })
      #expect(outcome == .done)
    }
  }

  @Test("goes on to the end of the migration and waits before the next")
  func finishMigration() async throws {
    try await withFixture { fixture in
      let (outcome, events) = try await fixture.run(
        Self.plan, mode: .step, isInteractive: true, whenPaused: { _, _ in .finishMigration })
      #expect(outcome == .done)
      let pauses = events.compactMap { event -> MigrationID? in
        if case .paused(let id, 0, .step) = event { id } else { nil }
      }
      #expect(pauses == ["001_test", "002_test"])
    }
  }

  @Test("waits at a breakpoint although it runs on")
  func breakpoint() async throws {
    try await withFixture { fixture in
      let control = RunControl(breakpoints: [.init(migration: "001_test", statement: 2)])
      let (outcome, events) = try await fixture.run(
        Self.plan, isInteractive: true, control: control, whenPaused: { _, _ in .proceed })
      #expect(outcome == .done)
      let pauses = events.compactMap { event -> Int? in
        if case .paused(_, let statement, .breakpoint) = event { statement } else { nil }
      }
      #expect(pauses == [2])
    }
  }

  @Test("leaves out a statement that the operator skips, and the history says so")
  func skip() async throws {
    try await withFixture { fixture in
      let (outcome, _) = try await fixture.run(
        Self.plan, mode: .step, isInteractive: true,
        whenPaused: { event, _ in
          if case .paused("001_test", 1, _) = event.kind { .skip } else { .next }
        })
      #expect(outcome == .done)
      #expect(try await fixture.value("SELECT to_regclass('b') IS NULL") == "t")
      #expect(
        try await fixture.value("SELECT statements_skipped FROM signalbox.migration WHERE id = '001_test'")
          == "{1}")
    }
  }

  @Test("keeps what came before a failed statement, which can be sent again or left out")
  func failureAndRetry() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan(
        "CREATE TABLE a (x int); INSERT INTO helper VALUES (1); CREATE TABLE b (x int)")
      let (outcome, events) = try await fixture.run(
        plan, mode: .step, isInteractive: true,
        whenPaused: { event, connection in
          guard case .paused(_, _, .failure) = event.kind else { return .next }
          do {
            _ = try await connection.query("CREATE TABLE helper (x int)")
            return .retry
          } catch {
            return .abort
          }
        })
      #expect(outcome == .done)
      #expect(events.count { if case .statementFailed(_, 1, _) = $0 { true } else { false } } == 1)
      #expect(try await fixture.value("SELECT count(*) FROM helper") == "1")
      #expect(try await fixture.value("SELECT to_regclass('b') IS NOT NULL") == "t")
    }
  }

  @Test("rolls back when the operator stops it")
  func abort() async throws {
    try await withFixture { fixture in
      let (outcome, _) = try await fixture.run(
        Self.plan, mode: .step, isInteractive: true,
        whenPaused: { event, _ in
          if case .paused("001_test", 2, _) = event.kind { .abort } else { .next }
        })
      #expect(outcome == .aborted)
      #expect(try await fixture.value("SELECT to_regclass('a') IS NULL") == "t")
      #expect(try await fixture.value("SELECT count(*) FROM signalbox.migration") == "0")
    }
  }

  @Test("commits an unverified migration only on the operator's word, and the history says so")
  func acceptUnverified() async throws {
    try await withFixture { fixture in
      let (outcome, _) = try await fixture.run(
        RunFixture.plan("CREATE TABLE a (x int)"), isInteractive: true, expected: [.table("public", "b")],
        whenPaused: { event, _ in
          if case .paused(_, nil, .unverified) = event.kind { .acceptUnverified } else { .next }
        })
      #expect(outcome == .done)
      #expect(try await fixture.value("SELECT unverified FROM signalbox.migration") == "t")
    }
  }
}
