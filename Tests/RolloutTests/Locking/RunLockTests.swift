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
}
