/// The name by which one database object is known: kind, schema, parent, name and argument types.
///
/// Identities are exact (names as PostgreSQL stores them, case already folded) and compare bytewise, so that the same
/// object has the same identity whether it was read from a migration file or from the catalog.
///
/// Its parts are kept elsewhere and shared by all copies: identities are copied, compared and looked up more than anything
/// else, in dictionaries of hundreds of thousands.
public struct ObjectIdentity: Sendable {
  private var parts: IdentityParts

  /// What kind of object it is.
  public var kind: ObjectKind {
    get { parts.kind }
    set { self = ObjectIdentity(newValue, schema: schema, parent: parent, name: name, signature: signature) }
  }
  /// The schema that holds it; nil for objects outside schemas (extensions, roles, publications, …).
  public var schema: String? {
    get { parts.schema }
    set { self = ObjectIdentity(kind, schema: newValue, parent: parent, name: name, signature: signature) }
  }
  /// What it belongs to, in the same schema.
  ///
  /// The table of a column, constraint, trigger, policy, rule or row security flag; the type of an enum value; the
  /// publication of a publication member; nil for all others, indexes included.
  public var parent: String? {
    get { parts.parent }
    set { self = ObjectIdentity(kind, schema: schema, parent: newValue, name: name, signature: signature) }
  }
  /// Its own name; equal to `parent` for flags of a table (row security), which have none.
  public var name: String {
    get { parts.name }
    set { self = ObjectIdentity(kind, schema: schema, parent: parent, name: newValue, signature: signature) }
  }
  /// Canonical argument types of a function, procedure, aggregate or operator (`uuid, text[]`), or the grantee and
  /// privilege of a grant (`SELECT to anon`); nil elsewhere.
  public var signature: String? {
    get { parts.signature }
    set { self = ObjectIdentity(kind, schema: schema, parent: parent, name: name, signature: newValue) }
  }

  /// Makes an identity from its parts, as PostgreSQL stores them.
  public init(
    _ kind: ObjectKind, schema: String? = nil, parent: String? = nil, name: String, signature: String? = nil
  ) {
    parts = IdentityParts(kind, schema: schema, parent: parent, name: name, signature: signature)
  }
}

extension ObjectIdentity: Hashable {
  /// Whether both are known by the same name.
  public static func == (left: ObjectIdentity, right: ObjectIdentity) -> Bool {
    left.parts === right.parts || left.parts.agree(with: right.parts)
  }

  /// Feeds the name into a hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(parts.hash) }

  /// The hash by which dictionaries and sets find it: the one that was worked out once, mixed with their seed.
  ///
  /// To hash that hash once more would take longer than all else of a look into a dictionary.
  public func _rawHashValue(seed: Int) -> Int {
    let mixed = UInt(bitPattern: parts.hash ^ seed) &* 0x9E37_79B9_7F4A_7C15
    return Int(bitPattern: mixed ^ (mixed >> 32))
  }
}

extension ObjectIdentity: Codable {
  private enum Key: String, CodingKey {
    case kind, schema, parent, name, signature
  }

  /// Reads an identity.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      try container.decode(ObjectKind.self, forKey: .kind),
      schema: try container.decodeIfPresent(String.self, forKey: .schema),
      parent: try container.decodeIfPresent(String.self, forKey: .parent),
      name: try container.decode(String.self, forKey: .name),
      signature: try container.decodeIfPresent(String.self, forKey: .signature))
  }

  /// Writes the identity.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(kind, forKey: .kind)
    try container.encodeIfPresent(schema, forKey: .schema)
    try container.encodeIfPresent(parent, forKey: .parent)
    try container.encode(name, forKey: .name)
    try container.encodeIfPresent(signature, forKey: .signature)
  }
}

/// The parts of an identity, with their hash, which is worked out once.
private final class IdentityParts: Sendable {
  let kind: ObjectKind
  let hash: Int
  let schema: String?
  let parent: String?
  let name: String
  let signature: String?

  init(_ kind: ObjectKind, schema: String?, parent: String?, name: String, signature: String?) {
    self.kind = kind
    self.schema = schema
    self.parent = parent
    self.name = name
    self.signature = signature
    var hasher = Hasher()
    hasher.combine(kind)
    hasher.combine(schema)
    hasher.combine(parent)
    hasher.combine(name)
    hasher.combine(signature)
    hash = hasher.finalize()
  }

  func agree(with other: IdentityParts) -> Bool {
    hash == other.hash && kind == other.kind && name == other.name && parent == other.parent
      && schema == other.schema && signature == other.signature
  }
}

extension ObjectIdentity {
  /// The identity of a table.
  public static func table(_ schema: String, _ name: String) -> ObjectIdentity {
    ObjectIdentity(.table, schema: schema, name: name)
  }

  /// The identity of a column of a table or view.
  public static func column(_ schema: String, _ table: String, _ name: String) -> ObjectIdentity {
    ObjectIdentity(.column, schema: schema, parent: table, name: name)
  }

  /// The identity of an index; indexes share the namespace of tables, so the table is no part of it.
  public static func index(_ schema: String, _ name: String) -> ObjectIdentity {
    ObjectIdentity(.index, schema: schema, name: name)
  }

  /// The identity of a table's constraint.
  public static func constraint(_ schema: String, _ table: String, _ name: String) -> ObjectIdentity {
    ObjectIdentity(.constraint, schema: schema, parent: table, name: name)
  }

  /// The identity of a row-level security policy.
  public static func policy(_ schema: String, _ table: String, _ name: String) -> ObjectIdentity {
    ObjectIdentity(.policy, schema: schema, parent: table, name: name)
  }

  /// The identity of a table's trigger.
  public static func trigger(_ schema: String, _ table: String, _ name: String) -> ObjectIdentity {
    ObjectIdentity(.trigger, schema: schema, parent: table, name: name)
  }

  /// The identity of a table's row security flag.
  public static func rowSecurity(_ schema: String, _ table: String) -> ObjectIdentity {
    ObjectIdentity(.rowSecurity, schema: schema, parent: table, name: table)
  }

  /// The identity of a table's forced row security flag.
  public static func forcedRowSecurity(_ schema: String, _ table: String) -> ObjectIdentity {
    ObjectIdentity(.forcedRowSecurity, schema: schema, parent: table, name: table)
  }

  /// The identity of a function with its canonical input argument types, comma-separated (`uuid, text[]`).
  public static func function(_ schema: String, _ name: String, _ arguments: String) -> ObjectIdentity {
    ObjectIdentity(.function, schema: schema, name: name, signature: arguments)
  }

  /// The identity of one label of an enumerated type.
  public static func enumValue(_ schema: String, _ type: String, _ label: String) -> ObjectIdentity {
    ObjectIdentity(.enumValue, schema: schema, parent: type, name: label)
  }

  /// The relation that this object belongs to, or nil if it belongs to none.
  public var table: ObjectIdentity? {
    switch kind {
    case .column, .constraint, .trigger, .policy, .rule, .rowSecurity, .forcedRowSecurity:
      guard let schema, let parent else { return nil }
      return .table(schema, parent)
    default:
      return nil
    }
  }

  /// The enumerated type that this label belongs to, or nil if it is none.
  public var enumeratedType: ObjectIdentity? {
    guard kind == .enumValue, let parent else { return nil }
    return ObjectIdentity(.type, schema: schema, name: parent)
  }

  /// The same object as if its kind were `kind`.
  public func with(kind: ObjectKind) -> ObjectIdentity {
    var copy = self
    copy.kind = kind
    return copy
  }
}

extension ObjectIdentity: CustomStringConvertible {
  /// The object as a person writes it, with its kind: `table public.telemetry`, `policy "Own rows" on public.telemetry`.
  public var description: String { "\(kind.rawValue) \(qualifiedName)" }

  /// The object as a person writes it, without its kind: `public.telemetry`, `"Own rows" on public.telemetry`.
  public var qualifiedName: String {
    switch kind {
    case .column:
      return [schema, parent, name].compactMap { $0 }.map(Identifier.quoted).joined(separator: ".")
    case .constraint, .trigger, .policy, .rule:
      return "\(Identifier.quoted(name)) on \(relationName)"
    case .rowSecurity, .forcedRowSecurity:
      return "on \(relationName)"
    case .enumValue:
      return "'\(name)' of \(relationName)"
    case .function, .procedure, .aggregate, .operator:
      return "\(ownName)(\(signature ?? ""))"
    case .grant, .defaultPrivilege:
      return [signature, "on \(grantTarget)"].compactMap { $0 }.joined(separator: " ")
    case .comment:
      return commentedObject.map { "on \($0)" } ?? ownName
    case .publicationMember:
      return "\(ownName) in \(parent ?? "?")"
    default:
      return ownName
    }
  }

  private var ownName: String {
    [schema, name].compactMap { $0 }.map(Identifier.quoted).joined(separator: ".")
  }

  private var relationName: String {
    [schema, parent].compactMap { $0 }.map(Identifier.quoted).joined(separator: ".")
  }
}

extension ObjectIdentity: Comparable {
  /// Orders by schema, then relation, then kind, then name: objects of one table stand together, the table first.
  public static func < (left: ObjectIdentity, right: ObjectIdentity) -> Bool {
    if left.parts === right.parts { return false }
    if left.schema != right.schema { return left.schema ?? "" < right.schema ?? "" }
    let (leftRelation, rightRelation) = (left.parent ?? left.name, right.parent ?? right.name)
    if leftRelation != rightRelation { return leftRelation < rightRelation }
    if (left.parent == nil) != (right.parent == nil) { return left.parent == nil }
    if left.kind != right.kind { return left.kind.place < right.kind.place }
    if left.name != right.name { return left.name < right.name }
    return left.signature ?? "" < right.signature ?? ""
  }
}
