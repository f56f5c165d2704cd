import JSON
import Migrations
import Postgres

/// Changes the history outside the running of migrations: under the run lock, in one transaction, and with a run and
/// its events, so that the history tells who did what.
struct HistoryAmendment: Sendable {
  let connection: Connection
  let project: String
  let identity: OperatorIdentity

  /// What was done to one migration's row, for its event.
  struct Record: Sendable {
    var id: MigrationID
    var kind: String
    var detail: JSONValue
  }

  /// Does the work, all or nothing.
  ///
  /// - Parameters:
  ///   - mode: what the run row says was done (`adopt`, `repair`).
  ///   - work: writes with the store, for the run of this number, and says what it did.
  /// - Throws: ``RolloutError``, ``PostgresError``; nothing is written then.
  func perform(as mode: String, _ work: (HistoryStore, Int64) async throws -> [Record]) async throws {
    let lock = RunLock(connection: connection, project: project)
    if let holder = try await lock.tryToTake() { throw RolloutError.locked(by: holder.session) }
    do {
      // Whoever holds a table of the history is named instead of waited for without a word.
      _ = try await connection.query("SET lock_timeout = '5s'")
      let store = HistoryStore(connection: connection, project: project)
      try await store.install()
      _ = try await connection.query("BEGIN")
      let run = try await store.beginRun(as: mode, by: identity)
      let time = try await time()
      let records = try await work(store, run)
      let events = records.enumerated().map { index, record in
        EventRecord(
          sequence: index, time: time, kind: record.kind, migration: record.id, detail: record.detail)
      }
      try await store.store(EventBacklog(events), of: run)
      try await store.endRun(run, outcome: .done)
      _ = try await connection.query("COMMIT")
      _ = try await connection.query("RESET lock_timeout")
      try await lock.release()
    } catch {
      // The first error says what went wrong; a session that is gone has lost transaction and lock anyway.
      try? await connection.endTransaction()
      if await connection.transactionStatus == .idle {
        _ = try? await connection.query("RESET lock_timeout")
        try? await lock.release()
      }
      throw error
    }
  }

  /// The server's time of day, in seconds since 1970, UTC.
  private func time() async throws -> Double {
    let result = try await connection.query("SELECT extract(epoch FROM clock_timestamp()) AS now")
    guard let row = result.rows.first, let now = try row.optionalDouble("now") else {
      throw RolloutError.historyUnreadable("the server does not tell the time")
    }
    return now
  }
}
