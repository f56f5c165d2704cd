import Schema
import Script

/// What belongs together, and goes or moves together.
extension CatalogPrediction {
  /// What a new object cannot be without, as far as its statement says.
  func bonds(of object: ObjectIdentity, _ detail: ObjectDetail) -> [ObjectIdentity: Dependency.Bond] {
    var bonds: [ObjectIdentity: Dependency.Bond] = [:]
    if Self.needsWhatItUses(object.kind) { for need in needs { bonds[need] = .need } }
    switch detail {
    case .index(let index):
      bonds[resolved(index.table)] = .part
      for key in index.keys {
        bonds[.column(index.table.schema ?? "", index.table.name, key)] = .part
      }
      if let constraint = index.constraint {
        bonds[.constraint(index.table.schema ?? "", index.table.name, constraint)] = .part
      }
    case .constraint(let constraint):
      for column in constraint.columns {
        bonds[.column(object.schema ?? "", object.parent ?? "", column)] = .part
      }
    case .sequence(let sequence):
      if let column = sequence.ownedBy { bonds[column] = .part }
    case .relation(let relation):
      if let parent = relation.parent { bonds[resolved(parent)] = .need }
    case .column(let column):
      // Types; what a default calls goes without the column. A table is needed only for its row type, not where the
      // statement copies it (`LIKE`).
      for need in bonds.keys {
        if need.isRelation {
          let isItsType = column.type == need.qualifiedName || column.type == need.qualifiedName + "[]"
          bonds[need] = isItsType ? .need : nil
        } else {
          bonds[need] = ObjectKind.typeKinds.contains(need.kind) ? .need : .expression
        }
      }
    case .none, .function, .trigger, .policy:
      break
    }
    bonds[object] = nil
    return bonds
  }

  /// Whether an object of this kind goes with what its statement uses; functions and tables do not.
  private static func needsWhatItUses(_ kind: ObjectKind) -> Bool {
    switch kind {
    case .view, .materializedView, .rule, .policy, .trigger, .constraint, .index, .column, .domain,
      .statistics,
      .publicationMember, .aggregate, .operator, .cast, .eventTrigger:
      true
    default: false
    }
  }

  /// What goes when an object goes, itself among them; notes the columns that only lose their default.
  mutating func whatGoes(with object: ObjectIdentity) -> Set<ObjectIdentity> {
    var going: Set<ObjectIdentity> = [object]
    var open = [object]
    while let owner = open.popLast() {
      var found = inherited(owner).filter { !going.contains($0) }
      let belongings = held.belongings(of: owner).filter { !going.contains($0) }
      found += belongings
      for one in held.users(of: owner) where !going.contains(one) && !belongings.contains(one) {
        if held[one]?.bonds[owner] == .expression { changed.insert(one) } else { found.append(one) }
      }
      going.formUnion(found)
      open += found
    }
    return going
  }

  /// The same column in the tables that inherit a column; other objects have none.
  func inherited(_ column: ObjectIdentity) -> [ObjectIdentity] {
    heirs(of: column).filter { held[$0] != nil }
  }

  /// The same column in the tables that inherit from its table, there or not; other objects have none.
  func heirs(of column: ObjectIdentity) -> [ObjectIdentity] {
    guard column.kind == .column, let table = column.table else { return [] }
    let users = ObjectKind.relations.reduce(into: Set()) {
      $0.formUnion(held.users(of: table.with(kind: $1)))
    }
    return users.compactMap { relation in
      guard relation.kind == .table || relation.kind == .foreignTable, let schema = relation.schema else {
        return nil
      }
      return .column(schema, relation.name, column.name)
    }
  }

  /// Revoking a privilege on a table revokes it on its columns.
  func columnGrants(under grant: ObjectIdentity) -> [ObjectIdentity] {
    guard grant.parent == ObjectKind.table.rawValue else { return [] }
    let table = ObjectIdentity(.table, schema: grant.schema, name: grant.name)
    return held.attached.attached(to: table).filter {
      $0.kind == .grant && $0.parent == ObjectKind.column.rawValue && $0.signature == grant.signature
        && $0.name != grant.name
    }
  }

  /// Notes that what depends on an object may be written differently.
  mutating func affect(_ object: ObjectIdentity) {
    var open = [object]
    while let owner = open.popLast() {
      var found = held.users(of: owner).union(held.belongings(of: owner))
      if let table = owner.table {
        found.formUnion(held.users(of: table).filter { held[$0]?.bonds[table] == .part })
      }
      for one in found where one != object && affected.insert(one).inserted { open.append(one) }
    }
  }

  /// The columns of a relation.
  func columns(of table: ObjectIdentity) -> [ObjectIdentity] {
    held.attached.attached(to: table).filter { $0.kind == .column }
  }
}
