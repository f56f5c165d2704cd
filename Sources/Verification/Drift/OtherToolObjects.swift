import Migrations
import Schema

/// What other migration tools keep their histories in: tables that are known by their columns, and those beside them that
/// are known by their names.
struct OtherToolObjects {
  private let tables: Set<ObjectIdentity>
  /// The schemas that tools make for their histories.
  private let schemas: Set<String>

  /// Finds the histories in a snapshot.
  init(_ snapshot: Snapshot) {
    var columns: [ObjectIdentity: [(position: Int, name: String)]] = [:]
    for object in snapshot.objects.values {
      let identity = object.identity
      if identity.kind == .table, Self.usualTables.contains(identity.name) {
        columns[identity, default: []] += []
      }
      guard identity.kind == .column, let table = identity.table else { continue }
      if Self.tellingColumns.contains(identity.name) { columns[table, default: []] += [] }
    }
    for object in snapshot.objects.values where object.identity.kind == .column {
      guard let table = object.identity.table, columns[table] != nil,
        case .column(let detail) = object.detail
      else { continue }
      columns[table]?.append((detail.position, object.identity.name))
    }
    let histories = columns.filter { table, columns in
      let names = columns.sorted { $0.position < $1.position }.map(\.name)
      return OtherHistorySource(schema: table.schema ?? "", table: table.name, columns: names) != nil
    }.keys
    tables = Set(histories)
    let others = snapshot.objects.keys.filter { $0.kind == .table && !histories.contains($0) }
    let ofHistoriesAlone = Set(histories.compactMap(\.schema)).subtracting(others.compactMap(\.schema))
    schemas = ofHistoriesAlone.subtracting(["public"]).union(Self.ownSchemas)
  }

  /// Whether an object is one of theirs, or a part of one.
  func contains(_ object: SchemaObject) -> Bool {
    let identity = object.identity
    if identity.kind == .schema { return schemas.contains(identity.name) }
    if identity.schema.map(Self.ownSchemas.contains) ?? false { return true }
    switch object.detail {
    case .index(let index): return isOfTool(index.table)
    case .sequence(let sequence): return sequence.ownedBy?.table.map(isOfTool) ?? false
    default: break
    }
    if identity.kind == .table { return isOfTool(identity) }
    if let table = identity.table { return isOfTool(table) }
    guard identity.kind == .grant || identity.kind == .comment, let schema = identity.schema else {
      return false
    }
    return isOfTool(.table(schema, String(identity.name.split(separator: ".").first ?? "")))
  }

  private func isOfTool(_ table: ObjectIdentity) -> Bool {
    Self.names.contains(table.name) || tables.contains(table.with(kind: .table))
  }

  private static let usualTables = Set(OtherHistorySource.usualTables)
  private static let tellingColumns = Set(OtherHistorySource.tellingColumns)
  private static let ownSchemas: Set<String> = ["sqitch", "drizzle", "supabase_migrations"]

  /// Tables with names that nothing else has; beside the histories what tools keep for themselves, and histories that are
  /// not read.
  private static let names = Set(OtherHistorySource.unmistakableTables).union([
    "knex_migrations", "knex_migrations_lock", "ar_internal_metadata", "databasechangeloglock", "_yoyo_log",
    "_yoyo_version", "yoyo_lock", "play_evolutions_lock",
  ])
}
