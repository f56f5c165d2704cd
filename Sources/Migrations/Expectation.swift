import Schema

/// Something that should hold in the database once a migration is in.
public struct Expectation: Sendable, Hashable {
  /// The migration that it belongs to; nil if it should always hold.
  public var migration: MigrationID?
  /// What should hold.
  public var claim: Claim
  /// Where it is declared.
  public var location: FileLocation

  /// Makes an expectation from its parts.
  public init(migration: MigrationID? = nil, claim: Claim, location: FileLocation) {
    self.migration = migration
    self.claim = claim
    self.location = location
  }

  /// The things that can be claimed of a database.
  public enum Claim: Sendable, Hashable {
    /// The object is there; an index is valid, too.
    case exists(ObjectIdentity)
    /// The object is not there.
    case absent(ObjectIdentity)
    /// The column is there, with this type (any spelling that PostgreSQL knows) and nullability where given.
    case column(ObjectIdentity, type: String?, isNullable: Bool?)
    /// The table's row security is on or off.
    case rowSecurity(table: ObjectIdentity, isEnabled: Bool)
    /// The table's row security is forced on its owner, or not.
    case forcedRowSecurity(table: ObjectIdentity, isForced: Bool)
    /// The policy is there, for this command (`SELECT`, `ALL`, …) and exactly these roles where given.
    case policy(ObjectIdentity, command: String?, roles: [String]?)
    /// The trigger is there and fires, or is there and disabled.
    case trigger(ObjectIdentity, isEnabled: Bool)
    /// The setting is stored with its role or database, and is this.
    case setting(ObjectIdentity, value: String)
    /// A role has a privilege on an object, or has it not: its own, that of a role that it is a member of, or everyone's.
    case privilege(String, role: String, on: ObjectIdentity, isHeld: Bool)
    /// A role reaches so much of an object.
    case access(AccessExpectation)
    /// There are so many objects of a kind.
    case count(ObjectCount)
    /// A call (`public.tier_of('x')`) succeeds, and gives this as text where it is given.
    case call(String, result: String?)
    /// A query answers with this text (first column of its first row).
    case query(String, answer: String)
  }
}

extension Expectation.Claim {
  /// There are so many objects of a kind in a schema, those that come with constraints and columns included.
  public static func count(_ kind: ObjectKind, schema: String, expected: Int) -> Expectation.Claim {
    .count(ObjectCount(kind: kind, schema: schema, expected: expected))
  }
}

/// How many objects of a kind there should be.
public struct ObjectCount: Sendable, Hashable {
  /// The kind.
  public var kind: ObjectKind
  /// The schema that they are in; objects outside schemas (extensions, roles, …) count whatever it is.
  public var schema: String
  /// The table that they belong to; nil for all of the schema.
  public var table: String?
  /// Whether those count that come with others: indexes of constraints, sequences of columns, constraints that say
  /// nothing but NOT NULL.
  public var includesImplicit: Bool
  /// How many there should be.
  public var expected: Int

  /// Makes a count from its parts.
  public init(
    kind: ObjectKind, schema: String, table: String? = nil, includesImplicit: Bool = true, expected: Int
  ) {
    self.kind = kind
    self.schema = schema
    self.table = table
    self.includesImplicit = includesImplicit
    self.expected = expected
  }
}
