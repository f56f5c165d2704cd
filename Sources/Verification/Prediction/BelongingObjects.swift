import Schema

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
