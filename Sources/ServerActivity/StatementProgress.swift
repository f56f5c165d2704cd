import Schema

/// How far a long statement is (`pg_stat_progress_…`).
public struct StatementProgress: Sendable, Hashable {
  /// The session's process number.
  public var session: Int32
  /// What it runs (`CREATE INDEX`, `VACUUM`, …).
  public var command: String
  /// What it is at, in the server's words (`building index: scanning table`).
  public var phase: String?
  /// The relation that it works on, if it is in this database.
  public var relation: ObjectIdentity?
  /// How much of the phase is done, in the phase's own unit (blocks, rows or bytes).
  public var done: Int
  /// How much the phase has to do; 0 where the server does not know.
  public var total: Int

  /// Makes the progress from its parts.
  public init(
    session: Int32, command: String, phase: String? = nil, relation: ObjectIdentity? = nil, done: Int = 0,
    total: Int = 0
  ) {
    self.session = session
    self.command = command
    self.phase = phase
    self.relation = relation
    self.done = done
    self.total = total
  }

  /// The share of the phase that is done, from 0 to 1, or nil where the server does not know.
  public var fraction: Double? { total > 0 ? min(1, Double(done) / Double(total)) : nil }
}
