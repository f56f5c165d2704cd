import JSON
import Migrations

/// Every migration with its state, evidence and time.
struct MigrationList: ReportSection {
  static let title = "All migrations"

  /// One migration.
  struct Row: Sendable, Hashable {
    var id: MigrationID
    var phase: String?
    var state: MigrationState
    var evidence: Evidence?
    var appliedAt: Double?
    var milliseconds: Double?
    var purpose: String?
  }

  let rows: [Row]

  init(_ facts: ReportFacts) {
    rows = facts.statuses.map { status in
      let migration = facts.project.migration(status.id)
      return Row(
        id: status.id, phase: facts.phase(of: status.id), state: status.state, evidence: status.evidence,
        appliedAt: status.history?.appliedAt, milliseconds: status.history?.durationMilliseconds,
        purpose: migration?.notes.skipReason ?? migration.flatMap(MigrationPurpose.of))
    }
  }

  var blocks: [ReportBlock] {
    [
      .table(
        ["Migration", "Phase", "State", "Evidence", "Applied", "Took", "Purpose"],
        rows.map { row in
          [
            .code(row.id.rawValue), ReportText(row.phase ?? "–"),
            Self.text(of: row.state),
            row.evidence.map { $0.isInconclusive ? "none possible" : "\($0.found) of \($0.expected)" } ?? "–",
            ReportText(row.appliedAt.map(Timestamp.text) ?? "–"),
            ReportText(row.milliseconds.map { Elapsed.text(milliseconds: $0) } ?? "–"),
            ReportText(row.purpose ?? ""),
          ]
        }, ifEmpty: "There are no migrations.")
    ]
  }

  private static func text(of state: MigrationState) -> ReportText {
    switch state {
    case .applied, .superseded: "\(ReportMark.good) \(state.rawValue)"
    case .pending: "\(ReportMark.open) \(state.rawValue)"
    case .skipped, .archived: ReportText(state.rawValue)
    case .partial, .changed, .missing: "\(ReportMark.warning) \(state.rawValue)"
    case .failed, .interrupted: "\(ReportMark.bad) \(state.rawValue)"
    }
  }

  var json: JSONValue.Member {
    .init(
      "migrations",
      .array(
        rows.map { row in
          [
            "id": .string(row.id.rawValue), "phase": .optional(row.phase),
            "state": .string(row.state.rawValue),
            "evidence": row.evidence.map {
              ["found": .integer(Int64($0.found)), "expected": .integer(Int64($0.expected))]
            } ?? nil,
            "applied_at": .optional(row.appliedAt.map(Timestamp.text)),
            "duration_ms": .optional(row.milliseconds), "purpose": .optional(row.purpose),
          ]
        }))
  }
}
