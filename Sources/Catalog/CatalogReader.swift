import Postgres
import Schema
import ServerActivity

/// Reads the catalog of one database: its objects, what goes on in it, and what its server is.
///
/// Each call is one round trip. Works over a whole connection and over a lease, where a transaction may be open; what
/// that transaction did so far is seen then.
public struct CatalogReader: Sendable {
  private enum Source: Sendable {
    case connection(Connection)
    case lease(LeasedConnection)
  }

  private let source: Source

  /// Reads over a connection, taking a lease for each call.
  public init(_ connection: Connection) { source = .connection(connection) }

  /// Reads over a lease that the caller holds.
  public init(_ lease: LeasedConnection) { source = .lease(lease) }

  /// The objects of the user schemas.
  ///
  /// Outside a transaction all of it is of one moment. In a transaction that sees new rows with each statement, the
  /// queries may see different moments of what *other* sessions do.
  ///
  /// The server takes the weakest of locks on tables to write views and expressions out. Where somebody holds a table
  /// with ACCESS EXCLUSIVE for longer than `lockTimeout` seconds, the snapshot fails with SQLSTATE 55P03; in an open
  /// transaction that transaction's own `lock_timeout` counts instead. A failed transaction cannot be read
  /// (``PostgresError/Code/misuse``).
  public func snapshot(_ scope: SnapshotScope = .everything, lockTimeout: Double = 2) async throws -> Snapshot
  {
    try await snapshot(scope, lockTimeout: lockTimeout, asking: []).snapshot
  }

  /// The same, with its moment and the answers to questions of the caller's, all of it in one round trip.
  ///
  /// - Parameter questions: statements without parameters, each of which gives one result; every name in them must be
  ///   qualified, or one of `pg_catalog`.
  public func snapshot(
    _ scope: SnapshotScope, lockTimeout: Double = 2, asking questions: [String]
  ) async throws -> SnapshotAnswer {
    try await withLease { lease in
      let status = await lease.transactionStatus
      if status == .failed {
        throw PostgresError(
          .misuse, "the catalog cannot be read in a transaction that has failed; roll it back first")
      }
      let script = SnapshotScript(
        dialect: CatalogDialect(version: lease.server.version, scope: scope),
        isInTransaction: status != .idle,
        lockTimeoutMilliseconds: max(1, Int(lockTimeout * 1000)), questions: [CatalogMoment.sql] + questions)
      let results: [QueryResult]
      do {
        results = try await lease.execute(script.text)
      } catch {
        // The transaction must stay usable, whatever became of the snapshot; its own error is the one to report.
        if let recovery = script.recovery, await lease.transactionStatus == .failed {
          _ = try? await lease.execute(recovery)
        }
        throw error
      }
      let found = try script.read(results)
      let answers = try script.answers(results)
      return SnapshotAnswer(
        snapshot: Snapshot(
          database: lease.server.database, serverVersion: lease.server.version,
          platformSchemas: scope.platformSchemas, objectsByIdentity: found.objects,
          dependencies: found.dependencies, access: found.access),
        moment: try CatalogMoment(answers[0], connectedTo: lease.server.processID),
        searchPath: try script.searchPath(results), answers: Array(answers.dropFirst()))
    }
  }

  /// The sessions of this database, their table locks, and how far long statements are.
  public func activity() async throws -> Activity {
    try await withLease { lease in
      let results = try await read(
        lease, [Session.sql, RelationLock.sql, StatementProgress.sql(version: lease.server.version)])
      return Activity(
        sessions: try results[0].rows.map(Session.init), locks: try results[1].rows.map(RelationLock.init),
        progress: try results[2].rows.map(StatementProgress.init))
    }
  }

  /// Cancels what a session runs, or ends the session; false if it is gone, or if the server could not reach it.
  ///
  /// Process numbers are used again: a session that began at another time is another one, and is left alone.
  public func signal(_ signal: SessionSignal, process: Int32, startedAt: Double) async throws -> Bool {
    try await withLease { lease in
      let result = try await lease.query(signal.sql, [.text("\(process)"), .text("\(startedAt)")])
      return try result.rows.first?.bool("is_signalled") ?? false
    }
  }

  /// What decides whether and how migrations can run on this server.
  public func serverFacts() async throws -> ServerFacts {
    try await withLease { lease in
      let results = try await read(lease, [ServerFacts.sql, AvailableExtension.sql])
      guard let row = results[0].rows.first else {
        throw PostgresError(
          .unexpectedValue, "the server does not say which database and role this session has")
      }
      return try ServerFacts(row, extensions: AvailableExtension.read(results[1].rows))
    }
  }

  /// The extensions that the server has the files of, by name.
  public func availableExtensions() async throws -> [String: AvailableExtension] {
    let results = try await withLease { lease in try await read(lease, [AvailableExtension.sql]) }
    return try AvailableExtension.read(results[0].rows)
  }

  /// What the session says of itself: the server, the role and its rights, the platform.
  public func sessionFacts() async throws -> SessionFacts {
    let results = try await withLease { lease in try await read(lease, [SessionFacts.sql]) }
    guard let row = results[0].rows.first else {
      throw PostgresError(.unexpectedValue, "the server does not say which role this session has")
    }
    return try SessionFacts(row)
  }

  /// The names and texts that are no UTF-8: whoever asks for them in UTF-8 gets an error.
  public func unreadableTexts() async throws -> [UnreadableText] {
    try await withLease { lease in
      try await read(lease, [UnreadableText.sql])[0].rows.map(UnreadableText.init)
    }
  }

  /// How large the tables are, the largest first.
  public func tableSizes() async throws -> [TableSize] {
    try await withLease { lease in
      try await read(lease, [TableSize.sql])[0].rows.map(TableSize.init)
    }
  }

  private func read(_ lease: LeasedConnection, _ statements: [String]) async throws -> [QueryResult] {
    let results = try await lease.execute(statements.joined(separator: ";\n"))
    guard results.count == statements.count else {
      throw PostgresError(
        .unexpectedValue, "\(statements.count) queries were answered with \(results.count) results")
    }
    return results
  }

  func withLease<Value>(_ body: (LeasedConnection) async throws -> Value) async throws -> Value {
    switch source {
    case .connection(let connection): try await connection.withLease(body)
    case .lease(let lease): try await body(lease)
    }
  }
}
