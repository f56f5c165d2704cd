import Migrations
import Postgres
import Schema

/// What a run asks of the server around its statements, where somebody's lock may keep it waiting as it may keep them.
extension Runner {
  /// Does something that an abort ends on the server, and says who is in its way, under a statement of the migration.
  ///
  /// - Throws: what `work` throws.
  func interruptible<Success: Sendable>(
    _ id: MigrationID, at statement: Int, _ work: @escaping @Sendable () async throws -> Success
  ) async throws -> Success {
    let watch = watchLocks(of: id) { statement }
    defer { watch?.cancel() }
    return try await control.cancellable { () async -> Result<Success, any Error> in
      do {
        return .success(try await work())
      } catch {
        return .failure(error)
      }
    }.get()
  }

  /// The catalog before a migration, so that what it changes can be told; taken outside its transaction, so that no lock
  /// of the looking stays.
  ///
  /// Waits for who holds a table as long as a statement does: the look before the commit could not go without it either.
  /// One that fails for another reason is said, and keeps nothing from running.
  ///
  /// - Throws: ``PostgresError`` if the session was lost, the look was aborted, or got no lock in time.
  func snapshotBefore(_ step: PlanStep, at statement: Int) async throws -> Snapshot? {
    let seconds = Double(request.lockTimeoutMilliseconds) / 1_000
    let look = environment.snapshotBefore
    do {
      return try await interruptible(step.migration.id, at: statement) { try await look(seconds) }
    } catch let error as PostgresError where !Self.endsMigration(error) {
      log.emitNotice(
        ServerMessage(
          severity: "WARNING", code: "", message: "what this migration changes cannot be told: \(error)"))
      return nil
    }
  }

  /// Takes a look where no transaction is open, again after a pause while it gets no lock in time.
  ///
  /// - Throws: ``PostgresError`` of the last attempt.
  func patiently<Success>(_ step: PlanStep, _ look: () async throws -> Success) async throws -> Success {
    var attempt = 1
    while true {
      do {
        return try await look()
      } catch let error as PostgresError {
        let message = ServerMessage(error, of: nil, in: step.migration.file)
        guard Self.isTransient(message), attempt < request.attempts, await !control.isAborted else {
          throw error
        }
        attempt += 1
        await pause(before: attempt, of: step.migration.id, because: message)
      }
    }
  }

  private static func endsMigration(_ error: PostgresError) -> Bool {
    error.isLost || error.code == .cancelled
      || isTransient(ServerMessage(severity: "", code: error.sqlState ?? "", message: ""))
  }
}
