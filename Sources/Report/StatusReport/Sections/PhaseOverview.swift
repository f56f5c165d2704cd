import JSON
import Migrations

/// The phases: what they are for, how far they are in, and the migrations that most depends on.
struct PhaseOverview: ReportSection {
  static let title = "Migration structure"

  /// One phase.
  struct Row: Sendable, Hashable {
    var name: String
    var purpose: String?
    var ranges: String
    var states: [State]
    var found: Int
    var expected: Int
    var key: [Key]
    var total: Int { states.reduce(0) { $0 + $1.count } }
    var applied: Int { states.first { $0.state == .applied }?.count ?? 0 }
  }

  /// How many migrations of a phase are in a state.
  struct State: Sendable, Hashable {
    var state: MigrationState
    var count: Int
  }

  /// A migration that others need.
  struct Key: Sendable, Hashable {
    var id: MigrationID
    var purpose: String?
  }

  /// How many key migrations of a phase are named.
  private static let keysShown = 3

  let rows: [Row]

  init(_ facts: ReportFacts) {
    let statuses = Dictionary(facts.statuses.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    rows = facts.project.phases.map { phase in
      let members = phase.migrations.compactMap { statuses[$0] }
      return Row(
        name: phase.name, purpose: phase.purpose,
        ranges: Counting.ranges(of: phase.migrations, in: facts.project),
        states: StatusDocument.summary(of: members).map { State(state: $0.state, count: $0.count) },
        found: members.reduce(0) { $0 + ($1.evidence?.found ?? 0) },
        expected: members.reduce(0) { $0 + ($1.evidence?.expected ?? 0) },
        key: Self.keys(of: phase, in: facts))
    }
  }

  /// The migrations of a phase that the project file names, else those that most others need, in order; of those that
  /// nobody needs, the first.
  private static func keys(of phase: Phase, in facts: ReportFacts) -> [Key] {
    let ranked = phase.migrations.map { (id: $0, needed: facts.graph.dependents(of: $0).count) }
      .enumerated().sorted { left, right in
        left.element.needed != right.element.needed
          ? left.element.needed > right.element.needed : left.offset < right.offset
      }
    let most = ranked.prefix(keysShown).filter { $0.element.needed > 0 }
    let known = Set((most.isEmpty ? Array(ranked.prefix(1)) : Array(most)).map(\.element.id))
    let chosen = phase.key.isEmpty ? known : Set(phase.key)
    return phase.migrations.filter(chosen.contains).map { id in
      Key(id: id, purpose: facts.project.migration(id).flatMap(MigrationPurpose.of))
    }
  }

  var blocks: [ReportBlock] {
    [
      .table(
        ["Phase", "Range", "State", "Evidence", "Key migrations", "Purpose"],
        rows.map { row in
          [
            "\(strong: row.name)", ReportText(row.ranges), state(of: row),
            row.expected == 0 ? "–" : "\(row.found) of \(row.expected)",
            .lines(
              row.key.map { key in
                key.purpose.map { "\(code: key.id.rawValue): \($0)" } ?? .code(key.id.rawValue)
              }),
            ReportText(row.purpose ?? ""),
          ]
        }, ifEmpty: "No migration can run.")
    ]
  }

  private func state(of row: Row) -> ReportText {
    if row.applied == row.total { return "\(ReportMark.good) \(row.applied)/\(row.total) applied" }
    let others = row.states.filter { $0.state != .applied }.map { "\($0.count) \($0.state.rawValue)" }
    let mark: ReportMark = row.states.contains { $0.state != .applied && $0.state != .pending } ? .bad : .open
    return "\(mark) \(row.applied)/\(row.total) applied, \(others.joined(separator: ", "))"
  }

  var json: JSONValue.Member {
    .init(
      "phases",
      .array(
        rows.map { row in
          [
            "name": .string(row.name), "purpose": .optional(row.purpose), "versions": .string(row.ranges),
            "states": .object(row.states.map { .init($0.state.rawValue, .integer(Int64($0.count))) }),
            "evidence": ["found": .integer(Int64(row.found)), "expected": .integer(Int64(row.expected))],
            "key_migrations": .array(
              row.key.map { ["id": .string($0.id.rawValue), "purpose": .optional($0.purpose)] }),
          ]
        }))
  }
}
