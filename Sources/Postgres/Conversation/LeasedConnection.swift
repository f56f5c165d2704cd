/// A connection kept for several statements; lent by ``Connection/withLease(_:)`` and of no use after it.
public struct LeasedConnection: Sendable {
  let connection: Connection
  let lease: Lease

  /// What the server said of itself and of the session when the session began.
  public var server: ServerInformation { connection.server }

  /// Where the connection stands in a transaction.
  public var transactionStatus: TransactionStatus { get async { await connection.transactionStatus } }

  /// Runs one statement over the extended protocol; its result holds all its rows.
  @discardableResult
  public func query(_ sql: String, _ parameters: [Parameter] = []) async throws -> QueryResult {
    try await connection.withStatement(lease) { gate in
      try await connection.query(sql, parameters, gate)
    }
  }

  /// Runs any number of statements over the simple protocol: one implicit transaction, unless they say otherwise.
  @discardableResult
  public func execute(_ sql: String) async throws -> [QueryResult] {
    try await connection.withStatement(lease) { gate in
      try await connection.execute(sql, gate)
    }
  }

  /// Runs one statement and hands over its rows as they come; rows may come before an error does.
  ///
  /// When `onRow` throws, the statement is cancelled and the error goes to the caller.
  @discardableResult
  public func stream(
    _ sql: String, _ parameters: [Parameter] = [], _ onRow: (Row) throws -> Void
  ) async throws -> CommandTag {
    try await connection.withStatement(lease) { gate in
      try await connection.begin(.rows(sql, parameters), gate: gate)
      do {
        while let batch = await connection.nextRows() {
          for rows in batch { for row in rows { try onRow(row) } }
        }
      } catch {
        gate.request()
        await connection.abandon()
        throw error
      }
      return try await connection.endStream()
    }
  }

  /// Runs statements in one go, without waiting for the server between them, and gives the outcome of each.
  ///
  /// What stands between two Syncs is one implicit transaction: an error skips the rest of it.
  public func pipeline(_ requests: [PipelineRequest]) async throws -> [Result<QueryResult, PostgresError>] {
    if requests.isEmpty { return [] }
    return try await connection.withStatement(lease) { gate in
      try await connection.pipeline(requests, gate)
    }
  }
}
