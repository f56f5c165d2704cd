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
      return try await connection.completedTag()
    }
  }

  /// Runs statements in one go, without waiting for the server between them, and gives the outcome of each.
  ///
  /// What stands between two Syncs is one implicit transaction: an error skips the rest of it. `onOutcome` hears each
  /// outcome as it comes, with the request's place; it must not block, and is not told what a lost connection leaves open.
  public func pipeline(
    _ requests: [PipelineRequest], onOutcome: PipelineObserver? = nil
  ) async throws -> [Result<QueryResult, PostgresError>] {
    if requests.isEmpty { return [] }
    return try await connection.withStatement(lease) { gate in
      try await connection.pipeline(requests, gate, onOutcome)
    }
  }

  /// Runs a `COPY … FROM STDIN` with the data given, in pieces of any size.
  ///
  /// When the data throws, or the task is cancelled, the COPY fails on the server.
  @discardableResult
  public func copyIn<Data: AsyncSequence>(
    _ sql: String, data: Data
  ) async throws -> CommandTag where Data.Element == [UInt8] {
    try await connection.withStatement(lease) { gate in
      try await connection.beginCopy(sql, .copyIn, gate)
      do {
        for try await piece in data where await !connection.putCopy(piece) { break }
      } catch {
        // The caller's error is the one to see; the server's only repeats that the COPY was broken off.
        _ = try? await connection.endCopyIn(failing: "the data could not be read")
        throw error
      }
      return try await connection.endCopyIn(failing: gate.isRequested ? "cancelled" : nil)
    }
  }

  /// Runs a `COPY … FROM STDIN` with the data given, in pieces of any size.
  @discardableResult
  public func copyIn(_ sql: String, data: some Sequence<[UInt8]>) async throws -> CommandTag {
    try await connection.withStatement(lease) { gate in
      try await connection.beginCopy(sql, .copyIn, gate)
      for piece in data where await !connection.putCopy(piece) { break }
      return try await connection.endCopyIn(failing: gate.isRequested ? "cancelled" : nil)
    }
  }

  /// Runs a `COPY … TO STDOUT` and hands over the data as it comes, a row of the format at a time.
  ///
  /// When `onChunk` throws, the COPY is cancelled and the error goes to the caller.
  @discardableResult
  public func copyOut(_ sql: String, _ onChunk: ([UInt8]) throws -> Void) async throws -> CommandTag {
    try await connection.withStatement(lease) { gate in
      try await connection.beginCopy(sql, .copyOut, gate)
      do {
        while let chunks = await connection.nextCopyData() {
          for chunk in chunks { try onChunk(chunk) }
        }
      } catch {
        gate.request()
        while await connection.nextCopyData() != nil {}
        await connection.abandon()
        throw error
      }
      return try await connection.completedTag()
    }
  }
}
