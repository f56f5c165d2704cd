import JSON
import Migrations

/// The migrations that are not to be run, and why; and those of which only a history knows.
struct LeftOutMigrations: ReportSection {
  static let title = "Skipped migrations"

  /// One migration.
  struct Entry: Sendable, Hashable {
    var id: MigrationID
    var file: String
    var state: MigrationState
    var reason: String
  }

  let entries: [Entry]

  init(_ facts: ReportFacts) {
    entries = facts.statuses.compactMap { status in
      let reason: String
      switch status.state {
      case .skipped: reason = "skipped without a reason given"
      case .archived: reason = "archived: kept for reference, never run"
      case .superseded: reason = "a baseline or later migrations have made it needless"
      case .missing: reason = "the history has it, the project has no such file"
      case .applied, .pending, .partial, .failed, .interrupted, .changed: return nil
      }
      return Entry(
        id: status.id, file: facts.fileName(of: status.id), state: status.state,
        reason: facts.project.migration(status.id)?.notes.skipReason ?? status.note ?? reason)
    }
  }

  var blocks: [ReportBlock] {
    entries.isEmpty
      ? []
      : [
        .paragraph("These are left out on purpose or have no file, and must not be applied:"),
        .table(
          ["File", "State", "Reason"],
          entries.map { [.code($0.file), ReportText($0.state.rawValue), ReportText($0.reason)] }, ifEmpty: ""),
      ]
  }

  var json: JSONValue.Member {
    .init(
      "left_out",
      .array(
        entries.map {
          [
            "id": .string($0.id.rawValue), "state": .string($0.state.rawValue), "reason": .string($0.reason),
          ]
        }))
  }
}
