/// One object as the catalog holds it.
public struct SchemaObject: Sendable, Hashable {
  /// The name by which it is known.
  public var identity: ObjectIdentity
  /// The server's own normal form of its definition, the text that decides whether two objects are the same.
  ///
  /// The `CREATE` form where PostgreSQL has a `pg_get_…def` function, else the parts that define it. Never includes
  /// sizes, statistics or OIDs.
  public var definition: String
  /// What is special about its kind.
  public var detail: ObjectDetail
  /// The role that owns it, where it has an owner.
  public var owner: String?
  /// Its comment (`COMMENT ON …`), if any.
  public var comment: String?

  /// Makes an object from its parts.
  public init(
    identity: ObjectIdentity, definition: String = "", detail: ObjectDetail = .none, owner: String? = nil,
    comment: String? = nil
  ) {
    self.identity = identity
    self.definition = definition
    self.detail = detail
    self.owner = owner
    self.comment = comment
  }
}
