import Migrations
import Postgres
import Script

extension Runner {
  /// Commits, and settles how the commit ended if its answer is lost.
  ///
  /// The history row is part of the transaction, so the row *is* the outcome; where it cannot be read,
  /// `pg_xact_status` knows (PostgreSQL documentation, 9.27.8).
  func commit(_ step: PlanStep) async throws {
    let current = try await connection.query("SELECT pg_current_xact_id() AS id")
    let transaction = try current.rows.first?.text("id") ?? "0"
    do {
      _ = try await connection.query("COMMIT")
    } catch let error as PostgresError where error.isLost {
      guard try await wasCommitted(step.migration.id, transaction: transaction, because: error) else {
        throw error
      }
    }
  }

  /// Asks a new session how a commit ended whose answer was lost; an abort ends the asking.
  func wasCommitted(
    _ id: MigrationID, transaction: String, because lost: PostgresError
  ) async throws -> Bool {
    var pause = 0.25
    var reason = lost.message
    for _ in 0..<8 {
      do {
        let answer = try await askAgain(id, transaction)
        guard let row = answer.rows.first else { continue }
        if try row.bool("recorded") { return true }
        // Still in progress: the server has not yet noticed that its client is gone.
        if row["status"] != "in progress" { return row["status"] == "committed" }
        reason = "its transaction is still in progress"
      } catch let error as PostgresError {
        reason = error.message
      }
      let (environment, seconds) = (environment, pause)
      await control.cancellable { try? await environment.sleep(seconds) }
      if await control.isAborted { break }
      pause = min(pause * 2, 4)
    }
    throw RolloutError.outcomeUnknown(id, reason)
  }

  private func askAgain(_ id: MigrationID, _ transaction: String) async throws -> QueryResult {
    let (reconnect, request, run) = (reconnect, request, run)
    return try await control.cancellable { () async -> Result<QueryResult, any Error> in
      do {
        let fresh = try await reconnect()
        let answer = try await withTaskCancellationHandler {
          try await fresh.query(
            """
            SELECT EXISTS (SELECT FROM signalbox.migration
                           WHERE project = $1 AND id = $2 AND run_id = $3::bigint AND state = 'applied') AS recorded,
                   pg_xact_status($4::xid8) AS status
            """, [.text(request.project), .text(id.rawValue), .integer(run), .text(transaction)])
        } onCancel: {
          Task { await fresh.giveUp(because: "the run was aborted") }
        }
        await fresh.close()
        return .success(answer)
      } catch {
        return .failure(error)
      }
    }.get()
  }
}
