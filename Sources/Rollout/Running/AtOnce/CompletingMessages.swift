import Catalog
import Migrations
import Postgres
import Schema
import Script

extension Runner {
  /// What became of the migrations of a message.
  enum MessageEnd {
    case end(StepEnd)
    /// It got no lock in time.
    case again(ServerMessage)
    /// Something is wrong with one of those that share a transaction: each is to run in its own.
    case oneByOne
  }

  /// Judges what was found of the migrations of a message; the commit waits for the next message.
  func complete(
    _ message: MigrationMessage, _ clock: MessageClock, _ examination: MessageExamination,
    _ failure: MessageFailure?, attempt: Int
  ) async throws -> MessageEnd {
    await examination.finish()
    if let failure { return try await giveUp(message, clock, failure, attempt: attempt) }
    while let look = examination.incompleteLook {
      do {
        let shown = try await lookCompletely(look, of: message)
        examination.show(shown)
      } catch let error as PostgresError {
        let failure = MessageFailure(at: look.places.upperBound, error)
        return try await giveUp(message, clock, failure, attempt: attempt)
      }
    }
    let findings = examination.findings
    guard findings.count == message.parts.count else {
      let error =
        examination.failure ?? PostgresError(.unexpectedValue, "a look at the catalog was not answered")
      let failure = MessageFailure(at: message.requests.count, error)
      return try await giveUp(message, clock, failure, attempt: attempt)
    }
    let end =
      message.isShared
      ? judgeWithoutAsking(findings, of: message) : await judge(findings[0], of: message.parts[0].step)
    switch end {
    case .verified(let isUnverified, _):
      let next = unsettled(message, clock, examination, isUnverified: isUnverified)
      atOnce?.unsettled = next
      for part in message.parts { madeRelations.formUnion(part.made) }
      return .end(.applied)
    case .refused(let reason):
      let step = message.parts[0].step
      return .end(try await rollBack(step, .rolledBack(reason), began: clock.began(0), end: .failed))
    case .aborted: return try await abort(message, clock)
    case nil:
      try await separate(message.steps)
      return .oneByOne
    }
  }

  /// Rolls back what failed, or was aborted.
  private func giveUp(
    _ message: MigrationMessage, _ clock: MessageClock, _ failure: MessageFailure, attempt: Int
  ) async throws -> MessageEnd {
    let error = failure.error
    if error.isLost { throw error }
    if await control.isAborted { return try await abort(message, clock) }
    if message.isShared {
      try await separate(message.steps)
      return .oneByOne
    }
    let step = message.parts[0].step
    guard let (_, number) = message.statement(at: failure.place) else {
      let reason = ServerMessage(error, of: nil, in: step.migration.file)
      return .end(try await rollBack(step, .rolledBack(reason), began: clock.began(0), end: .failed))
    }
    let reason = ServerMessage(error, of: step.statements[number], in: step.migration.file)
    log.emit(.statementFailed(step.migration.id, statement: number, reason))
    if Self.isTransient(reason), attempt < request.attempts {
      try await connection.endTransaction()
      return .again(reason)
    }
    return .end(try await rollBack(step, .rolledBack(reason), began: clock.began(0), end: .failed))
  }

  /// Rolls back what the operator has stopped; of those that share a transaction the one is told that ran.
  private func abort(_ message: MigrationMessage, _ clock: MessageClock) async throws -> MessageEnd {
    let running = message.parts[max(0, clock.partsBegun - 1)].step
    if message.isShared { tellAlone(running) }
    return .end(
      try await rollBack(
        running, .aborted(statementsDone: 0), began: clock.began(clock.partsBegun - 1), end: .aborted))
  }

  /// Lets only a migration be committed that has left what it should, and widens no more than was announced, or whose
  /// operator takes it as it is.
  private func judge(_ finding: MessageExamination.Finding, of step: PlanStep) async -> VerificationEnd? {
    if let end = await judgeAccess(finding.access, of: step.migration.id) { return end }
    return await judge(finding.evidence, of: step.migration.id, finding.left)
  }

  /// Lets migrations be committed together about none of which anybody has to be asked; nil if there is one.
  private func judgeWithoutAsking(
    _ findings: [MessageExamination.Finding], of message: MigrationMessage
  ) -> VerificationEnd? {
    for (finding, part) in zip(findings, message.parts) {
      guard finding.evidence.found >= finding.evidence.expected,
        request.accessLimit?.excess(of: finding.access, by: part.step.migration.id).isEmpty != false
      else { return nil }
    }
    return findings.last.map { .verified(isUnverified: false, $0.left) }
  }

  /// Looks at what a plain look does not show in full, in the transaction of its migrations.
  ///
  /// - Throws: ``PostgresError`` if the look failed, was aborted, or the session was lost.
  private func lookCompletely(
    _ look: MigrationMessage.Look, of message: MigrationMessage
  ) async throws -> Snapshot {
    let isPrepared = atOnce?.isPreparedForCompleteLooks == true
    let asked = message.look.completeRequests(for: look.touched)
    let requests = (isPrepared ? [] : message.look.completePreparation) + asked
    let connection = connection
    let step = message.parts[look.parts.upperBound - 1].step
    let outcomes = try await interruptible(step.migration.id, at: max(0, step.statements.count - 1)) {
      try await connection.pipeline(requests)
    }
    let results = try outcomes.map { try $0.get() }
    atOnce?.isPreparedForCompleteLooks = true
    return try message.look.readComplete(Array(results.suffix(asked.count)), of: look.touched)
  }

  private func unsettled(
    _ message: MigrationMessage, _ clock: MessageClock, _ examination: MessageExamination,
    isUnverified: Bool
  ) -> UnsettledMessage {
    let recorder = examination.recorder
    let events = log.takeUnstored()
    var requests = examination.records
    if message.isShared {
      requests += recorder.requests(for: events)
    } else {
      requests += recorder.requests(
        for: message.parts[0].step, milliseconds: (environment.uptime() - clock.began(0)) * 1_000,
        isUnverified: isUnverified, changes: examination.findings[0].changes, events: events)
    }
    requests.append(PipelineRequest("COMMIT", synchronizes: true, flushes: true))
    return UnsettledMessage(
      steps: message.steps, requests: requests, events: events,
      transaction: examination.transaction ?? "0", began: clock.began(0))
  }
}
