import Catalog
import Migrations
import Postgres
import Schema
import Script

extension Runner {
  /// What became of a migration that was sent as one message.
  enum MessageEnd {
    case end(StepEnd)
    case again(ServerMessage)
  }

  /// Judges the answers to a migration's statements and to the look at what it touches; the commit waits for the next
  /// message.
  func complete(
    _ message: MigrationMessage, _ progress: MessageProgress,
    _ answers: MessageAnswers, attempt: Int
  ) async throws -> MessageEnd {
    let step = message.step
    let began = progress.began
    if let (place, error) = answers.failure {
      if error.isLost { throw error }
      if await control.isAborted {
        return .end(try await rollBack(step, .aborted(statementsDone: 0), began: began, end: .aborted))
      }
      guard message.statements.contains(place) else {
        let message = ServerMessage(error, of: nil, in: step.migration.file)
        return .end(try await rollBack(step, .rolledBack(message), began: began, end: .failed))
      }
      let number = place - message.statements.lowerBound
      let failure = ServerMessage(error, of: step.statements[number], in: step.migration.file)
      log.emit(.statementFailed(step.migration.id, statement: number, failure))
      if Self.isTransient(failure), attempt < request.attempts {
        try await connection.endTransaction()
        return .again(failure)
      }
      return .end(try await rollBack(step, .rolledBack(failure), began: began, end: .failed))
    }
    return .end(try await verify(message, began: began, answers))
  }

  private func verify(
    _ message: MigrationMessage, began: Double, _ answers: MessageAnswers
  ) async throws -> StepEnd {
    let step = message.step
    let id = step.migration.id
    guard let state = atOnce, let verification = environment.touched else { return .failed }
    let results = answers.results(from: message.transaction, to: message.requests.count)
    let transaction = try results.first?.rows.first?.text("transaction") ?? "0"
    let after: Snapshot
    if let shown = try message.look.read(Array(results.dropFirst()), of: message.touched) {
      after = shown
    } else {
      do {
        after = try await lookCompletely(message)
      } catch let error as PostgresError where !error.isLost {
        if await control.isAborted {
          return try await rollBack(step, .aborted(statementsDone: 0), began: began, end: .aborted)
        }
        let reason = ServerMessage(error, of: nil, in: step.migration.file)
        return try await rollBack(step, .rolledBack(reason), began: began, end: .failed)
      }
    }
    let before = state.catalog.part(message.touched)
    let evidence = verification.evidence(id, after)
    log.emit(.verified(id, evidence))
    let difference = SnapshotDifference(from: before, to: after)
    log.emit(.difference(id, difference))
    let (accessBefore, accessAfter) = state.catalog.forAccess(message.touched, before, after)
    var end = await checkAccess(id, environment.accessChange(accessBefore, accessAfter))
    if end == nil { end = await judge(evidence, of: id, after) }
    switch end {
    case .verified(let isUnverified, _):
      let next = unsettled(
        message, difference, left: after, transaction: transaction, isUnverified: isUnverified, began: began)
      atOnce?.unsettled = next
      return .applied
    case .refused(let reason):
      return try await rollBack(step, .rolledBack(reason), began: began, end: .failed)
    case .aborted, nil:
      return try await rollBack(step, .aborted(statementsDone: 0), began: began, end: .aborted)
    }
  }

  /// Looks at what a plain look does not show in full, in the migration's transaction.
  ///
  /// - Throws: ``PostgresError`` if the look failed, was aborted, or the session was lost.
  private func lookCompletely(_ message: MigrationMessage) async throws -> Snapshot {
    let isPrepared = atOnce?.isPreparedForCompleteLooks == true
    let asked = message.look.completeRequests(for: message.touched)
    let requests = (isPrepared ? [] : message.look.completePreparation) + asked
    let connection = connection
    let last = max(0, message.step.statements.count - 1)
    let outcomes = try await interruptible(message.step.migration.id, at: last) {
      try await connection.pipeline(requests)
    }
    let results = try outcomes.map { try $0.get() }
    atOnce?.isPreparedForCompleteLooks = true
    return try message.look.readComplete(Array(results.suffix(asked.count)), of: message.touched)
  }

  private func unsettled(
    _ message: MigrationMessage, _ difference: SnapshotDifference, left: Snapshot, transaction: String,
    isUnverified: Bool, began: Double
  ) -> UnsettledMigration {
    let step = message.step
    let events = log.takeUnstored()
    var requests = [
      history.request(
        for: HistoryRow(
          migration: step.migration, state: .applied, run: run,
          milliseconds: (environment.uptime() - began) * 1_000, statementsDone: step.statements.count,
          statementsTotal: step.statements.count, isUnverified: isUnverified)
      ).prepared(as: "signalbox_record")
    ]
    if atOnce?.hasSupabaseHistory == true, let record = SupabaseHistory.request(for: step.migration) {
      requests.append(record)
    }
    let changes = ObjectChange.changes(in: difference)
    requests += history.requests(
      for: events, changes.isEmpty ? nil : ChangeList(changes, by: step.migration.id), of: run,
      preparedAs: "signalbox_events")
    requests.append(PipelineRequest("COMMIT", synchronizes: true, flushes: true))
    return UnsettledMigration(
      step: step, touched: message.touched, left: left, requests: requests, events: events,
      transaction: transaction, began: began)
  }
}
