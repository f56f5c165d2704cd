import Migrations
import Postgres
import Testing

@testable import Rollout

@Suite("Other migration tools at work")
struct ForeignLocksTests {
  @Test(
    "are known by the keys of their locks",
    arguments: [
      ("Prisma", 72_707_369), ("Sqitch", 75_474_063), ("goose", 4_097_083_626), ("Atlas", 2_686_470_616),
      ("tern", 9_628_173_550_095_224), ("graphile-migrate", 4_727_445_306_447_283),
      ("reshape", 4_036_779_288_569_897_133), ("pgroll", 12_388_221_127_840_347),
      ("Flyway", 77_431_708_279_161 - 1_234_567), ("golang-migrate", 143_310_882),
    ] as [(String, Int64)])
  func keys(tool: String, key: Int64) {
    #expect(ForeignLocks.tool(key: key, isSingle: true, database: "postgres") == tool)
    #expect(ForeignLocks.tool(key: key, isSingle: false, database: "postgres") == nil)
  }

  @Test("keep a run out, which names them, until they end")
  func keepOut() async throws {
    try await withFixture { fixture in
      let prisma = try await Connection.connect(fixture.configuration)
      try await prisma.query("SELECT pg_advisory_lock(72707369)")
      do {
        _ = try await fixture.run(RunFixture.plan("SELECT 1"))
        Issue.record("it ran beside Prisma")
      } catch RolloutError.otherTool(let tool, let holder) {
        #expect(tool == "Prisma")
        #expect(holder?.pid == prisma.server.processID)
      }
      async let waiting = fixture.run(RunFixture.plan("SELECT 1"), waitForOtherRunSeconds: 60)
      await prisma.close()
      #expect(try await waiting.outcome == .done)
    }
  }
}
