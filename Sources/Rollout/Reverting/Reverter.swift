import JSON
import Migrations
import Postgres
import Schema
import Script

/// Takes migrations back: each in one transaction with its history row.
public struct Reverter: Sendable {
  let connection: Connection
  let project: String
  let identity: OperatorIdentity
  let lockTimeoutMilliseconds: Int
  let environment: RunEnvironment
  let report: @Sendable (RevertEvent) -> Void

  /// Makes a reverter for one project over one connection.
  ///
  /// - Parameter report: hears what happens, in order.
  public init(
    connection: Connection, project: String, identity: OperatorIdentity, lockTimeoutMilliseconds: Int = 5_000,
    environment: RunEnvironment, report: @escaping @Sendable (RevertEvent) -> Void
  ) {
    self.connection = connection
    self.project = project
    self.identity = identity
    self.lockTimeoutMilliseconds = lockTimeoutMilliseconds
    self.environment = environment
    self.report = report
  }

  /// Takes the steps back in order; the first that fails is rolled back, and ends it.
  ///
  /// - Returns: whether all were taken back.
  /// - Throws: ``RolloutError``, ``PostgresError``.
  public func revert(_ steps: [RevertStep]) async throws -> Bool {
    let lock = RunLock(connection: connection, project: project)
    if let holder = try await lock.tryToTake() { throw RolloutError.locked(by: holder.session) }
    do {
      let history = HistoryStore(connection: connection, project: project)
      try await history.install()
      let run = try await history.beginRun(as: "revert", by: identity)
      var records: [EventRecord] = []
      var isDone = true
      for step in steps {
        guard let milliseconds = try await revert(step, in: history, run: run) else {
          isDone = false
          break
        }
        records.append(
          EventRecord(
            sequence: records.count, time: environment.now(), kind: "reverted", migration: step.migration.id,
            detail: ["milliseconds": .number(milliseconds), "script": .string(step.file)]))
      }
      try await history.store(records, of: run)
      try await history.endRun(run, outcome: isDone ? .done : .failed)
      try await lock.release()
      return isDone
    } catch {
      // The lock goes with a lost session; on a live one it must not outlive the run.
      try? await connection.endTransaction()
      if await connection.transactionStatus == .idle { try? await lock.release() }
      throw error
    }
  }

  /// Takes one step back; nil if a statement failed, and nothing of it stays.
  private func revert(_ step: RevertStep, in history: HistoryStore, run: Int64) async throws -> Double? {
    let began = environment.uptime()
    report(.started(step.migration.id))
    try await resetSession()
    let isSingle = step.mode == .single
    if isSingle { _ = try await connection.query("BEGIN") }
    guard try await send(step.statements, of: step.migration.id, in: step.file) else {
      try await connection.endTransaction()
      return nil
    }
    if await connection.transactionStatus == .idle { _ = try await connection.query("BEGIN") }
    do {
      _ = try await connection.query("SET CONSTRAINTS ALL IMMEDIATE")
      try await resetSession()
      _ = try await connection.query("SET LOCAL search_path = pg_catalog, pg_temp")
      try await history.record(
        HistoryRow(
          migration: step.migration, state: .reverted, run: run,
          milliseconds: (environment.uptime() - began) * 1_000,
          statementsTotal: step.migration.script.statements.count))
      try await SupabaseHistory(connection: connection).remove(step.migration)
      _ = try await connection.query("COMMIT")
    } catch let error as PostgresError where !error.isLost {
      report(.failed(step.migration.id, statement: nil, ServerMessage(error, of: nil, in: step.file)))
      try await connection.endTransaction()
      return nil
    }
    let milliseconds = (environment.uptime() - began) * 1_000
    report(.reverted(step.migration.id, milliseconds: milliseconds))
    return milliseconds
  }

  /// Sends statements in order; false if one failed.
  func send(
    _ statements: [Statement], of id: MigrationID, in file: String, isSilent: Bool = false
  ) async throws -> Bool {
    for (index, statement) in statements.enumerated() {
      let began = environment.uptime()
      do {
        if case .copyData(let range) = statement.form {
          var named = Migration(id: id, version: "", name: "", file: file)
          named.file = file
          let bytes = try environment.source(named)
          guard range.upperBound <= bytes.count else {
            throw RolloutError.notRunnable("\(file) has changed since it was read")
          }
          _ = try await connection.copyIn(statement.text, data: [Array(bytes[range])])
        } else {
          _ = try await connection.query(statement.text)
        }
      } catch let error as PostgresError where !error.isLost {
        report(.failed(id, statement: index, ServerMessage(error, of: statement, in: file)))
        return false
      }
      if !isSilent {
        report(
          .statementFinished(id, statement: index, milliseconds: (environment.uptime() - began) * 1_000))
      }
    }
    return true
  }

  /// Undoes what an earlier script has set.
  func resetSession() async throws {
    _ = try await connection.execute(
      """
      RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL;
      SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET client_min_messages = notice;
      SET lock_timeout = \(lockTimeoutMilliseconds);
      """)
  }
}

extension SupabaseHistory {
  /// Removes the row of a migration that was taken back.
  func remove(_ migration: Migration) async throws {
    let presence = try await connection.query(
      "SELECT to_regclass('supabase_migrations.schema_migrations') IS NOT NULL AS is_there")
    guard !migration.version.isEmpty, try presence.rows.first?.bool("is_there") == true else { return }
    _ = try await connection.query(
      "DELETE FROM supabase_migrations.schema_migrations WHERE version = $1", [.text(migration.version)])
  }
}
