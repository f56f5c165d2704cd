import Schema

/// A table lock that a session holds or waits for.
public struct RelationLock: Sendable, Hashable {
  /// The session's process number.
  public var session: Int32
  /// The relation, in this database.
  public var relation: ObjectIdentity
  /// The mode as `pg_locks` writes it (`AccessExclusiveLock`).
  public var mode: String
  /// Whether the session has it, or waits for it.
  public var isGranted: Bool

  /// Makes a lock from its parts.
  public init(session: Int32, relation: ObjectIdentity, mode: String, isGranted: Bool) {
    self.session = session
    self.relation = relation
    self.mode = mode
    self.isGranted = isGranted
  }
}
