import Migrations
import Testing

@Suite("Execution times")
struct ExecutionTimesTests {
  private func run(
    _ id: Int64, _ outcome: String, _ milliseconds: Double?, mode: String = "straight"
  ) -> RunRecord {
    RunRecord(
      id: id, startedAt: Double(id), operatorName: "a", host: "b", mode: mode,
      migrations: [.init(id: "001", outcome: outcome, milliseconds: milliseconds)])
  }

  @Test("stand in the order in which the migration ran, without adoptions and reverts")
  func order() throws {
    let runs = [
      run(5, "applied", 300), run(4, "reverted", 20, mode: "revert"), run(3, "applied", 100),
      run(2, "rolled-back", 70), run(1, "adopted", nil, mode: "adopt"),
    ]
    let times = try #require(ExecutionTimes.all(of: runs).first)
    #expect(times.attempts.map(\.run) == [2, 3, 5])
    #expect(times.successes.map(\.milliseconds) == [100, 300])
    #expect(times.trend == .slower(factor: 3))
  }

  @Test("have a trend only where a difference is more than noise")
  func trend() {
    func trend(_ times: Double...) -> ExecutionTimes.Trend? {
      let runs = times.enumerated().reversed().map { run(Int64($0.offset), "applied", $0.element) }
      return ExecutionTimes.all(of: runs).first?.trend
    }
    #expect(trend(100) == nil)
    #expect(trend(100, 110) == .steady)
    #expect(trend(1, 4) == .steady)
    #expect(trend(400, 100) == .faster(factor: 4))
    #expect(trend(90, 5_000, 100, 100) == .steady)
  }
}
