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

  // MARK: Renaming

  /// Gives an object another identity, and all that carries its name in theirs.
  mutating func rename(_ old: ObjectIdentity, to new: ObjectIdentity, _ condition: EffectCondition) {
    guard let holding = holdings[old] else { return }
    var new = new
    new.kind = old.kind
    if new.signature == nil { new.signature = old.signature }
    if case .guarded = condition {
      uncertain.formUnion([old, new])
      insert(new, owner: holding.owner, bonds: holding.bonds)
      return
    }
    affect(old)
    var moves: [ObjectIdentity: ObjectIdentity] = [:]
    let children = inherited(old)
    for one in holdings.keys where one == old || one.belongs(to: old) {
      moves[one] = one.moving(from: old, to: new)
    }
    for child in children {
      var renamed = child
      renamed.name = new.name
      moves[child] = renamed
      for one in holdings.keys where one.belongs(to: child) {
        moves[one] = one.moving(from: child, to: renamed)
      }
    }
    if ObjectKind.typeKinds.contains(old.kind) || old.kind == .schema { moveSignatures(old, new, &moves) }
    if old.kind == .column, let table = old.table {
      // A view's text names its columns.
      for kind in ObjectKind.relations { changed.insert(table.with(kind: kind)) }
    }
    moveWhatIsApart(old, new, &moves)
    if old.kind == .enumValue, let type = old.parent {
      changed.insert(ObjectIdentity(.type, schema: old.schema, name: type))
    }
    move(moves)
  }

  /// Indexes and sequences follow their table into another schema; a key and its index have one name.
  private func moveWhatIsApart(
    _ old: ObjectIdentity, _ new: ObjectIdentity, _ moves: inout [ObjectIdentity: ObjectIdentity]
  ) {
    if ObjectKind.relations.contains(old.kind), old.schema != new.schema {
      for (one, holding) in holdings where [.index, .sequence].contains(one.kind) && one.schema == old.schema
      {
        let isPart = holding.bonds.contains { need, bond in
          bond == .part && (need == old || need.table.map { $0 == old.with(kind: .table) } ?? false)
        }
        guard isPart else { continue }
        var moved = one
        moved.schema = new.schema
        moves[one] = moved
        for part in holdings.keys where part.belongs(to: one) {
          moves[part] = part.moving(from: one, to: moved)
        }
      }
    }
    let twin: ObjectIdentity?
    switch old.kind {
    case .index:
      twin = holdings[old]?.bonds.keys.first { $0.kind == .constraint && $0.name == old.name }
    case .constraint:
      let index = ObjectIdentity.index(old.schema ?? "", old.name)
      twin = holdings[index]?.bonds[old] == .part ? index : nil
    default:
      twin = nil
    }
    guard let twin, holdings[twin] != nil else { return }
    var moved = twin
    moved.name = new.name
    moves[twin] = moved
    for part in holdings.keys where part.belongs(to: twin) {
      moves[part] = part.moving(from: twin, to: moved)
    }
  }

  /// Functions carry the names of their argument types.
  private func moveSignatures(
    _ old: ObjectIdentity, _ new: ObjectIdentity, _ moves: inout [ObjectIdentity: ObjectIdentity]
  ) {
    for one in holdings.keys {
      guard ObjectKind.routines.contains(one.kind), let signature = (moves[one] ?? one).signature else {
        continue
      }
      let types = signature.split(separator: ", ").map { type -> String in
        let isArray = type.hasSuffix("[]")
        let name = String(isArray ? type.dropLast(2) : type)
        let array = isArray ? "[]" : ""
        if old.kind == .schema {
          let prefix = Identifier.quoted(old.name) + "."
          guard name.hasPrefix(prefix) else { return String(type) }
          return Identifier.quoted(new.name) + "." + name.dropFirst(prefix.count) + array
        }
        return name == old.qualifiedName ? new.qualifiedName + array : String(type)
      }
      var moved = moves[one] ?? one
      moved.signature = types.joined(separator: ", ")
      guard moved != one else { continue }
      moves[one] = moved
      for part in holdings.keys where part.belongs(to: one) {
        moves[part] = part.moving(from: one, to: moved)
      }
    }
  }

  private mutating func move(_ moves: [ObjectIdentity: ObjectIdentity]) {
    let moving = moves.keys.compactMap { key in holdings[key].map { (key, $0) } }
    let wereUncertain = uncertain
    for (one, _) in moving { remove(one) }
    for (one, holding) in moving {
      guard let target = moves[one] else { continue }
      insert(target, owner: holding.owner, bonds: holding.bonds)
      if wereUncertain.contains(one) { uncertain.insert(target) }
      changed.insert(target)
    }
    for (one, holding) in holdings {
      guard holding.bonds.keys.contains(where: { moves[$0] != nil }) else { continue }
      holdings[one]?.bonds = Dictionary(
        holding.bonds.map { (moves[$0.key] ?? $0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
    for one in moves.values where one.kind == .column { noteOwner(of: one) }
  }
}

extension ObjectKind {
  /// The kinds that can be a column's type.
  static let typeKinds: [ObjectKind] = [.type, .domain, .table, .view, .materializedView, .extension]
}

extension ObjectIdentity {
  /// Whether it carries the name of another object in its own: what ``isPart(of:)`` says, and the members of
  /// publications.
  func belongs(to owner: ObjectIdentity) -> Bool {
    if self == owner { return false }
    if isPart(of: owner) { return true }
    switch (kind, owner.kind) {
    case (.publicationMember, .table), (.publicationMember, .foreignTable):
      return schema == owner.schema && name == owner.name
    case (.publicationMember, .schema):
      return schema == nil && name == owner.name
    case (.grant, .schema):
      return parent == ObjectKind.schema.rawValue && name == owner.name
    case (.comment, .schema):
      return self == .comment(on: owner)
    case (.grant, .role):
      return signature?.hasSuffix(" to \(owner.name)") ?? false
        || parent == ObjectKind.role.rawValue && name == owner.name
    case (.grant, .column):
      return self == .grant("", to: "", on: owner).with(signatureOf: self)
    case (.userMapping, .foreignServer):
      return parent == owner.name
    default:
      return false
    }
  }

  private func with(signatureOf other: ObjectIdentity) -> ObjectIdentity {
    var copy = self
    copy.signature = other.signature
    return copy
  }

  /// The identity that an object which belongs to `old` gets when that becomes `new`.
  func moving(from old: ObjectIdentity, to new: ObjectIdentity) -> ObjectIdentity {
    if self == old { return new }
    if self == .comment(on: old) { return .comment(on: new) }
    var copy = self
    if kind == .grant, self == .grant("", to: "", on: old).with(signatureOf: self) {
      return .grant("", to: "", on: new).with(signatureOf: self)
    }
    switch (kind, old.kind) {
    case (.publicationMember, .publication): copy.parent = new.name
    case (.publicationMember, .schema) where schema == nil: copy.name = new.name
    case (.publicationMember, .schema): copy.schema = new.name
    case (.publicationMember, _):
      copy.schema = new.schema
      copy.name = new.name
    case (.comment, .schema), (.grant, .schema): copy.schema = new.name
    case (.userMapping, _): copy.parent = new.name
    case (.grant, .role):
      copy.signature = signature.map {
        $0.hasSuffix(" to \(old.name)") ? $0.dropLast(old.name.count) + new.name : $0
      }
    default: copy = moved(from: old, to: new)
    }
    return copy
  }
}
