/// Identities of what is attached to another object: comments and grants.
///
/// They are made from the other object's identity alone, so that a migration file and the catalog arrive at the same
/// one.
extension ObjectIdentity {
  /// The identity of the comment on an object: the object's own schema, parent and name; the object's kind and
  /// signature stand in the comment's signature (`column`, `function(uuid)`).
  public static func comment(on object: ObjectIdentity) -> ObjectIdentity {
    ObjectIdentity(
      .comment, schema: object.schema, parent: object.parent, name: object.name,
      signature: object.kind.rawValue + (object.signature.map { "(\($0))" } ?? ""))
  }

  /// The object that a comment is on, or nil if it is no comment.
  var commentedObject: ObjectIdentity? {
    guard kind == .comment, let signature else { return nil }
    let words = signature.prefix { $0 != "(" }
    guard let kind = ObjectKind(rawValue: String(words)) else { return nil }
    let arguments = signature.hasSuffix(")") ? String(signature.dropFirst(words.count + 1).dropLast()) : nil
    return ObjectIdentity(kind, schema: schema, parent: parent, name: name, signature: arguments)
  }

  /// What a grant is on, as a person writes it: `public.telemetry`, `public.telemetry.user_id`, `public.refresh(uuid)`.
  var grantTarget: String {
    var parts = [name]
    var arguments = ""
    switch parent {
    case ObjectKind.column.rawValue:
      parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    case ObjectKind.function.rawValue:
      parts = [String(name.prefix { $0 != "(" })]
      arguments = String(name.dropFirst(parts[0].count))
    default: break
    }
    return ([schema].compactMap { $0 } + parts).map(Identifier.quoted).joined(separator: ".") + arguments
  }

  /// The identity of one privilege (`SELECT`) of one role on an object; `public` stands for everyone.
  ///
  /// Tables, views, materialized views and foreign tables share one word for their kind, since `GRANT … ON TABLE` does
  /// not tell them apart; so do functions, procedures and aggregates.
  public static func grant(_ privilege: String, to role: String, on object: ObjectIdentity) -> ObjectIdentity
  {
    ObjectIdentity(
      .grant, schema: object.schema, parent: object.grantKind, name: object.attachmentName,
      signature: "\(privilege) to \(role)")
  }

  /// The name by which a grant refers to this object within its schema.
  ///
  /// Bare names as PostgreSQL stores them: `telemetry`, `telemetry.user_id` for what belongs to a relation,
  /// `refresh(uuid, text[])` for what has argument types.
  public var attachmentName: String {
    let own = signature.map { "\(name)(\($0))" } ?? name
    return parent.map { "\($0).\(own)" } ?? own
  }

  private var grantKind: String {
    switch kind {
    case .view, .materializedView, .foreignTable: ObjectKind.table.rawValue
    case .procedure, .aggregate: ObjectKind.function.rawValue
    default: kind.rawValue
    }
  }
}
