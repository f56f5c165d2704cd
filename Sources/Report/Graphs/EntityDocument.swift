import JSON
import Migrations
import Schema
import Script

/// The tables of a database and how foreign keys relate them, to be written as text, Mermaid, DOT or JSON.
public struct EntityDocument: Sendable {
  /// A table.
  struct Entity: Sendable, Hashable {
    var object: ObjectIdentity
    var columns: [Column]
    /// Whether the host provides it, so that its columns say little about the project.
    var isPlatform: Bool
  }

  /// A column of a table.
  struct Column: Sendable, Hashable {
    var name: String
    var type: String
    var isNullable: Bool
    var isPrimaryKey: Bool
    var isForeignKey: Bool
    var isUnique: Bool
  }

  /// A foreign key.
  struct Relation: Sendable, Hashable {
    var name: String
    var from: ObjectIdentity
    var columns: [String]
    var to: ObjectIdentity
    var referenced: [String]
    /// Whether a row may do without.
    var isOptional: Bool
    /// Whether no two rows refer to the same one.
    var isOneToOne: Bool
  }

  let title: String
  let entities: [Entity]
  let relations: [Relation]

  /// Takes the tables of a database; of the host's only those that are referred to.
  public init(title: String, snapshot: Snapshot) {
    self.title = title
    let tables = [ObjectKind.table, .foreignTable].flatMap { snapshot.objects(of: $0) }.map(\.identity)
    var columns: [ObjectIdentity: [(name: String, detail: ColumnDetail)]] = [:]
    for object in snapshot.objects(of: .column) {
      if case .column(let detail) = object.detail, let table = object.identity.table {
        columns[table, default: []].append((object.identity.name, detail))
      }
    }
    var primary: [ObjectIdentity: Set<String>] = [:]
    var unique: [ObjectIdentity: [Set<String>]] = [:]
    var keys: [(identity: ObjectIdentity, table: ObjectIdentity, detail: ConstraintDetail)] = []
    for object in snapshot.objects(of: .constraint) {
      guard case .constraint(let detail) = object.detail, let table = object.identity.table else { continue }
      switch detail.kind {
      case .primaryKey:
        primary[table] = Set(detail.columns)
        unique[table, default: []].append(Set(detail.columns))
      case .unique: unique[table, default: []].append(Set(detail.columns))
      case .foreignKey:
        if !snapshot.isPlatform(object.identity) { keys.append((object.identity, table, detail)) }
      default: break
      }
    }
    for object in snapshot.objects(of: .index) {
      if case .index(let index) = object.detail, index.isUnique, index.constraint == nil {
        unique[index.table, default: []].append(Set(index.keys))
      }
    }
    relations = keys.compactMap { identity, table, detail in
      guard let referenced = detail.referencedTable else { return nil }
      let own = columns[table] ?? []
      return Relation(
        name: identity.name, from: table, columns: detail.columns, to: referenced,
        referenced: detail.referencedColumns,
        isOptional: own.contains { detail.columns.contains($0.name) && $0.detail.isNullable },
        isOneToOne: unique[table]?.contains { !$0.isEmpty && $0.isSubset(of: detail.columns) } ?? false)
    }
    let referenced = Set(relations.map(\.to))
    let foreign = Dictionary(grouping: relations, by: \.from).mapValues { Set($0.flatMap(\.columns)) }
    let known = Set(tables)
    let shown =
      tables.filter { !snapshot.isPlatform($0) || referenced.contains($0) }
      + referenced.subtracting(known).sorted()
    entities = shown.sorted().map { table in
      Entity(
        object: table,
        columns: (columns[table] ?? []).sorted { $0.detail.position < $1.detail.position }.map { column in
          Column(
            name: column.name, type: column.detail.type, isNullable: column.detail.isNullable,
            isPrimaryKey: primary[table]?.contains(column.name) ?? false,
            isForeignKey: foreign[table]?.contains(column.name) ?? false,
            isUnique: unique[table]?.contains([column.name]) ?? false)
        }, isPlatform: snapshot.isPlatform(table) || !known.contains(table))
    }
  }

  /// Takes the tables that the files of a project leave, without asking a database.
  public init(title: String, migrations: [Migration]) {
    self.init(title: title, snapshot: EffectSnapshot.after(migrations))
  }

  /// How an end is written: what it refers to, and what refers to it.
  static func cardinality(_ relation: Relation) -> (one: String, many: String) {
    (relation.isOptional ? "0..1" : "1", relation.isOneToOne ? "0..1" : "0..n")
  }
}

/// What the files of a project leave, as far as their effects tell: no server is asked.
enum EffectSnapshot {
  /// The objects after the migrations that can run, in order.
  static func after(_ migrations: [Migration]) -> Snapshot {
    var objects: [ObjectIdentity: SchemaObject] = [:]
    for effect in migrations.filter(\.isRunnable).flatMap(\.script.statements).flatMap(\.effects) {
      switch effect.action {
      case .creates:
        if let old = effect.renamedFrom {
          rename(old, to: effect.object, in: &objects)
        } else if objects[effect.object] == nil || effect.condition != .ifNotExists {
          objects[effect.object] = SchemaObject(identity: effect.object, detail: effect.detail)
        }
      case .alters:
        if let old = objects[effect.object] {
          objects[effect.object]?.detail = altered(old.detail, by: effect.detail)
        }
      case .drops:
        objects[effect.object] = nil
        if [.table, .view, .foreignTable].contains(effect.object.kind) {
          for part in objects.keys where part.table == effect.object { objects[part] = nil }
        }
      case .uses: break
      }
    }
    numberColumns(migrations, &objects)
    return Snapshot(objects: objects.values)
  }

  private static func rename(
    _ old: ObjectIdentity, to new: ObjectIdentity, in objects: inout [ObjectIdentity: SchemaObject]
  ) {
    if var object = objects.removeValue(forKey: old) {
      object.identity = new
      objects[new] = object
    } else if objects[new] == nil {
      objects[new] = SchemaObject(identity: new)
    }
    guard old.kind == .table else { return }
    for (identity, object) in objects {
      if identity.table == old {
        var part = object
        part.identity.schema = new.schema
        part.identity.parent = new.name
        objects[identity] = nil
        objects[part.identity] = part
      } else if case .constraint(var detail) = object.detail, detail.referencedTable == old {
        detail.referencedTable = new
        objects[identity]?.detail = .constraint(detail)
      }
    }
  }

  /// An alteration says only what it changes.
  private static func altered(_ detail: ObjectDetail, by change: ObjectDetail) -> ObjectDetail {
    guard case .column(var column) = detail, case .column(let new) = change else { return detail }
    if !new.type.isEmpty { column.type = new.type }
    column.isNullable = new.isNullable
    return .column(column)
  }

  /// Columns in the order in which the files first name them, where their effects give no place.
  private static func numberColumns(
    _ migrations: [Migration], _ objects: inout [ObjectIdentity: SchemaObject]
  ) {
    var next: [ObjectIdentity: Int] = [:]
    for effect in migrations.filter(\.isRunnable).flatMap(\.script.statements).flatMap(\.effects)
    where effect.action == .creates && effect.object.kind == .column {
      guard let table = effect.object.table, case .column(var column)? = objects[effect.object]?.detail else {
        continue
      }
      next[table, default: 0] += 1
      column.position = next[table] ?? 1
      objects[effect.object]?.detail = .column(column)
    }
  }
}
