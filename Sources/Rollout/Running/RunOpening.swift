import Catalog
import Migrations
import Postgres
import Schema

/// What the first message of a run has told, all of it while the lock was ours.
struct RunOpening: Sendable {
  /// Which transactions a look at the catalog would show.
  let moment: CatalogMoment
  /// Whether the history's tables are there.
  let isHistoryThere: Bool
  /// Whether they are of the version that this client writes; false where it was not asked.
  let isHistoryCurrent: Bool
  /// The rows of the history; nil if they were not asked for.
  let entries: [MigrationID: HistoryEntry]?
}

extension Runner {
  /// Takes the lock, and makes the session as every migration is to find it: one message, where nobody is in the way.
  ///
  /// - Throws: ``RolloutError``, ``PostgresError``; then the lock is not ours.
  func open(_ lock: RunLock) async throws {
    // What this would set in a session that is lent to us stays in it for others.
    if request.moment?.isPooled == true { return try await take(lock, mayBePooled: true) }
    let reader = HistoryReader(connection: connection, project: request.project)
    // Asked for where they are known to be there: the server would note each look at a missing table as an error.
    let isKnown = request.entries?.isEmpty == false
    let parts: [[PipelineRequest]] = [
      lock.requests(unlessPooled: connection.server.processID), [ForeignLocks.request],
      sessionReset + Self.sessionCleaning, clientCheck,
      [CatalogMoment.request, PipelineRequest(HistoryStore.presence, synchronizes: true)],
      isKnown ? [HistoryStore.version, reader.entriesRequest] : [],
    ]
    let outcomes = try await connection.pipeline(parts.flatMap(\.self))
    var answers: [[Result<QueryResult, PostgresError>]] = []
    for part in parts {
      let first = answers.reduce(0) { $0 + $1.count }
      answers.append(Array(outcomes[first..<(first + part.count)]))
    }
    let attempt = try lock.attempt(try answers[0].map { try $0.get() })
    guard attempt == .taken, try ForeignLocks.held(try answers[1][0].get()).isEmpty else {
      if attempt == .taken { try await lock.release() }
      return try await take(lock, mayBePooled: attempt == .pooled)
    }
    do {
      for answer in answers[2] { _ = try answer.get() }
      canCheckClient = try Self.isTaken(answers[3])
      opening = RunOpening(
        moment: try CatalogMoment(try answers[4][0].get()),
        isHistoryThere: try HistoryStore.isInstalled(try answers[4][1].get()),
        isHistoryCurrent: try isKnown
          && HistoryStore.refuseNewer(try answers[5][0].get()) == HistorySchema.version,
        entries: try isKnown ? HistoryReader.entries(try answers[5][1].get()) : nil)
    } catch {
      // The lock goes with a lost session; on a live one it must not outlive the run.
      try? await lock.release()
      throw error
    }
  }

  /// Opens the run in the history: one message, if the opening has told which tables there are.
  ///
  /// Makes the tables where there are none, and prepares what single messages need if the first migration can be one.
  func beginRun() async throws {
    var installing: [PipelineRequest] = []
    if let opening, !opening.isHistoryThere {
      installing = HistoryStore.installation
    } else if opening?.isHistoryCurrent != true {
      try await history.install()
    }
    let look = request.plan.steps.first.flatMap { canBegin(with: $0) ? touchedLook : nil }
    let beginning = history.beginning(of: request.mode.rawValue, by: request.identity)
    let requests = installing + [beginning] + (look.map(preparation) ?? [])
    let outcomes = try await connection.pipeline(requests)
    do {
      let made = try outcomes.prefix(installing.count).map { try $0.get() }
      if !made.isEmpty { try HistoryStore.refuseNewer(made[made.count - 2]) }
    } catch {
      // The first error says what went wrong; a session that is gone has lost its transaction anyway.
      try? await connection.endTransaction()
      throw history.explained(error)
    }
    run = try HistoryStore.run(try outcomes[installing.count].get())
    log.emit(
      .runStarted(run: run, mode: request.mode, migrations: request.plan.steps.map(\.migration.id)))
    if look != nil { watchMessages() }
    if let look { atOnce = try await prepared(look, Array(outcomes[(installing.count + 1)...])) }
  }

  /// Stores what is left to store, ends the run in the history, and leaves session and lock to others: one message.
  ///
  /// The session may serve somebody else after us: a pooler's, or the console's next run.
  func finish(_ outcome: RunOutcome, _ lock: RunLock) async throws {
    log.emit(.runFinished(outcome))
    let events = log.takeUnstored()
    let requests =
      history.requests(for: events, of: run) + [history.ending(of: run, outcome: outcome)] + sessionReset
      + Self.sessionCleaning + [lock.releasing]
    let outcomes = try await connection.pipeline(requests)
    for outcome in outcomes {
      guard case .failure(let error) = outcome else { continue }
      log.putBack(events)
      throw error
    }
  }

  private static func isTaken(_ outcomes: [Result<QueryResult, PostgresError>]) throws -> Bool {
    switch outcomes.first {
    case .success: return true
    case .failure(let error) where error.code != .server: throw error
    case .failure, nil: return false
    }
  }
}
