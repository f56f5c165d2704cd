import Display
import Schema

/// Tables, and the foreign keys between them, as a diagram shows them.
struct TableGraph: Sendable {
  /// A column in a table's box.
  struct Row: Sendable {
    var name: Text
    var type: Text
    var isKey = false
    var isReference = false
    var isNullable = false
    /// Whether it refers to its own table, which is drawn as no wire.
    var isOwn = false

    /// The name with its marks.
    var label: Text { name + (isNullable ? "?" : "") + (isOwn ? " (itself)" : "") }
  }

  /// A table with the columns that its box shows.
  struct Table: Sendable {
    var identity: ObjectIdentity
    var title: Text
    var rows: [Row] = []
    /// The rows by the names of their columns.
    fileprivate(set) var places: [String: Int] = [:]
  }

  /// A foreign key: from a row of one table to a row of another.
  struct Reference: Sendable, Hashable {
    var from: Int
    var fromRow: Int
    var to: Int
    var toRow: Int
    /// Whether no two rows refer to the same one.
    var isOneToOne: Bool
  }

  private(set) var tables: [Table] = []
  private(set) var references: [Reference] = []

  /// A table with all of its columns, and those that refer to it or that it refers to.
  static func neighbours(of table: ObjectIdentity, in index: SnapshotIndex) -> TableGraph {
    let own = foreignKeys(of: table, in: index)
    let others = index.references(to: table).compactMap(ForeignKey.init).filter {
      $0.table != own.first?.table
    }
    let keys = own + others.filter { key in !own.contains { $0.identity == key.identity } }
    return TableGraph(tables: [table], keys: keys, showingAllOf: table, in: index)
  }

  /// The tables of a schema and those that they refer to, with their keys and references.
  static func schema(_ tables: [ObjectIdentity], in index: SnapshotIndex) -> TableGraph {
    TableGraph(
      tables: tables, keys: tables.flatMap { foreignKeys(of: $0, in: index) }, showingAllOf: nil, in: index)
  }

  /// The place of a table.
  func place(of table: ObjectIdentity) -> Int? {
    tables.firstIndex { $0.identity.schema == table.schema && $0.identity.name == table.name }
  }

  // MARK: Making

  private struct ForeignKey {
    var identity: ObjectIdentity
    var table: ObjectIdentity
    var columns: [String]
    var referenced: ObjectIdentity
    var referencedColumns: [String]

    init?(_ object: SchemaObject) {
      guard case .constraint(let detail) = object.detail, detail.kind == .foreignKey,
        let table = object.identity.table, let referenced = detail.referencedTable, !detail.columns.isEmpty
      else { return nil }
      identity = object.identity
      self.table = table.with(kind: .table)
      columns = detail.columns
      self.referenced = referenced.with(kind: .table)
      referencedColumns = detail.referencedColumns
    }
  }

  private static func foreignKeys(of table: ObjectIdentity, in index: SnapshotIndex) -> [ForeignKey] {
    index.parts(of: table, .constraint).compactMap(ForeignKey.init)
  }

  private init(
    tables first: [ObjectIdentity], keys: [ForeignKey], showingAllOf whole: ObjectIdentity?,
    in index: SnapshotIndex
  ) {
    var shown: [ObjectIdentity: Set<String>] = [:]
    for table in first { shown[table.with(kind: .table)] = [] }
    for key in keys {
      shown[key.table, default: []].formUnion(key.columns)
      shown[key.referenced, default: []].formUnion(key.referencedColumns)
    }
    let schemas = Set(first.map(\.schema))
    for table in shown.keys.sorted() {
      let isWhole = whole.map { $0.schema == table.schema && $0.name == table.name } ?? false
      let name = schemas.count == 1 && schemas.contains(table.schema) ? table.name : table.qualifiedName
      tables.append(
        Self.table(table, name, columns: isWhole ? nil : shown[table] ?? [], keys: keys, in: index))
    }
    for key in keys {
      guard let from = place(of: key.table), let to = place(of: key.referenced),
        let fromRow = key.columns.first.flatMap({ tables[from].places[$0] })
      else { continue }
      let toRow = key.referencedColumns.first.flatMap { tables[to].places[$0] } ?? 0
      references.append(
        Reference(
          from: from, fromRow: fromRow, to: to, toRow: toRow,
          isOneToOne: Self.isUnique(key.columns, key.table, in: index)))
    }
  }

  /// A table with some of its columns, or with all; never without any.
  private static func table(
    _ table: ObjectIdentity, _ name: String, columns wanted: Set<String>?, keys: [ForeignKey],
    in index: SnapshotIndex
  ) -> Table {
    let primary = Set(
      index.parts(of: table, .constraint).flatMap { part -> [String] in
        if case .constraint(let detail) = part.detail, detail.kind == .primaryKey {
          detail.columns
        } else {
          []
        }
      })
    let foreign = Set(keys.filter { $0.table == table }.flatMap(\.columns))
    let all = index.parts(of: table, .column)
    var shown = all.filter { wanted?.contains($0.identity.name) ?? true }
    if shown.isEmpty { shown = all.filter { primary.contains($0.identity.name) } }
    if shown.isEmpty { shown = Array(all.prefix(1)) }
    var result = Table(identity: table, title: Text(foreign: name))
    for column in shown {
      guard case .column(let detail) = column.detail else { continue }
      let own = column.identity.name
      // A reference to the own table has no line, only a mark.
      let isOwn = keys.contains { $0.table == table && $0.referenced == table && $0.columns.contains(own) }
      result.places[own] = result.rows.count
      result.rows.append(
        Row(
          name: Text(foreign: own), type: Text(foreign: detail.type.plainType),
          isKey: primary.contains(own), isReference: foreign.contains(own), isNullable: detail.isNullable,
          isOwn: isOwn))
    }
    if result.rows.isEmpty {
      for name in (wanted ?? []).sorted() {
        result.places[name] = result.rows.count
        result.rows.append(Row(name: Text(foreign: name), type: ""))
      }
    }
    if result.rows.isEmpty { result.rows.append(Row(name: "(no columns)", type: "")) }
    return result
  }

  private static func isUnique(_ columns: [String], _ table: ObjectIdentity, in index: SnapshotIndex) -> Bool
  {
    let wanted = Set(columns)
    return index.parts(of: table).contains { part in
      switch part.detail {
      case .constraint(let detail):
        [.primaryKey, .unique].contains(detail.kind) && !detail.columns.isEmpty
          && wanted.isSuperset(of: detail.columns)
      case .index(let detail):
        detail.isUnique && !detail.keys.isEmpty && wanted.isSuperset(of: detail.keys)
      default: false
      }
    }
  }
}

extension String {
  /// A type in few words.
  fileprivate var plainType: String {
    switch self {
    case "timestamp with time zone": "timestamptz"
    case "timestamp without time zone": "timestamp"
    case "character varying": "varchar"
    case "double precision": "float8"
    default: hasPrefix("public.") ? String(dropFirst("public.".count)) : self
    }
  }
}
