import Migrations
import Rollout
import Schema
import Testing

@Suite("A dry run")
struct RehearsalTests {
  @Test("shows what each migration changes and leaves nothing behind")
  func difference() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan("CREATE TABLE a (x int)", "ALTER TABLE a ADD COLUMN y int")
      let (outcome, events) = try await fixture.run(plan, mode: .dryRun)
      #expect(outcome == .done)
      let differences = events.compactMap { event -> SnapshotDifference? in
        if case .difference(_, let difference) = event { difference } else { nil }
      }
      #expect(differences.first?.added.map(\.identity).contains(.table("public", "a")) == true)
      #expect(differences.last?.added.map(\.identity) == [.column("public", "a", "y")])
      #expect(try await fixture.value("SELECT to_regclass('a') IS NULL") == "t")
      #expect(try await fixture.value("SELECT to_regnamespace('signalbox') IS NULL") == "t")
    }
  }

  @Test("refuses a migration that cannot be rolled back")
  func refused() async throws {
    try await withFixture { fixture in
      let plan = RunFixture.plan("VACUUM", mode: .statementByStatement(reason: "VACUUM"))
      await #expect(throws: RolloutError.self) { try await fixture.run(plan, mode: .dryRun) }
    }
  }
}
