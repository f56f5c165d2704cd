public import Postgres

/// Looks into the transaction that is open on a connection, without leaving a trace in it.
///
/// The whole look is one lease: whoever runs statements over the connection comes before or after it, never between. It
/// runs in a savepoint that is always rolled back, read-only and as the role that connected: neither an error nor a
/// setting nor a lock of the looking stays.
public struct OpenTransaction: Sendable {
  private let connection: Connection

  /// Looks over this connection.
  public init(_ connection: Connection) { self.connection = connection }

  /// Lends a lease inside the open transaction.
  ///
  /// - Parameter seconds: how long each query may take.
  /// - Throws: ``PostgresError`` with ``PostgresError/Code/misuse`` if no transaction is open or it has failed; else
  ///   what `body` throws.
  public func look<Value>(
    seconds: Double = 5, _ body: (LeasedConnection) async throws -> Value
  ) async throws -> Value {
    try await connection.withLease { lease in
      switch await lease.transactionStatus {
      case .inTransaction: break
      case .failed:
        throw PostgresError(
          .misuse, "the transaction has failed: it cannot be looked into until it is rolled back")
      default:
        throw PostgresError(.misuse, "no transaction is open: what was done so far is committed")
      }
      try await lease.execute(
        """
        SAVEPOINT \(Self.savepoint);
        SET LOCAL transaction_read_only = on;
        SET LOCAL SESSION AUTHORIZATION DEFAULT;
        SET LOCAL ROLE NONE;
        SET LOCAL search_path TO DEFAULT;
        SET LOCAL lock_timeout = '2s';
        SET LOCAL statement_timeout = '\(max(1, Int(seconds * 1_000)))ms'
        """)
      do {
        let value = try await body(lease)
        try await leave(lease)
        return value
      } catch {
        // The first error is the one to see; on a connection that is lost nothing is left to be rolled back.
        try? await leave(lease)
        throw error
      }
    }
  }

  private static let savepoint = "signalbox_look"

  private func leave(_ lease: LeasedConnection) async throws {
    _ = try await Connection.ignoringCancellation {
      try await lease.execute("ROLLBACK TO SAVEPOINT \(Self.savepoint); RELEASE SAVEPOINT \(Self.savepoint)")
    }
  }
}
