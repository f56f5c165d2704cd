import Schema

/// What a snapshot lists of a predicted database.
extension CatalogPrediction {
  /// Whether a snapshot would list the object: neither what its owner may do anyway, nor grants and comments on what it
  /// does not list, or lists only lightly.
  func isListed(_ object: ObjectIdentity) -> Bool {
    guard ObservableKinds.contains(object) else { return false }
    switch object.kind {
    case .setting:
      return object.databaseOfSetting.map { $0 == database } ?? true
    case .grant:
      guard let grantee = GrantSignature(object)?.role else { return false }
      if object.parent == ObjectKind.role.rawValue { return true }
      if object.parent == ObjectKind.schema.rawValue, platformSchemas.contains(object.name) { return false }
      if let schema = object.schema, platformSchemas.contains(schema) { return false }
      guard let owner = grantOwners[Self.key(object)] else { return false }
      return owner != grantee
    case .comment:
      guard let target = commentTargets[object] else { return isOnPartOfType(object) }
      let schema = target.kind == .schema ? target.name : target.schema
      return schema.map { !platformSchemas.contains($0) } ?? true
    default:
      return true
    }
  }

  /// Whether a comment is on an attribute of a composite type or a check of a domain, which are no objects of their own.
  private func isOnPartOfType(_ comment: ObjectIdentity) -> Bool {
    guard let schema = comment.schema, let name = comment.parent, !platformSchemas.contains(schema) else {
      return false
    }
    switch comment.signature {
    case ObjectKind.column.rawValue: return held[ObjectIdentity(.type, schema: schema, name: name)] != nil
    case ObjectKind.constraint.rawValue:
      return held[ObjectIdentity(.domain, schema: schema, name: name)] != nil
    default: return false
    }
  }

  static func key(_ grant: ObjectIdentity) -> ObjectIdentity {
    var key = grant
    key.signature = nil
    return key
  }
}
