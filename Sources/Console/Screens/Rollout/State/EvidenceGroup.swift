import Migrations
import Schema
import Script

/// The evidence on one relation, or on the objects of one kind that belong to none.
struct EvidenceGroup: Sendable, Hashable {
  /// The relation's name, or the plural of the kind.
  var name: String
  /// Those that are not as they should be first, else in the order of the file.
  var items: [EvidenceItem]
  /// Whether the items stand under the relation that they belong to, so that their own names are enough.
  var isRelation: Bool

  var found: Int { items.count { $0.verdict == .found } }

  /// Groups evidence: groups with something wrong first, else in the order of the file.
  ///
  /// - Parameter statements: the migration's, which tell the table of an index.
  static func groups(of evidence: Evidence, statements: [Statement]) -> [EvidenceGroup] {
    let tables = tablesOfIndexes(statements)
    var groups: [EvidenceGroup] = []
    var places: [Key: Int] = [:]
    for item in evidence.items {
      let key = Key(item.object, tables: tables)
      let place = places[key] ?? groups.count
      if place == groups.count {
        places[key] = place
        groups.append(EvidenceGroup(name: key.name, items: [], isRelation: key.isRelation))
      }
      groups[place].items.append(item)
    }
    for place in groups.indices {
      let items = groups[place].items
      groups[place].items = items.filter { $0.verdict != .found } + items.filter { $0.verdict == .found }
    }
    return groups.filter { $0.found < $0.items.count } + groups.filter { $0.found == $0.items.count }
  }

  private enum Key: Hashable {
    case relation(ObjectIdentity)
    case kind(ObjectKind)

    init(_ object: ObjectIdentity, tables: [ObjectIdentity: ObjectIdentity]) {
      switch object.kind {
      case .table, .view, .materializedView, .foreignTable:
        self = .relation(object.with(kind: .table))
      case .index:
        self = tables[object].map { .relation($0.with(kind: .table)) } ?? .kind(.index)
      case .enumValue:
        self = .relation(ObjectIdentity(.type, schema: object.schema, name: object.parent ?? object.name))
      default:
        self = object.table.map(Key.relation) ?? .kind(object.kind)
      }
    }

    var name: String {
      switch self {
      case .relation(let relation): relation.shortName
      case .kind(let kind): kind.plural
      }
    }

    var isRelation: Bool {
      if case .relation = self { true } else { false }
    }
  }

  /// An index does not name its table, but the statement that makes it locks that table alone.
  private static func tablesOfIndexes(_ statements: [Statement]) -> [ObjectIdentity: ObjectIdentity] {
    var tables: [ObjectIdentity: ObjectIdentity] = [:]
    for statement in statements {
      let locked = Set(statement.locks.map(\.relation))
      guard locked.count == 1, let table = locked.first else { continue }
      for effect in statement.effects where effect.object.kind == .index && effect.action == .creates {
        tables[effect.object] = table
      }
    }
    return tables
  }
}
