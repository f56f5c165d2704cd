import Migrations
import Rollout
import Schema
import Testing

@Suite("Access in a run")
struct AccessRunningTests {
  private static let table = ObjectIdentity.table("public", "a")
  private static let widening = AccessChange.Cell(
    table, role: "anon", command: "SELECT", before: nil,
    after: AccessChange.Reach("all", words: "all rows"), direction: .widens)
  private static let plan = RunFixture.plan("CREATE TABLE a (x int)")

  /// What changes when the table is there.
  private static let access: @Sendable (Snapshot, Snapshot) -> AccessChange = { before, after in
    AccessChange(!before.contains(table) && after.contains(table) ? [widening] : [])
  }

  private static func limit(_ cells: [AccessChange.Cell]) -> AccessLimit {
    let step = AccessOutlook.Step("001_test", change: AccessChange(cells))
    return AccessLimit(AccessOutlook(.prediction, steps: [step]))
  }

  @Test("what changes is an event before the commit, and is stored")
  func event() async throws {
    try await withFixture { fixture in
      let (outcome, events) = try await fixture.run(Self.plan, access: Self.access)
      #expect(outcome == .done)
      #expect(events.contains(.accessChanged("001_test", AccessChange([Self.widening]))))
      #expect(
        try await fixture.value(
          "SELECT detail->'changes'->0->>'role' FROM signalbox.event WHERE kind = 'access-changed'")
          == "anon")
    }
  }

  @Test("a dry run shows it as well, and leaves nothing")
  func rehearsal() async throws {
    try await withFixture { fixture in
      let (_, events) = try await fixture.run(Self.plan, mode: .dryRun, access: Self.access)
      #expect(events.contains(.accessChanged("001_test", AccessChange([Self.widening]))))
      #expect(try await fixture.value("SELECT to_regclass('a') IS NULL") == "t")
    }
  }

  @Test("what was not announced is rolled back where nobody is there to answer")
  func refused() async throws {
    try await withFixture { fixture in
      let (outcome, _) = try await fixture.run(Self.plan, access: Self.access, limit: Self.limit([]))
      #expect(outcome == .failed)
      #expect(try await fixture.value("SELECT to_regclass('a') IS NULL") == "t")
    }
    try await withFixture { fixture in
      let (outcome, _) = try await fixture.run(
        Self.plan, access: Self.access, limit: Self.limit([Self.widening]))
      #expect(outcome == .done)
    }
  }

  @Test(
    "what was not announced waits for an answer before the commit",
    arguments: [(OperatorCommand.acceptAccess, RunOutcome.done), (.abort, .aborted)])
  func question(answer: OperatorCommand, end: RunOutcome) async throws {
    try await withFixture { fixture in
      let (outcome, events) = try await fixture.run(
        Self.plan, isInteractive: true, access: Self.access, limit: Self.limit([]),
        whenPaused: { _, _ in answer })
      #expect(outcome == end)
      #expect(events.contains(.paused("001_test", statement: nil, .widened([Self.widening]))))
      #expect(
        try await fixture.value("SELECT to_regclass('a') IS NULL") == (end == .done ? "f" : "t"))
    }
  }
}
