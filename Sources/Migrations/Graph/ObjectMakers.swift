import Schema

/// Which migration made each object, so far.
struct ObjectMakers {
  /// An object as its maker named it, with the maker.
  struct Maker {
    var object: ObjectIdentity
    var migration: MigrationID
  }

  /// What is known of an object without its exact kind or arguments.
  private struct LooseName: Hashable {
    var schema: String?
    var name: String
  }

  private var makers: [ObjectIdentity: MigrationID] = [:]
  private var members: [LooseName: Set<ObjectIdentity>] = [:]
  private var callables: [LooseName: Set<ObjectIdentity>] = [:]

  /// Kinds that share one namespace, so that a use cannot tell them apart.
  private static let relationKinds: [ObjectKind] = [
    .table, .view, .materializedView, .foreignTable, .sequence, .index,
  ]
  private static let typeKinds: [ObjectKind] = [
    .type, .domain, .table, .view, .materializedView, .foreignTable,
  ]
  private static let callableKinds: [ObjectKind] = [.function, .procedure, .aggregate]

  /// The maker of exactly this object.
  func maker(exactly object: ObjectIdentity) -> Maker? {
    makers[object].map { Maker(object: object, migration: $0) }
  }

  /// The maker of this object, or of the one that is meant where a use cannot name kind or arguments exactly.
  func maker(of object: ObjectIdentity) -> Maker? {
    if let exact = maker(exactly: object) { return exact }
    if Self.relationKinds.contains(object.kind) { return maker(of: object, asOneOf: Self.relationKinds) }
    if Self.typeKinds.contains(object.kind) { return maker(of: object, asOneOf: Self.typeKinds) }
    if Self.callableKinds.contains(object.kind) {
      let named = callables[LooseName(schema: object.schema, name: object.name)] ?? []
      return named.min().flatMap { maker(exactly: $0) }
    }
    return nil
  }

  mutating func make(_ object: ObjectIdentity, by migration: MigrationID) {
    makers[object] = migration
    if let parent = object.parent {
      members[LooseName(schema: object.schema, name: parent), default: []].insert(object)
    }
    if Self.callableKinds.contains(object.kind) {
      callables[LooseName(schema: object.schema, name: object.name), default: []].insert(object)
    }
  }

  /// Forgets an object and what belongs to it.
  mutating func drop(_ object: ObjectIdentity) {
    forget(object)
    if Self.relationKinds.contains(object.kind) || Self.typeKinds.contains(object.kind) {
      for member in members.removeValue(forKey: LooseName(schema: object.schema, name: object.name)) ?? [] {
        makers[member] = nil
      }
    }
    if object.kind == .schema {
      for inner in makers.keys where inner.schema == object.name { forget(inner) }
    }
  }

  /// Lets what belongs to an object follow it to its new name; the object itself is then made anew.
  mutating func rename(_ old: ObjectIdentity, to new: ObjectIdentity) {
    if old.kind == .schema {
      // What the statements themselves do not name goes along all the same.
      for (inner, migration) in makers where inner.schema == old.name {
        forget(inner)
        var moved = inner
        moved.schema = new.name
        make(moved, by: migration)
      }
    }
    forget(old)
    guard Self.relationKinds.contains(old.kind) || Self.typeKinds.contains(old.kind) else { return }
    for member in members.removeValue(forKey: LooseName(schema: old.schema, name: old.name)) ?? [] {
      guard let migration = makers.removeValue(forKey: member) else { continue }
      var moved = member
      moved.schema = new.schema
      moved.parent = new.name
      if member.name == old.name, member.kind == .rowSecurity || member.kind == .forcedRowSecurity {
        moved.name = new.name
      }
      make(moved, by: migration)
    }
  }

  private mutating func forget(_ object: ObjectIdentity) {
    makers[object] = nil
    if let parent = object.parent { members[LooseName(schema: object.schema, name: parent)]?.remove(object) }
    callables[LooseName(schema: object.schema, name: object.name)]?.remove(object)
  }

  private func maker(of object: ObjectIdentity, asOneOf kinds: [ObjectKind]) -> Maker? {
    kinds.lazy.compactMap { maker(exactly: object.with(kind: $0)) }.first
  }
}
