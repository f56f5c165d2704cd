import Schema
import Script

/// What changes its name with something else.
extension CatalogPrediction {
  /// Gives an object another identity, and all that carries its name in theirs.
  mutating func rename(_ old: ObjectIdentity, to new: ObjectIdentity, _ condition: EffectCondition) {
    guard let holding = held[old] else { return }
    var new = new
    new.kind = old.kind
    if new.signature == nil { new.signature = old.signature }
    if case .guarded = condition {
      for one in [old, new] { doubt(one) }
      insert(new, owner: holding.owner, bonds: holding.bonds)
      return
    }
    affect(old)
    var moves: [ObjectIdentity: ObjectIdentity] = [:]
    let children = inherited(old)
    for one in [old] + held.belongings(of: old) { moves[one] = one.moving(from: old, to: new) }
    for child in children {
      var renamed = child
      renamed.name = new.name
      moves[child] = renamed
      for one in held.belongings(of: child) { moves[one] = one.moving(from: child, to: renamed) }
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
    if old.isRelation, old.schema != new.schema {
      let parts = held.attached.attached(to: old).filter { $0.table != nil }
      for need in [old] + parts {
        for one in held.users(of: need)
        where [.index, .sequence].contains(one.kind) && one.schema == old.schema
          && held[one]?.bonds[need] == .part
        {
          var moved = one
          moved.schema = new.schema
          moves[one] = moved
          for part in held.belongings(of: one) { moves[part] = part.moving(from: one, to: moved) }
        }
      }
    }
    let twin: ObjectIdentity?
    switch old.kind {
    case .index:
      twin = held[old]?.bonds.keys.first { $0.kind == .constraint && $0.name == old.name }
    case .constraint:
      let index = ObjectIdentity.index(old.schema ?? "", old.name)
      twin = held[index]?.bonds[old] == .part ? index : nil
    default:
      twin = nil
    }
    guard let twin, held[twin] != nil else { return }
    var moved = twin
    moved.name = new.name
    moves[twin] = moved
    for part in held.belongings(of: twin) { moves[part] = part.moving(from: twin, to: moved) }
  }

  /// Functions carry the names of their argument types.
  private func moveSignatures(
    _ old: ObjectIdentity, _ new: ObjectIdentity, _ moves: inout [ObjectIdentity: ObjectIdentity]
  ) {
    let routines = ObjectKind.routines.flatMap { held.attached.members(of: $0) }
    for one in routines {
      guard let signature = (moves[one] ?? one).signature, !signature.isEmpty else { continue }
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
      for part in held.belongings(of: one) { moves[part] = part.moving(from: one, to: moved) }
    }
  }

  private mutating func move(_ moves: [ObjectIdentity: ObjectIdentity]) {
    let moving = moves.keys.compactMap { key in held[key].map { (key, $0) } }
    let wereUncertain = uncertain.intersection(moves.keys)
    for (one, _) in moving { remove(one) }
    for (one, holding) in moving {
      guard let target = moves[one] else { continue }
      insert(target, owner: holding.owner, bonds: holding.bonds)
      if wereUncertain.contains(one) { doubt(target) }
      changed.insert(target)
    }
    let users = moves.keys.reduce(into: Set()) { $0.formUnion(held.users(of: $1)) }
    for one in users {
      guard let bonds = held[one]?.bonds else { continue }
      held.setBonds(
        of: one,
        to: Dictionary(
          bonds.map { (moves[$0.key] ?? $0.key, $0.value) }, uniquingKeysWith: { first, _ in first }))
    }
    for one in moves.values where one.kind == .column { noteOwner(of: one) }
  }
}
