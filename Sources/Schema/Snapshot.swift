/// The objects of a database at one moment.
public struct Snapshot: Sendable, Hashable {
  /// The database's name.
  public var database: String
  /// The server's version number as `server_version_num` gives it (`170006`).
  public var serverVersion: Int
  /// Every object, by identity.
  public var objects: [ObjectIdentity: SchemaObject]

  /// Makes a snapshot of the given objects; of two with one identity the later stands.
  public init(database: String = "", serverVersion: Int = 0, objects: some Sequence<SchemaObject> = []) {
    self.database = database
    self.serverVersion = serverVersion
    self.objects = Dictionary(objects.map { ($0.identity, $0) }, uniquingKeysWith: { $1 })
  }

  /// The object with this identity, if it is there.
  public subscript(identity: ObjectIdentity) -> SchemaObject? { objects[identity] }

  /// Whether an object with this identity is there.
  public func contains(_ identity: ObjectIdentity) -> Bool { objects[identity] != nil }

  /// The objects of one kind, in order.
  public func objects(of kind: ObjectKind) -> [SchemaObject] {
    objects.values.filter { $0.identity.kind == kind }.sorted { $0.identity < $1.identity }
  }
}
