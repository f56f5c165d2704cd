import JSON
import Migrations
import Schema
import Script

/// The database that the report is about, and how much of it row security covers.
struct DatabaseFacts: ReportSection {
  static let title = "Configuration"

  /// One fact with its name.
  struct Fact: Sendable, Hashable {
    var name: String
    var value: String
  }

  let facts: [Fact]
  let tables: Int
  let secured: Int
  let securedLater: Int

  init(_ facts: ReportFacts, _ changes: [MigrationID: ExpectedChanges]) {
    let tables: [ObjectIdentity] = facts.own(.table).map(\.identity)
    let flags: [SchemaObject] = facts.own(.rowSecurity)
    let securedTables = Set<ObjectIdentity>(flags.compactMap { $0.identity.table })
    let expected: [EvidenceItem] = facts.open.flatMap { $0.evidence?.items ?? [] }
    var coming: [ObjectIdentity] = []
    for item in expected where item.object.kind == .rowSecurity && item.action == .creates {
      if item.verdict != .found, let table = item.object.table { coming.append(table) }
    }
    self.tables = tables.count
    secured = tables.filter { securedTables.contains($0) }.count
    securedLater = securedTables.union(coming).count
    let tablesLater = Set(tables).union(changes.values.flatMap { $0.created([.table]) }).count
    let extensions = facts.snapshot.objects(of: .extension).map(\.identity.name)
    var list = [
      Fact(name: "Database", value: facts.database.name), Fact(name: "Host", value: facts.database.host),
      Fact(name: "PostgreSQL", value: facts.database.version), Fact(name: "Role", value: facts.role),
      Fact(name: "Platform", value: facts.project.platform.rawValue),
      Fact(name: "Layout", value: facts.project.layout.rawValue),
    ]
    if !extensions.isEmpty {
      list.append(Fact(name: "Extensions", value: extensions.joined(separator: ", ")))
    }
    list.append(
      Fact(name: "Row security", value: Self.words(secured, tables.count, securedLater, tablesLater)))
    let recorded = facts.history.entries.count
    list.append(
      Fact(
        name: "History",
        value: facts.history.isInstalled
          ? "\(Counting.migrations(recorded)) recorded by Signalbox" : "none of Signalbox's own"))
    for other in facts.history.others {
      list.append(
        Fact(
          name: "History of \(other.tool)", value: "\(Counting.of(other.rows.count, "row")) in \(other.table)"
        ))
    }
    for target in facts.project.targets {
      list.append(Fact(name: "Target \(target.name)", value: target.label ?? "declared"))
    }
    self.facts = list
  }

  private static func words(_ secured: Int, _ tables: Int, _ later: Int, _ tablesLater: Int) -> String {
    let now = "on for \(secured) of \(Counting.of(tables, "table"))"
    return later > secured ? "\(now); for \(later) of \(tablesLater) once the open migrations are in" : now
  }

  var blocks: [ReportBlock] {
    [.table(["What", "Value"], facts.map { ["\(strong: $0.name)", ReportText($0.value)] }, ifEmpty: "")]
  }

  var json: JSONValue.Member {
    .init("configuration", .object(facts.map { .init($0.name, .string($0.value)) }))
  }
}
