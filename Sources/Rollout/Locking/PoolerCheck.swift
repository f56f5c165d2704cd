import Postgres

/// Finds out whether a connection keeps one session of the server, or a pooler lends it one for each transaction.
///
/// A pooler gives its clients process numbers of its own, so that equal numbers mean that there is none. Where there is
/// one, another connection begins a transaction while this one is idle: if it gets the session that this one had just
/// now, or this one gets another afterwards, sessions are lent. (In session mode both keep theirs.)
public struct PoolerCheck: Sendable {
  private let connection: Connection
  private let other: Connection

  /// Looks at one connection.
  ///
  /// - Parameter other: a second connection, made the same way.
  public init(connection: Connection, other: Connection) {
    self.connection = connection
    self.other = other
  }

  /// Whether no pooler stands before the server, which one question over one connection tells.
  public static func isDirect(_ connection: Connection) async throws -> Bool {
    try await session(of: connection) == Int(connection.server.processID)
  }

  /// Refuses a connection whose session is lent.
  ///
  /// - Throws: ``RolloutError/pooled``, ``PostgresError``.
  public func refusePooledSession() async throws {
    let first = try await Self.session(of: connection)
    guard first != Int(connection.server.processID) else { return }
    let others: Int
    do {
      _ = try await other.query("BEGIN")
      others = try await Self.session(of: other)
    } catch let error as PostgresError where !error.isLost {
      // A pooler that lends a session for one statement refuses transactions.
      throw RolloutError.pooled
    }
    // Asked now: where all the pooler's sessions are lent, another question would wait for this transaction to end.
    let isLent = others == first
    let second = isLent ? first : try await Self.session(of: connection)
    _ = try await other.query("ROLLBACK")
    if isLent || second != first { throw RolloutError.pooled }
  }

  private static func session(of connection: Connection) async throws -> Int {
    let answer = try await connection.query("SELECT pg_backend_pid() AS pid")
    guard let row = answer.rows.first else {
      throw RolloutError.historyUnreadable("no process number came back")
    }
    return try row.int("pid")
  }
}
