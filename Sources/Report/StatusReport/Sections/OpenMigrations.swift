import JSON
import Migrations
import Schema
import Script

/// Each migration that is still to be done or settled: what for, what it changes, what it holds up.
struct OpenMigrations: ReportSection {
  static let title = "Pending migrations"

  /// One open migration.
  struct Entry: Sendable {
    var status: MigrationStatus
    var migration: Migration?
    var file: String
    var phase: String?
    var requires: [MigrationID]
    var mode: TransactionMode?
    var strongestLock: LockForecast?
    var isRepeatable: Bool
    var changes: ExpectedChanges
  }

  let entries: [Entry]
  private let problems: [ProjectProblem]

  init(_ facts: ReportFacts, _ changes: [MigrationID: ExpectedChanges]) {
    let order = facts.plan.steps.map(\.migration.id)
    let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let sorted = facts.open.enumerated().sorted { left, right in
      let leftPlace = places[left.element.id] ?? -1
      let rightPlace = places[right.element.id] ?? -1
      return leftPlace != rightPlace ? leftPlace < rightPlace : left.offset < right.offset
    }
    problems = facts.plan.problems
    entries = sorted.map { _, status in
      let migration = facts.project.migration(status.id)
      let step = facts.plan.steps.first { $0.migration.id == status.id }
      return Entry(
        status: status, migration: migration, file: facts.fileName(of: status.id),
        phase: facts.phase(of: status.id), requires: facts.graph.requirements(of: status.id).map(\.to),
        mode: step?.mode, strongestLock: step?.strongestLock,
        isRepeatable: migration?.script.statements.allSatisfy { $0.repetition == .harmless } ?? false,
        changes: changes[status.id] ?? ExpectedChanges())
    }
  }

  var blocks: [ReportBlock] {
    entries.enumerated().flatMap { index, entry in
      [.heading(3, "\(index + 1). \(code: entry.file)")] + Self.blocks(of: entry)
    } + problems.map { .paragraph("\(ReportMark.bad) \($0.message)") }
  }

  private static func blocks(of entry: Entry) -> [ReportBlock] {
    var blocks: [ReportBlock] = [.list(facts(of: entry))]
    let sentences = ChangeWording(changes: entry.changes).sentences
    blocks.append(.paragraph("\(strong: "Expected changes:")"))
    blocks.append(.list(sentences.isEmpty ? ["None that the catalog would show"] : sentences))
    let tables = entry.changes.created([.table, .foreignTable])
    if !tables.isEmpty {
      blocks.append(.paragraph("\(strong: "New tables:")"))
      blocks.append(
        .list(
          tables.map { table in
            let columns = entry.changes.columns(of: table).map { "\($0.name) \($0.detail.type)" }
            let comment = entry.changes.comments[.comment(on: table)].map { ": \($0)" } ?? ""
            return "\(code: table.qualifiedName)\(comment) (\(columns.joined(separator: ", ")))"
          }))
    }
    if let script = entry.migration?.script, !script.statements.isEmpty {
      blocks.append(
        .folded(
          "The \(Counting.of(script.statements.count, "statement")) of the file",
          [.code(script.statements.map { $0.text + ";" }.joined(separator: "\n\n"), language: "sql")]))
    }
    return blocks
  }

  private static func facts(of entry: Entry) -> [ReportText] {
    let notes = entry.migration?.notes
    var facts: [ReportText] = ["\(strong: "Status:") \(entry.status.state.rawValue.capitalizedFirst)"]
    if let note = entry.status.note { facts.append("\(strong: "Note:") \(note)") }
    if let priority = notes?.priority { facts.append("\(strong: "Priority:") \(priority.uppercased())") }
    if let phase = entry.phase { facts.append("\(strong: "Phase:") \(phase)") }
    if let migration = entry.migration, let purpose = MigrationPurpose.of(migration) {
      facts.append("\(strong: "Purpose:") \(purpose)")
    }
    if let impact = notes?.impact { facts.append("\(strong: "Impact:") \(impact)") }
    if !entry.requires.isEmpty {
      facts.append("\(strong: "Requires:") \(ReportText.names(entry.requires.map(\.rawValue)))")
    }
    if let evidence = entry.status.evidence, !evidence.isInconclusive {
      facts.append("\(strong: "Evidence:") \(evidence.found) of \(evidence.expected) objects are there")
    }
    if let lock = entry.strongestLock {
      facts.append(
        "\(strong: "Strongest lock:") \(lock.mode.description) on \(code: lock.relation.qualifiedName)")
    }
    switch entry.mode {
    case .single: facts.append("\(strong: "Runs:") in one transaction")
    case .statementByStatement(let reason):
      facts.append("\(strong: "Runs:") statement by statement, since \(reason)")
    case nil: break
    }
    let lost = entry.changes.dropped.filter { [.table, .column, .materializedView].contains($0.kind) }
    facts.append(
      "\(strong: "Takes data away:") \(lost.isEmpty ? "no" : ReportText.names(lost.map(\.description)))")
    facts.append("\(strong: "Safe to run again:") \(repetition(of: entry))")
    return facts
  }

  /// Whether every statement may run again, and if not, the first that stands most against it.
  private static func repetition(of entry: Entry) -> String {
    if entry.isRepeatable { return "yes" }
    let statements = entry.migration?.script.statements ?? []
    let worst = statements.map(\.repetition).max() ?? .harmless
    let line = statements.first { $0.repetition == worst }.map { "line \($0.position.line): " } ?? ""
    switch worst {
    case .harmless: return "yes"
    case .unknown(let reason): return "not certain; \(line)\(reason)"
    case .changes(let reason), .fails(let reason): return "no; \(line)\(reason)"
    }
  }

  var json: JSONValue.Member { .init("open", .array(entries.map(Self.json))) }

  private static func json(_ entry: Entry) -> JSONValue {
    func names(_ objects: [ObjectIdentity]) -> JSONValue { .array(objects.map { .string($0.description) }) }
    return [
      "id": .string(entry.status.id.rawValue), "file": .optional(entry.migration?.file),
      "state": .string(entry.status.state.rawValue), "note": .optional(entry.status.note),
      "phase": .optional(entry.phase), "priority": .optional(entry.migration?.notes.priority),
      "purpose": .optional(entry.migration.flatMap(MigrationPurpose.of)),
      "impact": .optional(entry.migration?.notes.impact),
      "requires": .array(entry.requires.map { .string($0.rawValue) }),
      "evidence": entry.status.evidence.map {
        ["found": .integer(Int64($0.found)), "expected": .integer(Int64($0.expected))]
      } ?? nil,
      "strongest_lock": .optional(entry.strongestLock?.mode.description),
      "repeatable": .boolean(entry.isRepeatable),
      "changes": [
        "created": names(entry.changes.created),
        "altered": .array(
          entry.changes.altered.map {
            ["object": .string($0.object.description), "how": .array($0.words.map { .string($0) })]
          }),
        "dropped": names(entry.changes.dropped), "already_there": names(entry.changes.alreadyThere),
        "data": .array(entry.changes.data.map { .string($0) }),
        "unknown": .array(entry.changes.unknown.map { .string($0) }),
      ],
    ]
  }
}

extension String {
  /// The text with its first letter in upper case.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
