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
    /// The object is there.
    case exists(ObjectIdentity)
    /// The object is not there.
    case absent(ObjectIdentity)
    /// The column is there, with this type (any spelling that PostgreSQL knows) and nullability where given.
    case column(ObjectIdentity, type: String?, isNullable: Bool?)
    /// The table's row security is on or off.
    case rowSecurity(table: ObjectIdentity, isEnabled: Bool)
    /// There are so many objects of a kind in a schema.
    case count(ObjectKind, schema: String, expected: Int)
    /// A query answers with this text (first column of its first row).
    case query(String, answer: String)
  }
}
