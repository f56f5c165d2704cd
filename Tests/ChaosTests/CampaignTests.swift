import Glibc
import Sandbox
import Testing

/// Short campaigns in every run of the tests; `make chaos` makes long ones of them.
@Suite("A rollout survives", .serialized)
struct CampaignTests {
  @Test("being killed at any moment")
  func killed() async throws { try await run(faults: 8) { Fault.kill(&$0) } }

  @Test("a link that is cut after any byte, and right at a COMMIT")
  func cut() async throws { try await run(faults: 8) { Fault.cut(&$0) } }

  @Test("sessions that are terminated, and a server that restarts or crashes")
  func server() async throws { try await run(faults: 4) { Fault.server(&$0) } }

  private func run(faults: Int, _ fault: (inout Dice) -> Fault) async throws {
    let settings = ChaosSettings()
    let campaign = try await Campaign.prepare(migrations: settings.migrations, seed: settings.seed)
    let figures = try await campaign.run(
      faults: settings.faults ?? faults, seed: settings.seed, deadline: settings.deadline, fault: fault,
      report: { if settings.isLong { print($0.text(seed: settings.seed)) } })
    print(figures.text(seed: settings.seed))
    #expect(figures.wrong == [])
    #expect(figures.faultCount > 0)
    try await campaign.server.cluster.stop()
  }
}

/// How long a campaign is, from the environment; `make chaos` sets it.
struct ChaosSettings: Sendable {
  /// How many faults are injected into each campaign; nil for a few.
  var faults = Self.number("SIGNALBOX_CHAOS_RUNS")
  /// The seed of everything that is random.
  var seed = UInt64(Self.number("SIGNALBOX_CHAOS_SEED") ?? 7)
  var seconds = Self.number("SIGNALBOX_CHAOS_SECONDS")

  var isLong: Bool { faults != nil }
  var migrations: Int { isLong ? 200 : 30 }
  var deadline: ContinuousClock.Instant? { seconds.map { .now + .seconds($0) } }

  static func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }
}
