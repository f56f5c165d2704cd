import Migrations
import Postgres
import Rollout
import Testing

@Suite("Two runs of one project on one database")
struct RunLockTests {
  @Test("do not run at once: the second is told who runs")
  func refused() async throws {
    try await withFixture { fixture in
      let first = RunFixture.plan("SELECT 1")
      let second = RunFixture.plan("SELECT 2")
      let (outcome, _) = try await fixture.run(
        first, mode: .step, isInteractive: true,
        whenPaused: { _, connection in
          do {
            _ = try await fixture.run(second)
            return .abort
          } catch RolloutError.locked(let holder) {
            return holder?.pid == connection.server.processID ? .proceed : .abort
          } catch {
            return .abort
          }
        })
      #expect(outcome == .done)
    }
  }

  @Test("run one after the other if the second waits")
  func waits() async throws {
    try await withFixture { fixture in
      async let first = fixture.run(
        RunFixture.plan("CREATE TABLE a (x int); SELECT pg_sleep(0.2)"), waitForOtherRunSeconds: 30)
      async let second = fixture.run(
        RunFixture.plan("CREATE TABLE b (x int); SELECT pg_sleep(0.2)"), waitForOtherRunSeconds: 30)
      let outcomes = try await [first.outcome, second.outcome]
      #expect(outcomes == [.done, .done])
    }
  }

  @Test("do not run a migration twice that both had planned")
  func planned() async throws {
    try await withFixture { fixture in
      try await fixture.query("CREATE TABLE t (x int)")
      let plan = RunFixture.plan("INSERT INTO t VALUES (1)")
      #expect(try await fixture.run(plan, entries: [:]).outcome == .done)
      let (outcome, events) = try await fixture.run(plan, entries: [:])
      #expect(outcome == .done)
      #expect(events.contains { "\($0)".contains("another run has applied it") })
      #expect(try await fixture.value("SELECT count(*) FROM t") == "1")
    }
  }

  @Test("stop if the history was changed otherwise since the plan was made")
  func changedHistory() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan("SELECT 1")
      _ = try await fixture.run(plan)
      try await fixture.query("UPDATE signalbox.migration SET state = 'retired'")
      await #expect(throws: RolloutError.historyChanged("001_test")) {
        try await fixture.run(plan, entries: [:])
      }
    }
  }

  @Test("keep each other out although a script gives all locks away")
  func unlockAll() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan("SELECT pg_advisory_unlock_all()", "SELECT 2")
      let (outcome, _) = try await fixture.run(
        plan, isInteractive: true,
        control: RunControl(breakpoints: [RunControl.Breakpoint(migration: "002_test", statement: 0)]),
        whenPaused: { _, _ in
          do {
            _ = try await fixture.run(RunFixture.plan("SELECT 3"))
            return .abort
          } catch RolloutError.locked {
            return .proceed
          } catch {
            return .abort
          }
        })
      #expect(outcome == .done)
    }
  }
}
