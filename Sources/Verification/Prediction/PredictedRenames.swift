import Schema
import Script

/// What changes its name with something else.
extension CatalogPrediction {
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
