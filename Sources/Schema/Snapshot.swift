/// The objects of a database at one moment.
public struct Snapshot: Sendable, Hashable {
  /// The database's name.
  public var database: String
  /// The server's version number as `server_version_num` gives it (`170006`).
  public var serverVersion: Int
  /// The schemas that the host provides; what is in them is no part of the project, unless the project put it there.
  public var platformSchemas: Set<String>
  /// Every object, by identity.
  public var objects: [ObjectIdentity: SchemaObject]
  /// Which object needs which; empty unless the snapshot was asked for them.
  public var dependencies: Set<Dependency>
  /// Who may do what; no part of what two snapshots differ in.
  public var access: AccessFacts
  /// The extensions that the server has the files of, by name; nil if nobody asked.
  public var availableExtensions: [String: AvailableExtension]?

  /// Makes a snapshot of the given objects; of two with one identity the later stands.
  public init(
    database: String = "", serverVersion: Int = 0, platformSchemas: Set<String> = [],
    objects: some Sequence<SchemaObject> = [], dependencies: Set<Dependency> = [],
    access: AccessFacts = AccessFacts()
  ) {
    self.init(
      database: database, serverVersion: serverVersion, platformSchemas: platformSchemas,
      objectsByIdentity: Dictionary(objects.map { ($0.identity, $0) }, uniquingKeysWith: { $1 }),
      dependencies: dependencies, access: access)
  }

  /// Makes a snapshot of objects that are known by their identities already.
  public init(
    database: String, serverVersion: Int, platformSchemas: Set<String>,
    objectsByIdentity objects: [ObjectIdentity: SchemaObject], dependencies: Set<Dependency>,
    access: AccessFacts
  ) {
    self.database = database
    self.serverVersion = serverVersion
    self.platformSchemas = platformSchemas
    self.objects = objects
    self.dependencies = dependencies
    self.access = access
  }

  /// The object with this identity, if it is there.
  public subscript(identity: ObjectIdentity) -> SchemaObject? { objects[identity] }

  /// Whether an object with this identity is there.
  public func contains(_ identity: ObjectIdentity) -> Bool { objects[identity] != nil }

  /// The objects of one kind, in order.
  public func objects(of kind: ObjectKind) -> [SchemaObject] {
    objects.values.filter { $0.identity.kind == kind }.sorted { $0.identity < $1.identity }
  }

  /// Whether an object belongs to the host's schemas.
  public func isPlatform(_ identity: ObjectIdentity) -> Bool {
    let schema = identity.kind == .schema ? identity.name : identity.schema
    return schema.map(platformSchemas.contains) ?? false
  }

  /// What belongs to a relation: columns, constraints, indexes, policies, triggers, rules and flags, in order.
  public func objects(on table: ObjectIdentity) -> [SchemaObject] {
    objects.values.filter { object in
      if case .index(let detail) = object.detail { return detail.table.names(table) }
      return object.identity.table.map { $0.names(table) } ?? false
    }
    .sorted { $0.identity < $1.identity }
  }
}

extension ObjectIdentity {
  /// Whether both have the same schema and name; a relation that something belongs to does not know its own kind.
  fileprivate func names(_ other: ObjectIdentity) -> Bool { schema == other.schema && name == other.name }
}
