import Migrations
import Postgres
import Schema
import Script

extension Runner {
  /// Runs a migration outside a transaction of ours: an intent row before it, a result row after each statement.
  ///
  /// A statement that can be in a transaction is in one with the record that it is done; what cannot is noted before it
  /// is sent, and an interruption is settled by what the catalog shows (``DoubtfulStatement``). Goes on behind the last
  /// statement that a run before has finished.
  func runStatementByStatement(_ step: PlanStep) async throws -> StepEnd {
    let id = step.migration.id
    let began = environment.uptime()
    log.emit(.migrationStarted(id, attempt: 1))
    try await beginSession()
    let unfinished = try await history.unfinished(id)
    var position = StatementPosition(unfinished)
    let before: Snapshot?
    do {
      before = try await patiently(step) { try await snapshotBefore(step, at: position.done) }
    } catch let error as PostgresError where !error.isLost {
      return await notBegun(step, because: error, position, began: began)
    }
    if let problem = Self.problemOfResuming(step, unfinished) {
      log.emit(.migrationFinished(id, .failed(problem, statementsDone: position.done), milliseconds: 0))
      return .failed
    }
    try await record(step, .running, position, began: began)
    try await replaySession(of: step, before: position.done)
    var attempt = 1
    var index = position.done
    while index < step.statements.count {
      let end = try await advance(index, of: step, &position)
      switch end {
      case .done: break
      case .skipped: position.skipped.append(index)
      case .retryMigration(let message) where attempt < request.attempts:
        // What was not committed is gone, all of it: the way leads from the last commit again.
        try await connection.endTransaction()
        await pause(before: attempt + 1, of: id, because: message)
        attempt += 1
        index = position.done
        continue
      case .aborted, .failed, .retryMigration, .migrationSkipped:
        return try await leave(step, end, position, began: began)
      }
      index += 1
      if await connection.transactionStatus == .idle { position.done = index }
    }
    if await connection.transactionStatus != .idle {
      let message = ServerMessage(
        severity: "ERROR", code: "25001", message: "the migration leaves a transaction open",
        hint: "End it with COMMIT in the file.")
      return try await leave(step, .failed(message), position, began: began)
    }
    return try await finish(step, position, from: before, began: began)
  }

  private func finish(
    _ step: PlanStep, _ position: StatementPosition, from before: Snapshot?, began: Double
  ) async throws -> StepEnd {
    let id = step.migration.id
    try await resetSession()
    let last = max(0, step.statements.count - 1)
    let after: Snapshot
    do {
      after = try await patiently(step) { try await interruptible(id, at: last, environment.snapshot) }
    } catch let error as PostgresError where !error.isLost {
      let isAborted = await control.isAborted
      let message = ServerMessage(error, of: nil, in: step.migration.file)
      var position = position
      position.done = step.statements.count
      return try await leave(step, isAborted ? .aborted : .failed(message), position, began: began)
    }
    let evidence = environment.evidence(id, after)
    log.emit(.verified(id, evidence))
    emitDifference(of: id, from: before, to: after)
    // What is done is committed already: there is nothing left to ask about.
    if let before = before ?? lastSnapshot {
      emitAccess(environment.accessChange(before, after), by: id)
    }
    lastSnapshot = after
    _ = try await connection.query("BEGIN")
    var position = position
    position.done = step.statements.count - position.skipped.count
    try await record(
      step, .applied, position, isUnverified: evidence.found < evidence.expected, began: began)
    try await recordChanges(of: id, from: before, to: after)
    try await SupabaseHistory(connection: connection).record(step.migration)
    try await commit(step)
    log.emit(.migrationFinished(id, .applied, milliseconds: (environment.uptime() - began) * 1_000))
    return .applied
  }

  /// Says that nothing of a migration was sent in this run; what the history says of it stays.
  private func notBegun(
    _ step: PlanStep, because error: PostgresError, _ position: StatementPosition, began: Double
  ) async -> StepEnd {
    let isAborted = await control.isAborted
    let message = ServerMessage(error, of: nil, in: step.migration.file)
    log.emit(
      .migrationFinished(
        step.migration.id,
        isAborted
          ? .aborted(statementsDone: position.done) : .failed(message, statementsDone: position.done),
        milliseconds: (environment.uptime() - began) * 1_000))
    return isAborted ? .aborted : .failed
  }

  /// Why a migration cannot go on where it was left; nil if it can.
  private static func problemOfResuming(
    _ step: PlanStep, _ unfinished: UnfinishedMigration?
  ) -> ServerMessage? {
    guard let unfinished, unfinished.statementsDone > 0 else { return nil }
    let done = unfinished.statementsDone
    guard unfinished.agrees(with: step.statements) else {
      return ServerMessage(
        severity: "ERROR", code: "",
        message: "the file has changed in its first \(done) statements, which have run already",
        hint: "Put them back as they were; what follows them may change.")
    }
    if let lost = SessionReplay(step.statements, done: done).lostObject {
      return ServerMessage(
        severity: "ERROR", code: "",
        message:
          "the first \(done) statements made the temporary object \"\(lost)\", which the rest needs and "
          + "which went with its session",
        hint: "Run the rest by hand in one session with it, then `signalbox adopt \(step.migration.id)`.")
    }
    return nil
  }

  /// Sets a new session as the statements that ran before had set theirs.
  private func replaySession(of step: PlanStep, before done: Int) async throws {
    for index in SessionReplay(step.statements, done: done).statements {
      _ = try await connection.query(step.statements[index].text)
    }
  }

  private func leave(
    _ step: PlanStep, _ end: StatementEnd, _ position: StatementPosition, began: Double
  ) async throws -> StepEnd {
    try await connection.endTransaction()
    try await resetSession()
    let id = step.migration.id
    let milliseconds = (environment.uptime() - began) * 1_000
    let outcome: MigrationOutcome
    let stepEnd: StepEnd
    var error = "stopped by the operator"
    switch end {
    case .failed(let message), .retryMigration(let message):
      error = message.message
      outcome = .failed(message, statementsDone: position.done)
      stepEnd = .failed
    case .done, .skipped, .aborted, .migrationSkipped:
      outcome = .aborted(statementsDone: position.done)
      stepEnd = .aborted
    }
    _ = try await connection.query("BEGIN")
    try await record(step, .failed, position, error: error, began: began)
    if position.sawEnd { try await history.recordFailureUnderWay(of: id) }
    _ = try await connection.query("COMMIT")
    log.emit(.migrationFinished(id, outcome, milliseconds: milliseconds))
    return stepEnd
  }

  private func record(
    _ step: PlanStep, _ state: HistoryEntry.State, _ position: StatementPosition, isUnverified: Bool = false,
    error: String? = nil, began: Double
  ) async throws {
    try await history.record(
      HistoryRow(
        migration: step.migration, state: state, run: run,
        milliseconds: (environment.uptime() - began) * 1_000, statementsDone: position.done,
        statementsTotal: step.statements.count, statementsSkipped: position.skipped,
        isUnverified: isUnverified, error: error))
  }
}

/// How far a migration has come that runs statement by statement.
struct StatementPosition: Sendable {
  /// How many statements are committed.
  var done: Int
  /// The statements that the operator left out.
  var skipped: [Int]
  /// The statement that a run before has sent without recording its end.
  var underWay: UnfinishedMigration.UnderWay?
  /// Whether the end of the last statement that was noted before it was sent was seen.
  var sawEnd = false
  /// The statements that this run has sent bare: what they leave half-done is ours to drop.
  var sentBare: Set<Int> = []

  init(_ unfinished: UnfinishedMigration?) {
    done = unfinished?.statementsDone ?? 0
    skipped = unfinished?.statementsSkipped ?? []
    underWay = unfinished?.underWay
  }
}
