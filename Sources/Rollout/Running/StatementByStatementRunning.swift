import Migrations
import Postgres
import Script

extension Runner {
  /// Runs a migration outside a transaction of ours: an intent row before it, a result row after each statement.
  ///
  /// Goes on behind the last statement that a run before has finished, if the file is still the same.
  func runStatementByStatement(_ step: PlanStep) async throws -> StepEnd {
    let id = step.migration.id
    let began = environment.uptime()
    log.emit(.migrationStarted(id, attempt: 1))
    try await resetSession()
    let before = await snapshotBefore()
    var done = try await statementsDone(of: step.migration)
    var skipped: [Int] = []
    try await record(step, .running, done: done, skipped: skipped, began: began)
    for index in step.statements.indices where index >= done {
      let end = try await perform(index, of: step, guarded: false)
      switch end {
      case .done: break
      case .skipped: skipped.append(index)
      case .aborted, .failed, .retryMigration, .migrationSkipped:
        return try await leave(step, end, done: done, skipped: skipped, began: began)
      }
      // Inside the file's own transaction the progress is committed, or lost, with it.
      try await history.recordProgress(of: id, statementsDone: index + 1)
      if await connection.transactionStatus == .idle { done = index + 1 }
    }
    if await connection.transactionStatus != .idle {
      let message = ServerMessage(
        severity: "ERROR", code: "25001", message: "the migration leaves a transaction open",
        hint: "End it with COMMIT in the file.")
      return try await leave(step, .failed(message), done: done, skipped: skipped, began: began)
    }
    try await resetSession()
    let after = try await environment.snapshot()
    let evidence = environment.evidence(id, after)
    log.emit(.verified(id, evidence))
    emitDifference(of: id, from: before, to: after)
    // What is done is committed already: there is nothing left to ask about.
    if let before = before ?? lastSnapshot {
      emitAccess(environment.accessChange(before, after), by: id)
    }
    lastSnapshot = after
    _ = try await connection.query("BEGIN")
    try await record(
      step, .applied, done: step.statements.count - skipped.count, skipped: skipped,
      isUnverified: evidence.found < evidence.expected, began: began)
    try await recordChanges(of: id, from: before, to: after)
    try await SupabaseHistory(connection: connection).record(step.migration)
    try await commit(step)
    log.emit(.migrationFinished(id, .applied, milliseconds: (environment.uptime() - began) * 1_000))
    return .applied
  }

  private func leave(
    _ step: PlanStep, _ end: StatementEnd, done: Int, skipped: [Int], began: Double
  ) async throws -> StepEnd {
    try await connection.endTransaction()
    try await resetSession()
    let milliseconds = (environment.uptime() - began) * 1_000
    switch end {
    case .failed(let message), .retryMigration(let message):
      try await record(step, .failed, done: done, skipped: skipped, error: message.message, began: began)
      log.emit(
        .migrationFinished(
          step.migration.id, .failed(message, statementsDone: done), milliseconds: milliseconds))
      return .failed
    case .done, .skipped, .aborted, .migrationSkipped:
      try await record(
        step, .failed, done: done, skipped: skipped, error: "stopped by the operator", began: began)
      log.emit(
        .migrationFinished(step.migration.id, .aborted(statementsDone: done), milliseconds: milliseconds))
      return .aborted
    }
  }

  private func record(
    _ step: PlanStep, _ state: HistoryEntry.State, done: Int, skipped: [Int], isUnverified: Bool = false,
    error: String? = nil, began: Double
  ) async throws {
    try await history.record(
      HistoryRow(
        migration: step.migration, state: state, run: run,
        milliseconds: (environment.uptime() - began) * 1_000, statementsDone: done,
        statementsTotal: step.statements.count, statementsSkipped: skipped, isUnverified: isUnverified,
        error: error))
  }

  private func statementsDone(of migration: Migration) async throws -> Int {
    let result = try await connection.query(
      """
      SELECT statements_done FROM signalbox.migration
      WHERE project = $1 AND id = $2 AND checksum = $3 AND state IN ('running', 'failed')
      """, [.text(request.project), .text(migration.id.rawValue), .text(migration.checksum)])
    return try result.rows.first?.int("statements_done") ?? 0
  }
}
