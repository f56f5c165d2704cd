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
    if holdings[object] != nil { return object }
    let family: [ObjectKind]
    switch object.kind {
    case .table, .view, .materializedView, .foreignTable: family = ObjectKind.relations + [.sequence, .index]
    case .function, .procedure, .aggregate: family = ObjectKind.routines
    case .type, .domain: family = [.type, .domain] + ObjectKind.relations
    case .comment: return resolvedComment(object)
    default: return object
    }
    return family.lazy.map { object.with(kind: $0) }.first { holdings[$0] != nil } ?? object
  }

  /// The objects that a statement names: a function without argument types is the one of that name.
  func named(_ object: ObjectIdentity) -> [ObjectIdentity] {
    guard ObjectKind.routines.contains(object.kind), object.signature == nil else {
      return [resolved(object)]
    }
    return holdings.keys.filter {
      ObjectKind.routines.contains($0.kind) && $0.schema == object.schema && $0.name == object.name
    }
  }

  /// A grant on what is really a sequence, or on a function that is named without its argument types.
  private func regranted(_ grant: ObjectIdentity) -> ObjectIdentity {
    var other = grant
    if grant.parent == ObjectKind.table.rawValue {
      other.parent = ObjectKind.sequence.rawValue
      return grantOwners[Self.key(other)] == nil ? grant : other
    }
    guard grant.parent == ObjectKind.function.rawValue, !grant.name.hasSuffix(")") else { return grant }
    let found = grantOwners.keys.filter {
      $0.parent == grant.parent && $0.schema == grant.schema && $0.name.hasPrefix(grant.name + "(")
    }
    guard found.count == 1 else { return grant }
    other.name = found[0].name
    return other
  }

  private func resolvedComment(_ comment: ObjectIdentity) -> ObjectIdentity {
    guard commentTargets[comment] == nil else { return comment }
    let isRoutine = ObjectKind.routines.contains { comment.signature == $0.rawValue }
    let found = commentTargets.keys.filter { other in
      guard other.schema == comment.schema, other.parent == comment.parent, other.name == comment.name else {
        return false
      }
      if isRoutine { return commentTargets[other].map { ObjectKind.routines.contains($0.kind) } ?? false }
      return commentTargets[other].map { ObjectKind.relations.contains($0.kind) } ?? false
        && ObjectKind.relations.contains { comment.signature == $0.rawValue }
    }
    return found.count == 1 ? found[0] : comment
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
