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
        if ObjectKind.relations.contains(need.kind) {
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
      for (one, holding) in holdings where !going.contains(one) {
        if one.belongs(to: owner) {
          found.append(one)
        } else if let bond = holding.bonds[owner] {
          if bond == .expression { changed.insert(one) } else { found.append(one) }
        }
      }
      going.formUnion(found)
      open += found
    }
    return going
  }

  /// The same column in the tables that inherit a column; other objects have none.
  func inherited(_ column: ObjectIdentity) -> [ObjectIdentity] {
    heirs(of: column).filter { holdings[$0] != nil }
  }

  /// The same column in the tables that inherit from its table, there or not; other objects have none.
  func heirs(of column: ObjectIdentity) -> [ObjectIdentity] {
    guard column.kind == .column, let table = column.table else { return [] }
    return holdings.compactMap { relation, holding in
      guard relation.kind == .table || relation.kind == .foreignTable, let schema = relation.schema,
        holding.bonds.keys.contains(where: {
          ObjectKind.relations.contains($0.kind) && $0.with(kind: .table) == table
        })
      else { return nil }
      return .column(schema, relation.name, column.name)
    }
  }

  /// Revoking a privilege on a table revokes it on its columns.
  func columnGrants(under grant: ObjectIdentity) -> [ObjectIdentity] {
    guard grant.parent == ObjectKind.table.rawValue else { return [] }
    return holdings.keys.filter {
      $0.kind == .grant && $0.parent == ObjectKind.column.rawValue && $0.schema == grant.schema
        && $0.signature == grant.signature && $0.name.hasPrefix("\(grant.name).")
    }
  }

  /// Notes that what depends on an object may be written differently.
  mutating func affect(_ object: ObjectIdentity) {
    var open = [object]
    while let owner = open.popLast() {
      for (one, holding) in holdings
      where !affected.contains(one) && one != object
        && (holding.bonds[owner] != nil || one.belongs(to: owner)
          || owner.table.map { holding.bonds[$0] == .part } ?? false)
      {
        affected.insert(one)
        open.append(one)
      }
    }
  }
}
