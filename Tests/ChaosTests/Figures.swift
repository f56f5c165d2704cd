/// What a campaign has done and found.
struct Figures: Sendable {
  var faults: [String: Int] = [:]
  /// How often `apply` was started.
  var runs = 0
  /// How often a whole project was brought to its end.
  var projects = 0
  /// How often `status` was compared with the database.
  var statuses = 0
  /// How often indexes that half-done builds had left were dropped and built again.
  var rebuiltIndexes = 0
  /// What was not as it should be.
  var wrong: [String] = []

  var faultCount: Int { faults.values.reduce(0, +) }

  /// The figures as people read them.
  func text(seed: UInt64) -> String {
    var lines = [
      "chaos: seed \(seed)",
      "  projects finished \(projects), runs of apply \(runs), faults injected \(faultCount), "
        + "statuses compared \(statuses), invalid indexes rebuilt \(rebuiltIndexes), wrong outcomes \(wrong.count)",
    ]
    lines += faults.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
    lines += wrong.prefix(40).map { "  WRONG: \($0)" }
    return lines.joined(separator: "\n")
  }
}
