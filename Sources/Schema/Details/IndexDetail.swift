/// What the catalog says of an index.
public struct IndexDetail: Sendable, Hashable {
  /// The table that it indexes.
  public var table: ObjectIdentity
  /// Whether it forbids duplicates.
  public var isUnique: Bool
  /// Whether it is the primary key's.
  public var isPrimary: Bool
  /// Whether queries may use it; false after a half-done `CREATE INDEX CONCURRENTLY`.
  public var isValid: Bool
  /// The constraint that owns it (primary key, unique, exclusion), if any.
  public var constraint: String?
  /// Its key columns or expressions, in order.
  public var keys: [String]
  /// Its access method (`btree`, `gin`, …).
  public var method: String
  /// The operator classes of its keys, in order, without their schemas; empty where they are not known.
  public var operatorClasses: [String]
  /// Size on disk in bytes.
  public var bytes: Int
  /// How often it was scanned since statistics were reset.
  public var scans: Int
  /// Where it is kept; nil where the files alone speak.
  public var storage: RelationStorage?

  /// Makes the detail from its parts.
  public init(
    table: ObjectIdentity, isUnique: Bool, isPrimary: Bool, isValid: Bool, constraint: String? = nil,
    keys: [String] = [], method: String = "btree", operatorClasses: [String] = [], bytes: Int = 0,
    scans: Int = 0, storage: RelationStorage? = nil
  ) {
    self.table = table
    self.isUnique = isUnique
    self.isPrimary = isPrimary
    self.isValid = isValid
    self.constraint = constraint
    self.keys = keys
    self.method = method
    self.operatorClasses = operatorClasses
    self.bytes = bytes
    self.scans = scans
    self.storage = storage
  }
}
