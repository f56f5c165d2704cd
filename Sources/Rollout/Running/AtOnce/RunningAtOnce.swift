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
  /// Whether the session is prepared for what a plain look does not show in full.
  var isPreparedForCompleteLooks = false
  /// Whether the Supabase CLI's history is there to be written.
  let hasSupabaseHistory: Bool
  /// The migration that has run and was verified, and whose commit goes out with the next message.
  var unsettled: UnsettledMigration?
}

/// A migration that waits for its history row and its commit.
struct UnsettledMigration: Sendable {
  let step: PlanStep
  let touched: TouchedObjects
  /// What its look at the catalog has shown.
  let left: Snapshot
  /// Its history row, the events so far, and COMMIT.
  let requests: [PipelineRequest]
  /// The events that these store.
  let events: EventBacklog
  /// Its transaction, by which a lost commit is settled.
  let transaction: String
  let began: Double
}

extension Runner {
  /// Foretells a migration that can be sent as one message; nil if it must run statement by statement.
  func forecast(_ step: PlanStep) async throws -> TouchForecast? {
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
    let row = history.request(for: HistoryRow(migration: request.plan.steps[0].migration, state: .applied))
    let events = history.request(forEvents: nil, nil, of: run, number: 0)
    return look.preparation + [
      .prepare("signalbox_record", row.sql), .prepare("signalbox_events", events.sql),
      PipelineRequest(SupabaseHistory.presence, synchronizes: true),
    ]
  }

  /// Takes in the answers to the preparation, and the one whole snapshot; nil if the server does not take what is
  /// prepared.
  func prepared(
    _ look: TouchedLook, _ outcomes: [Result<QueryResult, PostgresError>]
  ) async throws -> AtOnceState? {
    let failure = outcomes.lazy.compactMap { outcome in
      if case .failure(let error) = outcome { error } else { nil }
    }.first
    if let failure {
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
    do {
      return AtOnceState(
        catalog: KnownCatalog(try await catalogNow()), look: look, hasSupabaseHistory: hasSupabaseHistory)
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

  /// Runs a migration as one message, which also carries the commit of the one before.
  func runAtOnce(_ step: PlanStep, _ forecast: TouchForecast) async throws -> StepEnd {
    var attempt = 1
    // Only what is needed is taken out: while somebody else holds the known catalog, each change to it copies it whole.
    while let look = atOnce?.look {
      let previous = atOnce?.unsettled
      atOnce?.unsettled = nil
      let message = MigrationMessage(step, forecast, look: look, after: previous, resetting: sessionReset)
      let progress = MessageProgress(
        message, attempt: attempt, log: log, uptime: environment.uptime)
      let answers = await send(message, progress)
      if let previous {
        let failure = answers.failure.flatMap { $0.place < previous.requests.count ? $0.error : nil }
        let end = try await conclude(previous, failure)
        guard end == .applied else { return end }
      }
      switch try await complete(message, progress, answers, attempt: attempt) {
      case .end(let end): return end
      case .again(let error):
        attempt += 1
        await pause(before: attempt, of: step.migration.id, because: error)
        if await control.isAborted {
          log.emit(.migrationStarted(step.migration.id, attempt: attempt))
          log.emit(.migrationFinished(step.migration.id, .aborted(statementsDone: 0), milliseconds: 0))
          return .aborted
        }
      }
    }
    return try await runInTransaction(step)
  }

  /// Commits the migration that waits for it, if one does.
  func settleLast() async throws -> StepEnd {
    guard let previous = atOnce?.unsettled else { return .applied }
    atOnce?.unsettled = nil
    let connection = connection
    let last = max(0, previous.step.statements.count - 1)
    var failure: PostgresError?
    do {
      let outcomes = try await interruptible(previous.step.migration.id, at: last) {
        try await connection.pipeline(previous.requests)
      }
      failure =
        outcomes.lazy.compactMap { outcome in
          if case .failure(let error) = outcome { error } else { nil }
        }.first
    } catch let error as PostgresError where error.code == .cancelled && !error.isLost {
      // Nothing of it was sent: an abort came first.
      failure = error
    }
    let end = try await conclude(previous, failure)
    if end == .applied {
      log.emit(
        .migrationFinished(
          previous.step.migration.id, .applied,
          milliseconds: (environment.uptime() - previous.began) * 1_000))
      lastSnapshot = atOnce?.catalog.whole
    }
    return end
  }

  /// Has somebody look who is in the way of messages, from now to the end of the run.
  func watchMessages() {
    guard messageWatch == nil else { return }
    messageWatch = MessageWatch(connection, observer, log, environment)
  }

  /// Sends a message so that an abort cancels it on the server.
  private func send(
    _ message: MigrationMessage, _ progress: MessageProgress
  ) async -> MessageAnswers {
    if message.previous == nil { progress.begin() }
    messageWatch?.begin(message.step.migration.id, progress)
    defer { messageWatch?.end() }
    let connection = connection
    return await Connection.cancellable(by: control.canceller) {
      var answers = MessageAnswers()
      for slice in message.slices where answers.failure == nil {
        do {
          let outcomes = try await connection.pipeline(Array(message.requests[slice])) {
            progress.hear(slice.lowerBound + $0, $1)
          }
          answers.take(outcomes, of: slice, in: message)
        } catch {
          // Nothing of it was sent: an abort came first, or the session was gone.
          answers.fail(
            at: slice.lowerBound, error as? PostgresError ?? PostgresError(.cancelled, "\(error)"))
        }
      }
      return answers
    }
  }

  /// Settles how the commit of the migration before went, which the first answers of a message tell.
  private func conclude(
    _ previous: UnsettledMigration, _ failure: PostgresError?
  ) async throws -> StepEnd {
    let id = previous.step.migration.id
    guard let failure else {
      atOnce?.catalog.replace(previous.touched, with: previous.left)
      return .applied
    }
    log.putBack(previous.events)
    if failure.isLost {
      // The session is gone whatever became of the commit: who asks for the rest gets the error.
      if try await wasCommitted(id, transaction: previous.transaction, because: failure) {
        log.emit(
          .migrationFinished(
            id, .applied, milliseconds: (environment.uptime() - previous.began) * 1_000))
      }
      throw failure
    }
    if await control.isAborted, failure.code == .cancelled {
      return try await rollBack(
        previous.step, .aborted(statementsDone: 0), began: previous.began, end: .aborted)
    }
    let message = ServerMessage(failure, of: nil, in: previous.step.migration.file)
    return try await rollBack(previous.step, .rolledBack(message), began: previous.began, end: .failed)
  }
}
