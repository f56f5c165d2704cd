import Schema

/// Which of the objects that are there a statement means.
extension CatalogPrediction {
  /// The object under the kind that it has: statements call a view a table, and a domain a type.
  func resolved(_ object: ObjectIdentity) -> ObjectIdentity {
    var object = object
    if object.kind == .grant, let signature = object.signature {
      object.signature = resolvedRole(in: signature)
      if grantOwners[Self.key(object)] == nil { object = regranted(object) }
    }
    if object.kind == .userMapping { object.name = resolvedRole(object.name) }
    if held[object] != nil { return object }
    let family: [ObjectKind]
    switch object.kind {
    case .table, .view, .materializedView, .foreignTable: family = ObjectKind.relations + [.sequence, .index]
    case .function, .procedure, .aggregate: family = ObjectKind.routines
    case .type, .domain: family = [.type, .domain] + ObjectKind.relations
    case .comment: return resolvedComment(object)
    default: return object
    }
    return family.lazy.map { object.with(kind: $0) }.first { held[$0] != nil } ?? object
  }

  /// The objects that a statement names: a function without argument types is the one of that name.
  func named(_ object: ObjectIdentity) -> [ObjectIdentity] {
    if object.kind == .setting, object.name == "ALL" {
      return held.attached.members(of: .setting).filter { $0.signature == object.signature }
    }
    guard ObjectKind.routines.contains(object.kind), object.signature == nil else {
      return [resolved(object)]
    }
    return routines(object.name, in: object.schema)
  }

  /// A grant on what is really a sequence, or on a function that is named without its argument types.
  private func regranted(_ grant: ObjectIdentity) -> ObjectIdentity {
    var other = grant
    if grant.parent == ObjectKind.table.rawValue {
      other.parent = ObjectKind.sequence.rawValue
      return grantOwners[Self.key(other)] == nil ? grant : other
    }
    guard grant.parent == ObjectKind.function.rawValue, !grant.name.hasSuffix(")") else { return grant }
    let found = Set(
      routines(grant.name, in: grant.schema).filter { $0.signature != nil }.map(\.attachmentName))
    guard found.count == 1, let name = found.first else { return grant }
    other.name = name
    return other
  }

  private func resolvedComment(_ comment: ObjectIdentity) -> ObjectIdentity {
    guard commentTargets[comment] == nil else { return comment }
    guard comment.parent == nil else { return comment }
    let families = [ObjectKind.routines, ObjectKind.relations]
    guard let family = families.first(where: { $0.contains { comment.signature == $0.rawValue } }) else {
      return comment
    }
    let found = held.attached.named(comment.name, in: comment.schema).filter { family.contains($0.kind) }
    return found.count == 1 ? found.first.map { .comment(on: $0) } ?? comment : comment
  }

  /// The objects in a schema.
  func objects(in schema: String) -> Set<ObjectIdentity> { held.attached.inside(schema: schema) }

  /// The objects that a grant is on.
  func objects(under grant: ObjectIdentity) -> [ObjectIdentity] {
    let key = Self.key(grant)
    return (grantHolders[key] ?? []).filter { contains($0) && $0.schema == grant.schema }
  }

  private func routines(_ name: String, in schema: String?) -> [ObjectIdentity] {
    held.attached.named(name, in: schema).filter { ObjectKind.routines.contains($0.kind) }
  }

  /// A grant's signature with the key words for who runs the statement put as that role.
  private func resolvedRole(in signature: String) -> String {
    for word in ["CURRENT_USER", "CURRENT_ROLE", "SESSION_USER"] where signature.hasSuffix(" to \(word)") {
      return signature.dropLast(word.count) + role
    }
    return signature
  }

  /// The name of a role as a statement gives it.
  func resolvedRole(_ name: String) -> String {
    ["CURRENT_USER", "CURRENT_ROLE", "SESSION_USER"].contains(name) ? role : name
  }
}
