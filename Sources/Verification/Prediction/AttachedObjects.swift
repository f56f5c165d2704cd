import Schema

/// A set of objects that finds what is on one of them, or in a schema, without looking at the others.
struct AttachedObjects: Sendable {
  /// A name in a schema, under which what is attached to its bearer is found.
  private struct Place: Hashable {
    var schema: String?
    var name: String
  }

  private var byPlace: [Place: Set<ObjectIdentity>] = [:]
  private var bySchema: [String: Set<ObjectIdentity>] = [:]
  private var byKind: [ObjectKind: Set<ObjectIdentity>] = [:]
  /// Relations and routines by their names, whatever their kinds and argument types.
  private var byName: [Place: Set<ObjectIdentity>] = [:]

  mutating func insert(_ object: ObjectIdentity) {
    for place in Self.places(object) { byPlace[place, default: []].insert(object) }
    if let schema = object.schema { bySchema[schema, default: []].insert(object) }
    if Self.isListedByKind(object.kind) { byKind[object.kind, default: []].insert(object) }
    if Self.isListedByName(object.kind) {
      byName[Place(schema: object.schema, name: object.name), default: []].insert(object)
    }
  }

  mutating func remove(_ object: ObjectIdentity) {
    for place in Self.places(object) { byPlace[place]?.remove(object) }
    if let schema = object.schema { bySchema[schema]?.remove(object) }
    if Self.isListedByKind(object.kind) { byKind[object.kind]?.remove(object) }
    if Self.isListedByName(object.kind) {
      byName[Place(schema: object.schema, name: object.name)]?.remove(object)
    }
  }

  /// What carries the name of an object in its own, as ``Schema/ObjectIdentity/belongs(to:)`` says; comments on the object
  /// itself are not among it.
  func attached(to owner: ObjectIdentity) -> [ObjectIdentity] {
    var candidates = byPlace[Place(schema: owner.schema, name: owner.attachmentName)] ?? []
    switch owner.kind {
    case .schema: candidates.formUnion(bySchema[owner.name] ?? [])
    case .publication: candidates.formUnion(members(of: .publicationMember))
    case .role: candidates.formUnion(members(of: .grant).union(members(of: .setting)))
    case .foreignServer: candidates.formUnion(members(of: .userMapping))
    default: break
    }
    return candidates.filter { $0.belongs(to: owner) }
  }

  /// What is in a schema.
  func inside(schema: String) -> Set<ObjectIdentity> { bySchema[schema] ?? [] }

  /// The objects of a kind; grants, routines and what is in no schema's namespace only.
  func members(of kind: ObjectKind) -> Set<ObjectIdentity> { byKind[kind] ?? [] }

  /// The relations and routines of a name.
  func named(_ name: String, in schema: String?) -> Set<ObjectIdentity> {
    byName[Place(schema: schema, name: name)] ?? []
  }

  private static func isListedByKind(_ kind: ObjectKind) -> Bool {
    switch kind {
    case .grant, .defaultPrivilege, .publicationMember, .userMapping, .setting, .function, .procedure,
      .aggregate:
      true
    default: false
    }
  }

  private static func isListedByName(_ kind: ObjectKind) -> Bool {
    kind.isRelation || ObjectKind.routines.contains(kind)
  }

  /// The names of what an object can be attached to.
  private static func places(_ object: ObjectIdentity) -> [Place] {
    switch object.kind {
    case .column, .constraint, .trigger, .policy, .rule, .rowSecurity, .forcedRowSecurity, .enumValue,
      .comment:
      return object.parent.map { [Place(schema: object.schema, name: $0)] } ?? []
    case .publicationMember:
      return [Place(schema: object.schema, name: object.name)]
    case .grant:
      // One on a column carries the names of table and column, either of which may have a dot in it.
      let ends = object.name.indices.filter { object.name[$0] == "." } + [object.name.endIndex]
      return ends.map { Place(schema: object.schema, name: String(object.name[..<$0])) }
    default:
      return []
    }
  }
}
