import JSON
import Migrations
import Schema
import Script

/// How each open migration, and each that Signalbox has applied, could be taken back, and what would be lost.
struct RollbackPlan: ReportSection {
  static let title = "Rollback plan"

  /// One migration.
  struct Entry: Sendable, Hashable {
    var id: MigrationID
    /// The script that takes it back, if there is one.
    var script: String?
    /// What would have to be undone by hand where there is no script.
    var undo: [String]
    /// What no way back restores.
    var lost: [String]
  }

  let entries: [Entry]
  let unscripted: Int
  private let repeatable: Bool
  private let isTransactional: Bool

  init(_ facts: ReportFacts, _ changes: [MigrationID: ExpectedChanges]) {
    let recorded = facts.statuses.filter { $0.state == .applied && $0.history?.state == .applied }.map(\.id)
    let open = facts.open.map(\.id)
    let shown = Set(open + recorded)
    entries = facts.project.migrations.filter { shown.contains($0.id) }.reversed().map { migration in
      Self.entry(migration, changes[migration.id])
    }
    unscripted = facts.project.migrations.count {
      $0.isRunnable && $0.revertFile == nil && !shown.contains($0.id)
    }
    let pending = facts.plan.steps
    repeatable = pending.allSatisfy {
      $0.migration.script.statements.allSatisfy { $0.repetition == .harmless }
    }
    isTransactional = pending.allSatisfy { $0.mode == .single }
  }

  private static func entry(_ migration: Migration, _ changes: ExpectedChanges?) -> Entry {
    var undo: [String] = []
    var lost: [String] = []
    if let changes {
      undo += sentences("drop", changes.created.filter { !changes.isPartOfCreated($0) })
      undo += sentences("restore", changes.altered.map(\.object))
      undo += sentences("make again", changes.dropped)
      lost += sentences("what was in", changes.dropped.filter { holdsRows($0.kind) })
      lost += sentences(
        "what is written after it to",
        changes.created.filter { holdsRows($0.kind) && !changes.isPartOfCreated($0) })
      lost += changes.data.filter { !$0.hasPrefix("INSERT") && !$0.hasPrefix("COPY") }
        .map { "the rows as they were before \($0)" }
    } else {
      let effects = migration.script.statements.flatMap(\.effects)
      let created = Set(effects.filter { $0.action == .creates }.map(\.object))
      undo = sentences("drop", created.filter { $0.table.map { !created.contains($0) } ?? true }.sorted())
    }
    return Entry(
      id: migration.id, script: migration.revertFile, undo: migration.revertFile == nil ? undo : [],
      lost: lost)
  }

  private static func holdsRows(_ kind: ObjectKind) -> Bool {
    [.table, .column, .materializedView, .foreignTable].contains(kind)
  }

  /// One line for each kind of object, grants and what goes with other things left out.
  private static func sentences(_ verb: String, _ objects: [ObjectIdentity]) -> [String] {
    ObjectKind.allCases.compactMap { kind in
      let same = objects.filter { $0.kind == kind }
      guard !same.isEmpty, ![.comment, .sequence, .defaultPrivilege].contains(kind) else { return nil }
      let names = same.map(\.qualifiedName).joined(separator: ", ")
      switch kind {
      case .rowSecurity, .forcedRowSecurity:
        return "\(verb == "drop" ? "switch off" : "switch on") \(kind.rawValue) \(names)"
      default: return "\(verb) \(ChangeWording.noun(kind, same.count)) \(names)"
      }
    }
  }

  var blocks: [ReportBlock] {
    var sentences: [ReportText] = []
    if isTransactional {
      sentences.append(
        "Before the commit nothing has to be undone: each migration runs in one transaction, and a failure, a failed verification or an abort rolls it back whole."
      )
    }
    if repeatable {
      sentences.append(
        "The pending migrations are safe to run again: every statement leaves alone what is already there.")
    }
    sentences.append("After the commit, in this order; for rows that are gone only a backup helps:")
    guard !entries.isEmpty else {
      return [.paragraph("No open migration, and none that Signalbox has applied, needs a way back.")]
    }
    return [
      .list(sentences),
      .table(
        ["Migration", "Way back", "Not restored by it"],
        entries.map { entry in
          [
            .code(entry.id.rawValue),
            entry.script.map { "\(ReportMark.good) \(code: "signalbox revert \(entry.id)") (\(code: $0))" }
              ?? (entry.undo.isEmpty
                ? "nothing in the catalog to undo"
                : .lines(["no script; by hand:"] + entry.undo.map { ReportText($0) })),
            entry.lost.isEmpty ? "–" : .lines(entry.lost.map { ReportText($0) }),
          ]
        }, ifEmpty: ""),
    ]
  }

  var json: JSONValue.Member {
    .init(
      "rollback",
      .array(
        entries.map {
          [
            "id": .string($0.id.rawValue), "script": .optional($0.script),
            "undo": .array($0.undo.map { .string($0) }), "lost": .array($0.lost.map { .string($0) }),
          ]
        }))
  }
}
