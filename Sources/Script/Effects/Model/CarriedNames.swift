import Schema

extension ObjectIdentity {
  /// The identity that an object gets when one that it belongs to, or that it is about, gets another.
  func moved(from old: ObjectIdentity, to new: ObjectIdentity) -> ObjectIdentity {
    if self == old { return new }
    var moved = self
    switch kind {
    case .comment where parent == old.parent && name == old.name:
      return self == .comment(on: old) ? .comment(on: new) : self
    case .grant:
      guard schema == old.schema, name.hasPrefix(old.attachmentName) else { return self }
      let rest = name.dropFirst(old.attachmentName.count)
      guard rest.isEmpty || rest.hasPrefix(".") else { return self }
      moved.schema = new.schema
      moved.name = new.attachmentName + rest
    case .publicationMember where old.kind == .publication:
      moved.parent = new.name
    case .publicationMember:
      moved.schema = new.schema
      moved.name = new.name
    case _ where parent == old.name && schema == old.schema && old.parent == nil:
      moved.schema = new.schema
      moved.parent = new.name
      if kind == .rowSecurity || kind == .forcedRowSecurity { moved.name = new.name }
    default:
      return self
    }
    return moved
  }
}
