import Migrations
import Postgres
import Script

/// Records migrations as applied without running them.
public struct Adoption: Sendable {
  private let connection: Connection
  private let project: String
  private let identity: OperatorIdentity

  /// Makes an adoption for one project over one connection.
  public init(connection: Connection, project: String, identity: OperatorIdentity) {
    self.connection = connection
    self.project = project
    self.identity = identity
  }

  /// Writes the rows of the migrations, all or none.
  ///
  /// - Throws: ``RolloutError``, ``PostgresError``; nothing is written then.
  public func adopt(_ migrations: [Migration]) async throws {
    let lock = RunLock(connection: connection, project: project)
    if let holder = try await lock.tryToTake() { throw RolloutError.locked(by: holder.session) }
    do {
      let store = HistoryStore(connection: connection, project: project)
      try await store.install()
      _ = try await connection.query("BEGIN")
      for migration in migrations {
        try await store.record(
          HistoryRow(
            migration: migration, state: .adopted,
            statementsDone: migration.script.statements.count,
            statementsTotal: migration.script.statements.count))
      }
      _ = try await connection.query("COMMIT")
      try await lock.release()
    } catch {
      // The first error says what went wrong; a session that is gone has lost transaction and lock anyway.
      try? await connection.endTransaction()
      if await connection.transactionStatus == .idle { try? await lock.release() }
      throw error
    }
  }
}
