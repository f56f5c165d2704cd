import JSON
import Migrations
import Schema
import Script
import Verification

/// What each migration that Signalbox ran has done, object by object, as the catalog before and after showed it.
struct AppliedResults: ReportSection {
  static let title = "What was created and updated"

  /// One migration.
  struct Entry: Sendable {
    var id: MigrationID
    var run: Int64
    var time: Double
    var results: ObjectResults
    /// Objects that the run had to do with and that are not there any more.
    var gone: [String]
    /// The later runs of the same migration that changed nothing.
    var repeats: [Int64]
    /// How the relations are now.
    var tables: [TableState]
    /// Whether each publication that the file speaks of is there, and how many of its tables are in it.
    var publications: [PublicationState]
    /// The calls that were made to see that functions work.
    var calls: [Finding]
    /// The relations, by description, about which every check passed.
    var verified: Set<String>
  }

  /// A table as it is now.
  struct TableState: Sendable, Hashable {
    var object: ObjectIdentity
    var outcome: ObjectResults.Outcome
    var columns: Int
    var indexes: [String]
    var policies: [String]
    var isSecured: Bool
    var triggers: [String]
  }

  /// A publication of which the file speaks.
  struct PublicationState: Sendable, Hashable {
    var name: String
    var isThere: Bool
    var members: Int
    var wanted: Int
  }

  let entries: [Entry]

  init(_ facts: ReportFacts) {
    let identities = Dictionary(
      facts.snapshot.objects.values.map { ($0.identity.description, $0) },
      uniquingKeysWith: { first, _ in first })
    entries = facts.changes.filter { !$0.isEmpty || !facts.changes.hasChange($0.migration) }
      .reduce(into: [RecordedChanges]()) { latest, changes in
        if !latest.contains(where: { $0.migration == changes.migration }) { latest.append(changes) }
      }
      .map { Self.entry($0, facts, identities) }
      .sorted { left, right in left.run < right.run }
  }

  private static func entry(
    _ changes: RecordedChanges, _ facts: ReportFacts, _ identities: [String: SchemaObject]
  ) -> Entry {
    let migration = facts.project.migration(changes.migration)
    func objects(_ names: [String]) -> [SchemaObject] { names.compactMap { identities[$0] } }
    let revoked = changes.dropped.compactMap(Self.grant).map { SchemaObject(identity: $0) }
    let results = ObjectResults(
      created: objects(changes.created), altered: objects(changes.altered), dropped: revoked,
      migration: migration,
      isThere: facts.snapshot.contains)
    let gone = (changes.created + changes.altered).filter { identities[$0] == nil }
    let repeats = facts.changes.filter {
      $0.migration == changes.migration && $0.run > changes.run && $0.isEmpty
    }.map(\.run)
    let functions = results.others.map(\.object).filter { [.function, .procedure].contains($0.kind) }
    let calls = facts.findings.filter { finding in
      finding.migration == changes.migration && finding.object == nil
        && functions.contains { Self.mentions(finding.message, "\($0.name)(") }
    }
    let checked = Dictionary(
      grouping: facts.findings.filter { $0.migration == nil || $0.migration == changes.migration }
    ) { finding in
      finding.object.map { $0.table ?? $0 }
    }
    let verified = results.relations.filter { relation in
      checked[relation.object].map { $0.allSatisfy { $0.severity == .pass } } ?? false
    }.map(\.object)
    return Entry(
      id: changes.migration, run: changes.run, time: changes.time, results: results,
      gone: gone + changes.dropped.filter { identities[$0] == nil && Self.grant($0) == nil },
      repeats: repeats,
      tables: results.relations.map { table($0, facts.snapshot) },
      publications: publications(of: migration, facts.snapshot), calls: calls,
      verified: Set(verified.map(\.description)))
  }

  /// The grant that a description tells of (`grant SELECT to anon on public.agents`); nil for anything else.
  private static func grant(_ description: String) -> ObjectIdentity? {
    let words = description.split(separator: " ")
    guard words.first == "grant", let on = words.lastIndex(of: "on"), on > 1 else { return nil }
    return ObjectIdentity(
      .grant, name: words[(on + 1)...].joined(separator: " "), signature: words[1..<on].joined(separator: " ")
    )
  }

  private static func mentions(_ text: String, _ part: String) -> Bool {
    let bytes = Array(text.utf8)
    let wanted = Array(part.utf8)
    guard bytes.count >= wanted.count else { return false }
    return (0...(bytes.count - wanted.count)).contains {
      bytes[$0..<($0 + wanted.count)].elementsEqual(wanted)
    }
  }

  private static func table(_ relation: ObjectResults.Relation, _ snapshot: Snapshot) -> TableState {
    let parts = snapshot.objects(on: relation.object)
    var indexes: [String] = []
    var policies: [String] = []
    for part in parts {
      if case .index(let index) = part.detail, index.constraint == nil { indexes.append(part.identity.name) }
      if case .policy(let policy) = part.detail { policies.append(policy.command) }
    }
    return TableState(
      object: relation.object, outcome: relation.outcome,
      columns: parts.count { $0.identity.kind == .column }, indexes: indexes,
      policies: ResultWording.inOrder(policies),
      isSecured: parts.contains { $0.identity.kind == .rowSecurity },
      triggers: parts.filter { $0.identity.kind == .trigger }.map(\.identity.name))
  }

  private static func publications(of migration: Migration?, _ snapshot: Snapshot) -> [PublicationState] {
    var wanted: [String: Set<ObjectIdentity>] = [:]
    for effect in migration?.script.statements.flatMap(\.effects) ?? []
    where effect.object.kind == .publicationMember && effect.action == .creates {
      wanted[effect.object.parent ?? "", default: []].insert(effect.object)
    }
    return wanted.sorted { $0.key < $1.key }.map { name, members in
      PublicationState(
        name: name, isThere: snapshot.contains(ObjectIdentity(.publication, name: name)),
        members: members.count(where: snapshot.contains), wanted: members.count)
    }
  }

  var blocks: [ReportBlock] {
    entries.flatMap { entry in
      var blocks: [ReportBlock] = [
        .heading(3, .code(entry.id.rawValue)), .paragraph(Self.sentence(of: entry)),
      ]
      let lines = ResultWording(entry.results).lines
      blocks.append(
        .table(
          ["Result", "Object", "Details"],
          lines.map { [Self.outcome($0, in: entry), .code($0.subject), ReportText($0.detail)] },
          ifEmpty: "It has left nothing that the catalog shows."))
      if !entry.gone.isEmpty {
        blocks.append(.paragraph("Dropped by it, or gone since: \(ReportText.names(entry.gone))"))
      }
      let tables = entry.tables.filter { $0.object.kind == .table }
      if !tables.isEmpty {
        blocks.append(.heading(4, "The tables as they are now"))
        blocks.append(
          .table(
            ["Table", "Columns", "Indexes", "Row security", "Policies", "Triggers"], tables.map(Self.row),
            ifEmpty: ""))
      }
      if !entry.publications.isEmpty {
        blocks.append(
          .list(
            entry.publications.map { publication in
              publication.isThere
                ? "Publication \(code: publication.name): present, \(publication.members) of the \(Counting.of(publication.wanted, "table")) in it"
                : "Publication \(code: publication.name): not present, so nothing was added to it"
            }))
      }
      if !entry.calls.isEmpty {
        blocks.append(.paragraph("Called to see that they work:"))
        blocks.append(
          .list(
            entry.calls.map { "\($0.severity == .pass ? ReportMark.good : ReportMark.bad) \($0.message)" }))
      }
      return blocks
    }
  }

  private static func sentence(of entry: Entry) -> ReportText {
    let again =
      entry.repeats.isEmpty
      ? ""
      : "; run again (\(entry.repeats.map { "run \($0)" }.joined(separator: ", "))), it changed nothing"
    let what = entry.results.isUnchanged ? "nothing changed" : "compared before and after"
    return "Run \(Int(entry.run)), \(Timestamp.text(of: entry.time)): \(what)\(again)."
  }

  private static func outcome(_ line: ResultWording.Line, in entry: Entry) -> ReportText {
    if line.kind != .unchanged { return "\(ReportMark.good) \(strong: line.outcome)" }
    return entry.verified.contains(line.subject)
      ? "\(ReportMark.good) \(line.outcome), verified" : ReportText(line.outcome)
  }

  private static func row(_ table: TableState) -> [ReportText] {
    [
      .code(table.object.qualifiedName), "\(table.columns)",
      table.indexes.isEmpty ? "–" : "\(table.indexes.count): \(table.indexes.joined(separator: ", "))",
      table.isSecured ? "\(ReportMark.good) on" : "\(ReportMark.warning) off",
      table.policies.isEmpty ? "–" : "\(table.policies.count): \(table.policies.joined(separator: ", "))",
      ReportText(table.triggers.isEmpty ? "–" : table.triggers.joined(separator: ", ")),
    ]
  }

  var json: JSONValue.Member {
    .init("results", .array(entries.map(Self.json)))
  }

  private static func json(_ entry: Entry) -> JSONValue {
    [
      "id": .string(entry.id.rawValue), "run": .integer(entry.run),
      "at": .string(Timestamp.text(of: entry.time)), "unchanged": .boolean(entry.results.isUnchanged),
      "repeats": .array(entry.repeats.map { .integer($0) }),
      "objects": .array(
        ResultWording(entry.results).lines.map {
          [
            "object": .string($0.subject), "outcome": .string($0.outcome), "detail": .string($0.detail),
            "verified": .boolean(entry.verified.contains($0.subject)),
          ]
        }),
      "gone": .array(entry.gone.map { .string($0) }),
      "tables": .array(
        entry.tables.map { table in
          [
            "table": .string(table.object.qualifiedName), "columns": .integer(Int64(table.columns)),
            "indexes": .array(table.indexes.map { .string($0) }),
            "policies": .array(table.policies.map { .string($0) }), "row_security": .boolean(table.isSecured),
            "triggers": .array(table.triggers.map { .string($0) }),
          ]
        }),
      "publications": .array(
        entry.publications.map {
          [
            "name": .string($0.name), "present": .boolean($0.isThere),
            "members": .integer(Int64($0.members)), "wanted": .integer(Int64($0.wanted)),
          ]
        }),
    ]
  }
}

extension [RecordedChanges] {
  /// Whether some run of a migration changed something.
  func hasChange(_ migration: MigrationID) -> Bool { contains { $0.migration == migration && !$0.isEmpty } }
}
