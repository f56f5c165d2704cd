/// What the catalog says of a relation.
public struct RelationDetail: Sendable, Hashable {
  /// Estimated rows (`pg_class.reltuples`), or nil if it was never analysed.
  public var estimatedRows: Double?
  /// Size on disk with indexes and TOAST, in bytes.
  public var bytes: Int
  /// Whether it is a partitioned table.
  public var isPartitioned: Bool
  /// The table that it is a partition of, or the first that it inherits from.
  public var parent: ObjectIdentity?
  /// Whether a view runs with the rights of who asks (`security_invoker`).
  public var isSecurityInvoker: Bool
  /// Where and how it is kept; nil where the files alone speak.
  public var storage: RelationStorage?

  /// Makes the detail from its parts.
  public init(
    estimatedRows: Double? = nil, bytes: Int = 0, isPartitioned: Bool = false, parent: ObjectIdentity? = nil,
    isSecurityInvoker: Bool = false, storage: RelationStorage? = nil
  ) {
    self.estimatedRows = estimatedRows
    self.bytes = bytes
    self.isPartitioned = isPartitioned
    self.parent = parent
    self.isSecurityInvoker = isSecurityInvoker
    self.storage = storage
  }
}

/// Where and how the rows of a relation, or the entries of an index, are kept.
public struct RelationStorage: Sendable, Hashable {
  /// The tablespace, if it is not the database's own; nil if it is not known, as where the database's own is not
  /// `pg_default`.
  public var tablespace: String?
  /// The access method of a table (`heap`).
  public var accessMethod: String?
  /// The index by which `CLUSTER` orders a table.
  public var clusteredOn: String?
  /// The index of the partitioned table that an index of a partition is attached to.
  public var parent: ObjectIdentity?

  /// Makes the storage from its parts.
  public init(
    tablespace: String? = nil, accessMethod: String? = nil, clusteredOn: String? = nil,
    parent: ObjectIdentity? = nil
  ) {
    self.tablespace = tablespace
    self.accessMethod = accessMethod
    self.clusteredOn = clusteredOn
    self.parent = parent
  }
}
