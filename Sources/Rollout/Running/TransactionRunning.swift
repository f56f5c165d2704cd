import Migrations
import Postgres
import Schema
import Script

extension Runner {
  /// How one attempt at a migration ended.
  private enum Attempt {
    case end(StepEnd)
    case again(ServerMessage)
  }

  /// Runs a migration in one transaction: statements, verification, history row, commit.
  func runInTransaction(_ step: PlanStep) async throws -> StepEnd {
    var attempt = 1
    while true {
      switch try await runOnce(step, attempt: attempt) {
      case .end(let end): return end
      case .again(let message):
        attempt += 1
        await pause(before: attempt, of: step.migration.id, because: message)
      }
    }
  }

  /// Waits before another attempt at what got no lock; an abort ends the wait.
  func pause(before attempt: Int, of id: MigrationID, because message: ServerMessage) async {
    // Twice as long each time, between half and the whole of it, so that two rivals do not meet again.
    let pause = 0.2 * Double(1 << min(attempt - 1, 8)) * (0.5 + environment.random() / 2)
    log.emit(.retrying(id, attempt: attempt, afterMilliseconds: pause * 1_000, message))
    let environment = environment
    await control.cancellable { try? await environment.sleep(pause) }
  }

  private func runOnce(_ step: PlanStep, attempt: Int) async throws -> Attempt {
    let id = step.migration.id
    let began = environment.uptime()
    log.emit(.migrationStarted(id, attempt: attempt))
    try await beginSession()
    let before: Snapshot?
    do {
      before = try await snapshotBefore(step, at: 0)
    } catch let error as PostgresError where !error.isLost {
      return try await giveUp(step, because: error, attempt: attempt, began: began)
    }
    _ = try await connection.query("BEGIN")
    hasSavepoint = false
    var skipped: [Int] = []
    for index in step.statements.indices {
      switch try await perform(index, of: step, guarded: request.isInteractive) {
      case .done: break
      case .skipped: skipped.append(index)
      case .migrationSkipped: return .end(try await leaveOut(step, began: began))
      case .aborted:
        return .end(try await rollBack(step, .aborted(statementsDone: 0), began: began, end: .aborted))
      case .failed(let message):
        return .end(try await rollBack(step, .rolledBack(message), began: began, end: .failed))
      case .retryMigration(let message):
        if attempt < request.attempts {
          _ = try await connection.query("ROLLBACK")
          return .again(message)
        }
        return .end(try await rollBack(step, .rolledBack(message), began: began, end: .failed))
      }
    }
    let left: Snapshot
    do {
      switch try await verify(step, before: before) {
      case .verified(let isUnverified, let snapshot):
        left = snapshot
        let skipped = skipped
        try await interruptible(id, at: max(0, step.statements.count - 1)) { [self] in
          try await recordApplied(step, skipped: skipped, isUnverified: isUnverified, began: began)
          try await recordChanges(of: id, from: before, to: snapshot)
        }
      case .refused(let message):
        return .end(try await rollBack(step, .rolledBack(message), began: began, end: .failed))
      case .aborted:
        return .end(try await rollBack(step, .aborted(statementsDone: 0), began: began, end: .aborted))
      }
      try await commit(step)
    } catch let error as PostgresError where !error.isLost {
      return try await giveUp(step, because: error, attempt: attempt, began: began)
    }
    let milliseconds = (environment.uptime() - began) * 1_000
    lastSnapshot = left
    log.emit(.migrationFinished(id, .applied, milliseconds: milliseconds))
    return .end(.applied)
  }

  /// Rolls back what could not be looked at, recorded or committed: to be tried again if it only got no lock in time.
  private func giveUp(
    _ step: PlanStep, because error: PostgresError, attempt: Int, began: Double
  ) async throws -> Attempt {
    if await control.isAborted {
      return .end(try await rollBack(step, .aborted(statementsDone: 0), began: began, end: .aborted))
    }
    let message = ServerMessage(error, of: nil, in: step.migration.file)
    if Self.isTransient(message), attempt < request.attempts {
      try await connection.endTransaction()
      return .again(message)
    }
    return .end(try await rollBack(step, .rolledBack(message), began: began, end: .failed))
  }

  /// Says what a migration has changed; nothing if it is not known how it was before.
  func emitDifference(of id: MigrationID, from before: Snapshot?, to after: Snapshot) {
    guard let before else { return }
    log.emit(.difference(id, SnapshotDifference(from: before, to: after)))
  }

  /// Keeps what a migration did to each object, with the definitions before and after.
  func recordChanges(of id: MigrationID, from before: Snapshot?, to after: Snapshot) async throws {
    guard let before else { return }
    let changes = ObjectChange.changes(in: SnapshotDifference(from: before, to: after))
    try await history.record(changes, by: id, in: run, after: log.count)
  }

  private func recordApplied(
    _ step: PlanStep, skipped: [Int], isUnverified: Bool, began: Double
  ) async throws {
    _ = try await connection.query("SET LOCAL search_path = pg_catalog, pg_temp")
    try await history.record(
      HistoryRow(
        migration: step.migration, state: .applied, run: run,
        milliseconds: (environment.uptime() - began) * 1_000,
        statementsDone: step.statements.count - skipped.count, statementsTotal: step.statements.count,
        statementsSkipped: skipped, isUnverified: isUnverified))
    try await SupabaseHistory(connection: connection).record(step.migration)
  }

  /// Rolls a migration back whole, and says so.
  func rollBack(
    _ step: PlanStep, _ outcome: MigrationOutcome, began: Double, end: StepEnd
  ) async throws -> StepEnd {
    try await connection.endTransaction()
    try await resetSession()
    log.emit(
      .migrationFinished(
        step.migration.id, outcome, milliseconds: (environment.uptime() - began) * 1_000))
    return end
  }

  /// Rolls back what a migration has done, and records that the operator left it out.
  private func leaveOut(_ step: PlanStep, began: Double) async throws -> StepEnd {
    try await connection.endTransaction()
    try await resetSession()
    try await history.record(
      HistoryRow(
        migration: step.migration, state: .skipped, run: run, statementsTotal: step.statements.count))
    log.emit(
      .migrationFinished(
        step.migration.id, .skipped, milliseconds: (environment.uptime() - began) * 1_000))
    return .skipped
  }

  /// What the verification before a commit came to.
  enum VerificationEnd {
    case verified(isUnverified: Bool, Snapshot)
    case refused(ServerMessage)
    case aborted
  }

  private func verify(_ step: PlanStep, before: Snapshot?) async throws -> VerificationEnd {
    guard await connection.transactionStatus == .inTransaction else {
      return .refused(
        ServerMessage(
          severity: "ERROR", code: "25P01", message: "the migration ended the transaction it runs in"))
    }
    // Deferred constraints fail here, where the error can still be shown with its migration, not at the commit.
    let id = step.migration.id
    let last = max(0, step.statements.count - 1)
    let connection = connection
    try await interruptible(id, at: last) { _ = try await connection.query("SET CONSTRAINTS ALL IMMEDIATE") }
    // What the script has set (a role, a timeout, a path) is over now: it must not get in the way of looking.
    try await resetSession()
    let after = try await interruptible(id, at: last, environment.snapshot)
    let evidence = environment.evidence(id, after)
    log.emit(.verified(id, evidence))
    emitDifference(of: id, from: before, to: after)
    if let before = before ?? lastSnapshot {
      if let end = await checkAccess(id, environment.accessChange(before, after)) { return end }
    }
    return await judge(evidence, of: id, after)
  }

  /// Lets only a migration be committed that has left what it should, or whose operator takes it as it is.
  func judge(_ evidence: Evidence, of id: MigrationID, _ after: Snapshot) async -> VerificationEnd {
    guard evidence.found < evidence.expected else { return .verified(isUnverified: false, after) }
    if request.isInteractive {
      let isAccepted = await ask(.unverified(evidence), of: id, accepting: .acceptUnverified)
      return isAccepted ? .verified(isUnverified: true, after) : .aborted
    }
    let missing = evidence.items.filter { $0.verdict != .found }.map(\.object.description)
    return .refused(
      ServerMessage(
        severity: "ERROR", code: "",
        message: "verification before the commit failed: "
          + "\(evidence.found) of \(evidence.expected) objects are as they should be",
        detail: "Not as they should be: " + missing.joined(separator: ", "),
        hint: "Nothing was committed. Look at the migration, or run it step by step and accept it there."))
  }

  /// Says what roles reach from now on; what goes beyond what was announced needs an answer before it is committed.
  func checkAccess(_ id: MigrationID, _ change: AccessChange) async -> VerificationEnd? {
    emitAccess(change, by: id)
    return await judgeAccess(change, of: id)
  }

  /// Lets nothing be committed that widens access beyond what was announced, unless the operator accepts it.
  func judgeAccess(_ change: AccessChange, of id: MigrationID) async -> VerificationEnd? {
    guard let excess = request.accessLimit?.excess(of: change, by: id), !excess.isEmpty else { return nil }
    if request.isInteractive || request.asksAboutAccess {
      return await ask(.widened(excess), of: id, accepting: .acceptAccess) ? nil : .aborted
    }
    return .refused(
      .wideningRefused(
        excess, hint: "Nothing was committed. See `plan --rehearse`, and acknowledge what it says."))
  }

  /// Shows what a migration changes of what roles reach, if it changes anything.
  func emitAccess(_ change: AccessChange, by id: MigrationID) {
    if !change.isEmpty { log.emit(.accessChanged(id, change)) }
  }

  /// Waits for the operator to accept something, or to abort.
  private func ask(
    _ reason: PauseReason, of id: MigrationID, accepting command: OperatorCommand
  ) async -> Bool {
    // Before the question is asked: an answer can come at once.
    await control.forgetAnswers()
    log.emit(.paused(id, statement: nil, reason))
    return await control.isAnswered(by: command)
  }
}

extension ServerMessage {
  /// What is said where access widens beyond what was announced, and nobody is there to accept it.
  static func wideningRefused(_ excess: [AccessChange.Cell], hint: String) -> ServerMessage {
    ServerMessage(
      severity: "ERROR", code: "", message: "the migration widens access beyond what was announced",
      detail: AccessChange(excess).sentences.map(\.text).joined(separator: "; "), hint: hint)
  }
}
