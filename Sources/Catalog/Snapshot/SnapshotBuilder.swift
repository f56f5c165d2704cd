import Schema

/// A snapshot in the making: the objects so far, and by which numbers the catalog knows them.
struct SnapshotBuilder {
  /// How the catalog refers to an object: the catalog that holds it, its OID, and the column's number or 0.
  struct Address: Hashable {
    var catalog: String
    var oid: String
    var part: Int = 0
  }

  private(set) var objects: [ObjectIdentity: SchemaObject] = [:]
  private(set) var dependencies: Set<Dependency> = []
  /// Who may do what.
  var access = AccessFacts()
  /// What the parts of a plain look tell each other.
  var plain = PlainLookNotes()
  private var identities: [Address: ObjectIdentity] = [:]

  /// Adds an object, under the address by which comments and grants refer to it.
  mutating func add(_ object: SchemaObject, at address: Address? = nil) {
    objects[object.identity] = object
    if let address { identities[address] = object.identity }
  }

  /// The identity of an object that was added before, or nil for what the snapshot leaves out.
  func identity(at address: Address) -> ObjectIdentity? { identities[address] }

  /// Notes that one object needs another; what the snapshot leaves out needs nothing.
  mutating func addDependency(of object: Address, on needed: Address, bond: Dependency.Bond) {
    guard let object = identities[object], let needed = identities[needed], object != needed else { return }
    dependencies.insert(Dependency(object, needs: needed, bond: bond))
  }

  /// Notes a privilege that a role holds on an object.
  mutating func addGrant(
    of privilege: String, to role: String, on object: ObjectIdentity, isGrantable: Bool
  ) {
    add(
      SchemaObject(
        identity: .grant(privilege, to: role, on: object),
        definition: isGrantable ? "WITH GRANT OPTION" : ""))
  }

  /// Notes a comment, with the object and as an object of its own.
  mutating func addComment(_ text: String, on identity: ObjectIdentity) {
    objects[identity]?.comment = text
    add(SchemaObject(identity: .comment(on: identity), definition: text))
  }
}
