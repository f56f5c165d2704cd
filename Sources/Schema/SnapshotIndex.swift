/// A snapshot's objects by what they belong to: a look-up costs the same however large the database is.
public struct SnapshotIndex: Sendable {
  private var parts: [ObjectIdentity: [SchemaObject]] = [:]
  private var grants: [ObjectIdentity: [SchemaObject]] = [:]
  private var references: [ObjectIdentity: [SchemaObject]] = [:]
  private var callers: [ObjectIdentity: [SchemaObject]] = [:]
  private var partitions: [ObjectIdentity: [ObjectIdentity]] = [:]
  private var members: [String: [SchemaObject]] = [:]
  private var publications: [ObjectIdentity: [SchemaObject]] = [:]

  /// Sorts the objects of a snapshot by what they belong to.
  public init(_ snapshot: Snapshot) {
    for object in snapshot.objects.values { note(object) }
  }

  /// What belongs to a relation: columns in their order, then the rest by kind and name.
  public func parts(of relation: ObjectIdentity) -> [SchemaObject] {
    (parts[relation.relation] ?? []).sorted(by: Self.precedes)
  }

  /// What belongs to a relation and is of one kind.
  public func parts(of relation: ObjectIdentity, _ kind: ObjectKind) -> [SchemaObject] {
    (parts[relation.relation] ?? []).filter { $0.identity.kind == kind }.sorted(by: Self.precedes)
  }

  /// The labels of an enumerated type, as they are named; their order is that of the type's definition.
  public func labels(of type: ObjectIdentity) -> [SchemaObject] { parts(of: type, .enumValue) }

  /// The privileges that were given away on an object.
  public func grants(on object: ObjectIdentity) -> [SchemaObject] {
    var key = ObjectIdentity.grant("", to: "", on: object)
    key.signature = nil
    return (grants[key] ?? []).sorted { $0.identity.signature ?? "" < $1.identity.signature ?? "" }
  }

  /// The foreign keys of other tables, and the table's own, that point to a table.
  public func references(to table: ObjectIdentity) -> [SchemaObject] {
    (references[table.relation] ?? []).sorted { $0.identity < $1.identity }
  }

  /// The triggers that call a function.
  public func triggers(calling function: ObjectIdentity) -> [SchemaObject] {
    guard function.signature == "", let schema = function.schema else { return [] }
    return (callers[.function(schema, function.name, "")] ?? []).sorted { $0.identity < $1.identity }
  }

  /// The partitions of a table, and the tables that inherit from it.
  public func partitions(of table: ObjectIdentity) -> [ObjectIdentity] {
    (partitions[table.relation] ?? []).sorted()
  }

  /// The tables and schemas in a publication.
  public func members(of publication: ObjectIdentity) -> [SchemaObject] {
    (members[publication.name] ?? []).sorted { $0.identity < $1.identity }
  }

  /// The memberships of a table in publications, without those of its schema or of all tables.
  public func publications(of table: ObjectIdentity) -> [SchemaObject] {
    (publications[table.relation] ?? []).sorted { $0.identity < $1.identity }
  }

  private mutating func note(_ object: SchemaObject) {
    let identity = object.identity
    if let table = identity.table { parts[table, default: []].append(object) }
    switch object.detail {
    case .index(let detail): parts[detail.table.relation, default: []].append(object)
    case .constraint(let detail):
      if let table = detail.referencedTable { references[table.relation, default: []].append(object) }
    case .trigger(let detail): callers[detail.function, default: []].append(object)
    case .relation(let detail):
      if let parent = detail.parent { partitions[parent.relation, default: []].append(identity) }
    default: break
    }
    switch identity.kind {
    case .enumValue:
      let type = ObjectIdentity(.table, schema: identity.schema, name: identity.parent ?? "")
      parts[type, default: []].append(object)
    case .grant:
      var key = identity
      key.signature = nil
      grants[key, default: []].append(object)
    case .publicationMember:
      members[identity.parent ?? "", default: []].append(object)
      if identity.schema != nil { publications[identity.relation, default: []].append(object) }
    default: break
    }
  }

  private static func precedes(_ left: SchemaObject, _ right: SchemaObject) -> Bool {
    if case .column(let one) = left.detail, case .column(let other) = right.detail {
      return one.position < other.position
    }
    return left.identity < right.identity
  }
}

extension ObjectIdentity {
  /// The relation of the same name, whatever its kind: what belongs to one does not know which kind it is of.
  fileprivate var relation: ObjectIdentity { ObjectIdentity(.table, schema: schema, name: name) }
}
