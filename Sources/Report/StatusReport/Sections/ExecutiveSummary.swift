import JSON
import Migrations
import Verification

/// How many migrations there are and how they stand, and what is at stake while some are open.
struct ExecutiveSummary: ReportSection {
  static let title = "Executive summary"

  /// The migrations of one state.
  struct Group: Sendable, Hashable {
    var state: MigrationState
    var count: Int
    var ranges: String
    var phases: [String]
  }

  /// An open migration and what depends on it.
  struct Stake: Sendable, Hashable {
    var id: MigrationID
    var priority: String?
    var purpose: String?
    var impact: String?
  }

  let total: Int
  let groups: [Group]
  let stakes: [Stake]
  let checks: (passed: Int, failed: Int, warnings: Int)
  private let project: String

  init(_ facts: ReportFacts) {
    project = facts.project.title ?? facts.project.name
    total = facts.statuses.count
    groups = StatusDocument.summary(of: facts.statuses).map { state, count in
      let ids = facts.statuses.filter { $0.state == state }.map(\.id)
      let phases = facts.project.phases.filter { !Set($0.migrations).isDisjoint(with: ids) }.map(\.name)
      return Group(
        state: state, count: count, ranges: Counting.ranges(of: ids, in: facts.project), phases: phases)
    }
    stakes = facts.open.compactMap { status in
      guard let notes = facts.project.migration(status.id)?.notes, notes.impact != nil || notes.purpose != nil
      else { return nil }
      return Stake(id: status.id, priority: notes.priority, purpose: notes.purpose, impact: notes.impact)
    }
    checks = (
      facts.findings.count { $0.severity == .pass }, facts.findings.count { $0.severity == .failure },
      facts.findings.count { $0.severity == .warning }
    )
  }

  var blocks: [ReportBlock] {
    var blocks: [ReportBlock] = [
      .paragraph("\(project) has \(strong: "\(total) \(total == 1 ? "migration" : "migrations")"):"),
      .list(
        groups.map { group in
          let ranges = group.ranges.isEmpty ? "" : " (\(group.ranges))"
          let phases = group.phases.isEmpty ? "" : ": \(group.phases.joined(separator: ", "))"
          return "\(strong: "\(group.count) \(group.state.rawValue)")\(ranges)\(phases)"
        }),
      .paragraph(
        "Verification: \(checks.passed) passed, \(checks.failed) failed, \(Counting.of(checks.warnings, "warning"))."
      ),
    ]
    if !stakes.isEmpty {
      blocks.append(.heading(3, "What is at stake"))
      blocks.append(
        .list(
          stakes.map { stake in
            let priority = stake.priority.map { " (\($0))" } ?? ""
            let words = [stake.purpose, stake.impact].compactMap { $0 }.joined(separator: ". ")
            return "\(code: stake.id.rawValue)\(priority): \(words)"
          }))
    }
    return blocks
  }

  var json: JSONValue.Member {
    .init(
      "summary",
      [
        "migrations": .integer(Int64(total)),
        "states": .array(
          groups.map { group in
            [
              "state": .string(group.state.rawValue), "count": .integer(Int64(group.count)),
              "versions": .string(group.ranges), "phases": .array(group.phases.map { .string($0) }),
            ]
          }),
        "checks": [
          "passed": .integer(Int64(checks.passed)), "failed": .integer(Int64(checks.failed)),
          "warnings": .integer(Int64(checks.warnings)),
        ],
      ])
  }
}
