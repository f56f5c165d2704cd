import Catalog
import Migrations
import Postgres
import Schema
import Script

/// What a run keeps while it sends migrations as single messages.
struct AtOnceState {
  /// The catalog as the last migration left it.
  var catalog: KnownCatalog
  /// What is asked about the objects that a migration touches.
  let look: TouchedLook
  /// How what was shown of them is judged.
  let verification: TouchedVerification
  /// Whether the session is prepared for what a plain look does not show in full.
  var isPreparedForCompleteLooks = false
  /// What stores migrations in the histories that are there.
  let recorder: MigrationRecorder
  /// What has run and was verified, and whose commit goes out with the next message.
  var unsettled: UnsettledMessage?

  /// Gives the catalog away: while somebody else holds it, each change to it would copy it whole.
  mutating func takeCatalog() -> KnownCatalog {
    defer { catalog = KnownCatalog(Snapshot()) }
    return catalog
  }
}

extension Runner {
  /// The next migrations that go as one message; nil if the next one must run statement by statement.
  func nextGroup(of steps: ArraySlice<PlanStep>) async throws -> MigrationGroup? {
    guard let first = steps.first, let forecast = try await forecast(first) else { return nil }
    var group = MigrationGroup(first, forecast)
    var made = madeRelations
    guard mayShare(first, forecast, made) else { return group }
    made.formUnion(forecast.made)
    for step in steps.dropFirst() {
      guard isSentAtOnce(step), let forecast = atOnce.flatMap({ TouchForecast(step, in: $0.catalog) }),
        mayShare(step, forecast, made), group.take(step, forecast)
      else { break }
      made.formUnion(forecast.made)
    }
    return group
  }

  private func mayShare(_ step: PlanStep, _ forecast: TouchForecast, _ made: Set<ObjectIdentity>) -> Bool {
    !alone.contains(step.migration.id) && MigrationGroup.mayShare(forecast, made: made)
  }

  /// Foretells a migration that can be sent as one message; nil if it must run statement by statement.
  private func forecast(_ step: PlanStep) async throws -> TouchForecast? {
    guard isSentAtOnce(step), await !control.isAborted else { return nil }
    if atOnce == nil {
      guard let look = touchedLook, canBegin(with: step) else { return nil }
      try await beginSession()
      watchMessages()
      atOnce = try await prepared(look, try await connection.pipeline(preparation(look)))
    }
    guard let atOnce, !atOnce.catalog.hasOwnEventTriggers else { return nil }
    return TouchForecast(step, in: atOnce.catalog)
  }

  private func isSentAtOnce(_ step: PlanStep) -> Bool {
    guard case .single = step.mode else { return false }
    return environment.touched != nil && !request.isInteractive && request.mode == .straight
      && !cannotSendAtOnce
  }

  /// Whether a migration can be the first that is sent as one message.
  ///
  /// Asked of a catalog without objects: to prepare for what cannot be sent anyway would be dear.
  func canBegin(with step: PlanStep) -> Bool {
    isSentAtOnce(step) && TouchForecast(step, in: KnownCatalog(Snapshot())) != nil
  }

  /// What is asked about what migrations touch; nil if only whole snapshots will do.
  var touchedLook: TouchedLook? {
    environment.touched.map { TouchedLook(server: connection.server, scope: $0.scope) }
  }

  /// What prepares a session that has just begun; the tables of the history must be there.
  func preparation(_ look: TouchedLook) -> [PipelineRequest] {
    let recorder = MigrationRecorder(history: history, run: run, hasSupabaseHistory: false)
    return look.preparation + recorder.preparation(for: request.plan.steps[0].migration)
      + [PipelineRequest(SupabaseHistory.presence, synchronizes: true)]
  }

  /// Takes in the answers to the preparation, and the one whole snapshot; nil if the server does not take what is
  /// prepared.
  func prepared(
    _ look: TouchedLook, _ outcomes: [Result<QueryResult, PostgresError>]
  ) async throws -> AtOnceState? {
    if let failure = MessageFailure(in: outcomes, from: 0)?.error {
      if failure.isLost { throw failure }
      cannotSendAtOnce = true
      log.emitNotice(
        ServerMessage(
          severity: "WARNING", code: failure.sqlState ?? "",
          message: "migrations are sent statement by statement: \(failure.message)"))
      return nil
    }
    var look = look
    try look.learn(outcomes.prefix(look.preparation.count).map { try $0.get() })
    let hasSupabaseHistory = try outcomes.last?.get().rows.first?.bool("is_there") ?? false
    guard let verification = environment.touched else { return nil }
    do {
      return AtOnceState(
        catalog: KnownCatalog(try await catalogNow()), look: look, verification: verification,
        recorder: MigrationRecorder(history: history, run: run, hasSupabaseHistory: hasSupabaseHistory))
    } catch let error as PostgresError where !error.isLost {
      // Somebody holds a table: the migration goes statement by statement, which says so.
      return nil
    }
  }

  /// The catalog as it is: the one that the plan was made from, if nothing can have changed since.
  private func catalogNow() async throws -> Snapshot {
    if let snapshot = request.snapshot, let moment = request.moment, let opening,
      moment.isUnchanged(at: opening.moment)
    {
      return snapshot
    }
    // Who waits does so under the migration that runs statement by statement then.
    return try await environment.snapshotBefore(0.2)
  }

  /// Runs migrations as one message, which also carries the commit of the one before.
  func runAtOnce(_ group: MigrationGroup) async throws -> Advance {
    var attempt = 1
    while let state = atOnce.map({ (look: $0.look, verification: $0.verification, recorder: $0.recorder) }) {
      let previous = atOnce?.unsettled
      atOnce?.unsettled = nil
      let message = MigrationMessage(group, look: state.look, after: previous, resetting: sessionReset)
      let clock = MessageClock(environment.uptime)
      let examination = MessageExamination(
        message, in: atOnce?.takeCatalog() ?? KnownCatalog(Snapshot()), state.verification,
        accessChange: environment.accessChange, recorder: state.recorder, log: log, clock)
      let progress = MessageProgress(message, examination, clock, attempt: attempt, log: log)
      let failure = await send(message, progress)
      if let previous {
        let isItsOwn = failure.map { $0.place < previous.requests.count } ?? false
        let advance = try await conclude(previous, isItsOwn ? failure?.error : nil)
        guard case .on = advance else { return advance }
      }
      let end = try await complete(message, clock, examination, failure, attempt: attempt)
      atOnce?.catalog = examination.takeCatalog()
      switch end {
      case .end(.applied): return .on(group.members.count)
      case .end(let end): return .end(end)
      case .oneByOne: return .back(0)
      case .again(let error):
        attempt += 1
        let id = group.members[0].step.migration.id
        await pause(before: attempt, of: id, because: error)
        if await control.isAborted {
          log.emit(.migrationStarted(id, attempt: attempt))
          log.emit(.migrationFinished(id, .aborted(statementsDone: 0), milliseconds: 0))
          return .end(.aborted)
        }
      }
    }
    return .back(0)
  }

  /// Commits what waits for it, if anything does.
  func settleLast() async throws -> Advance {
    guard let previous = atOnce?.unsettled else { return .on(0) }
    atOnce?.unsettled = nil
    let connection = connection
    let last = max(0, previous.lastStep.statements.count - 1)
    var failure: PostgresError?
    do {
      let outcomes = try await interruptible(previous.lastStep.migration.id, at: last) {
        try await connection.pipeline(previous.requests)
      }
      failure = MessageFailure(in: outcomes, from: 0)?.error
    } catch let error as PostgresError where error.code == .cancelled && !error.isLost {
      // Nothing of it was sent: an abort came first.
      failure = error
    }
    let advance = try await conclude(previous, failure)
    if case .on = advance {
      previous.tellCommit(to: log, at: environment.uptime())
      lastSnapshot = atOnce?.catalog.whole
    }
    return advance
  }

  /// Has somebody look who is in the way of messages, from now to the end of the run.
  func watchMessages() {
    guard messageWatch == nil else { return }
    messageWatch = MessageWatch(connection, observer, log, environment)
  }

  /// Sends a message so that an abort cancels it on the server.
  private func send(
    _ message: MigrationMessage, _ progress: MessageProgress
  ) async -> MessageFailure? {
    if message.previous == nil { progress.begin() }
    messageWatch?.begin(progress)
    defer { messageWatch?.end() }
    let connection = connection
    return await Connection.cancellable(by: control.canceller) {
      for slice in message.slices {
        do {
          let outcomes = try await connection.pipeline(Array(message.requests[slice])) {
            progress.hear(slice.lowerBound + $0, $1)
          }
          if let failure = MessageFailure(in: outcomes, from: slice.lowerBound) { return failure }
        } catch {
          // Nothing of it was sent: an abort came first, or the session was gone.
          return MessageFailure(
            at: slice.lowerBound, error as? PostgresError ?? PostgresError(.cancelled, "\(error)"))
        }
      }
      return nil
    }
  }

  /// Settles how the commit of the message before went, which the first answers of a message tell.
  private func conclude(_ previous: UnsettledMessage, _ failure: PostgresError?) async throws -> Advance {
    guard let failure else { return .on(0) }
    log.putBack(previous.events)
    let step = previous.lastStep
    if failure.isLost {
      // The session is gone whatever became of the commit: who asks for the rest gets the error.
      if try await wasCommitted(step.migration.id, transaction: previous.transaction, because: failure) {
        previous.tellCommit(to: log, at: environment.uptime())
      }
      throw failure
    }
    if await control.isAborted, failure.code == .cancelled {
      if previous.isShared { tellAlone(step) }
      return .end(
        try await rollBack(
          step, .aborted(statementsDone: 0), began: previous.began, end: .aborted))
    }
    if previous.isShared {
      try await separate(previous.steps)
      return .back(previous.steps.count)
    }
    let message = ServerMessage(failure, of: nil, in: step.migration.file)
    return .end(try await rollBack(step, .rolledBack(message), began: previous.began, end: .failed))
  }

  /// Tells of one migration alone, instead of all that share its transaction, that it has begun.
  func tellAlone(_ step: PlanStep) {
    log.forgetHeld()
    log.emit(.migrationStarted(step.migration.id, attempt: 1))
  }

  /// Rolls back migrations that share a transaction, so that they run one by one: then what is wrong with one of them is
  /// told as it is, and those before it stay.
  func separate(_ steps: [PlanStep]) async throws {
    log.forgetHeld()
    try await connection.endTransaction()
    alone.formUnion(steps.map(\.migration.id))
    atOnce = nil
  }
}
