import Migrations
import Postgres
import Schema
import Script

extension Runner {
  /// Runs the whole plan in one transaction, shows what each migration changes, and rolls everything back.
  ///
  /// Nothing is written to the history, and nothing stays but what PostgreSQL never takes back: the positions of
  /// sequences.
  func rehearse() async throws -> RunOutcome {
    for step in request.plan.steps {
      if case .statementByStatement(let reason) = step.mode {
        throw RolloutError.notRunnable(
          "\(step.migration.id) cannot be rehearsed, because it cannot run in one transaction: \(reason)")
      }
    }
    log.emit(
      .runStarted(run: 0, mode: .dryRun, migrations: request.plan.steps.map(\.migration.id)))
    try await resetSession()
    _ = try await connection.query("BEGIN")
    let outcome: RunOutcome
    do {
      outcome = try await rehearseSteps()
    } catch {
      // The first error says what went wrong; if the session is gone, the server rolls back by itself.
      try? await connection.endTransaction()
      throw error
    }
    try await connection.endTransaction()
    try await resetSession()
    log.emit(.runFinished(outcome))
    return outcome
  }

  private func rehearseSteps() async throws -> RunOutcome {
    var before = try await environment.snapshot()
    for step in request.plan.steps {
      let id = step.migration.id
      let began = environment.uptime()
      log.emit(.migrationStarted(id, attempt: 1))
      try await beginSession()
      hasSavepoint = false
      for index in step.statements.indices {
        switch try await perform(index, of: step, guarded: request.isInteractive) {
        case .done, .skipped: break
        case .aborted, .migrationSkipped:
          log.emit(
            .migrationFinished(
              id, .aborted(statementsDone: 0), milliseconds: (environment.uptime() - began) * 1_000))
          return .aborted
        case .failed(let message), .retryMigration(let message):
          log.emit(
            .migrationFinished(
              id, .rolledBack(message), milliseconds: (environment.uptime() - began) * 1_000))
          return .failed
        }
      }
      _ = try await connection.query("SET CONSTRAINTS ALL IMMEDIATE")
      try await resetSession()
      let after = try await environment.snapshot()
      log.emit(.verified(id, environment.evidence(id, after)))
      log.emit(.difference(id, SnapshotDifference(from: before, to: after)))
      emitAccess(environment.accessChange(before, after), by: id)
      log.emit(.migrationFinished(id, .rehearsed, milliseconds: (environment.uptime() - began) * 1_000))
      before = after
    }
    return .done
  }
}
