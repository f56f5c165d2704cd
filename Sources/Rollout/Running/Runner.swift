import Migrations
import Postgres
import Schema

/// Runs a plan on a target: takes the operator's commands, emits events, knows no screen.
///
/// It has the connection for itself; whoever wants to look inside the open transaction may query it between
/// statements.
public actor Runner {
  let connection: Connection
  let observer: Observer?
  let notices: NoticeRelay
  let request: RunRequest
  let environment: RunEnvironment
  let control: RunControl
  let log: EventLog
  let history: HistoryStore
  let reconnect: @Sendable () async throws -> Connection
  var pace: Pace
  var run: Int64 = 0
  var hasSavepoint = false
  /// The database as the last migration left it, to see what the next one changes.
  var lastSnapshot: Snapshot?
  /// What the first message has told; nil once it has been used, or somebody was in the way.
  var opening: RunOpening?
  /// Whether the server looks for its client while a statement runs; nil until it was tried.
  var canCheckClient: Bool?

  /// What the run keeps while it sends migrations as single messages; nil until the first.
  var atOnce: AtOnceState?
  /// Looks who is in the way of messages; nil until the first.
  var messageWatch: MessageWatch?
  /// Whether that was tried and is not possible here.
  var cannotSendAtOnce = false
  /// The relations that the run has made: nobody can have waited for them before it.
  var madeRelations: Set<ObjectIdentity> = []
  /// The migrations that go alone, since something was wrong with one of those with which they shared a transaction.
  var alone: Set<MigrationID> = []

  /// How far the run goes before it waits for the operator.
  enum Pace {
    case statement
    case migration
    case free
  }

  /// Makes a runner.
  ///
  /// - Parameters:
  ///   - connection: The session in which everything runs.
  ///   - notices: Hears what the server says over `connection`.
  ///   - observer: Another session that looks who is in the way while a statement waits.
  ///   - reconnect: Opens a new session to ask how a commit ended whose answer was lost.
  ///   - deliver: Receives every event, in order.
  public init(
    connection: Connection, notices: NoticeRelay, observer: Observer? = nil, request: RunRequest,
    environment: RunEnvironment, control: RunControl,
    reconnect: @escaping @Sendable () async throws -> Connection,
    deliver: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.connection = connection
    self.observer = observer
    self.notices = notices
    self.request = request
    self.environment = environment
    self.control = control
    self.reconnect = reconnect
    self.log = EventLog(now: environment.now, deliver: deliver)
    self.history = HistoryStore(connection: connection, project: request.project)
    self.pace = request.mode == .step ? .statement : .free
  }

  /// Runs the plan to its end.
  ///
  /// - Throws: ``RolloutError`` or ``PostgresError`` if it could not begin or the connection was lost; what a
  ///   migration does wrong is an event and the outcome ``RunOutcome/failed``.
  public func run() async throws -> RunOutcome {
    if let problem = request.plan.problems.first { throw RolloutError.notRunnable(problem.message) }
    notices.listen { [log] notice in log.emitNotice(ServerMessage(notice)) }
    defer { notices.listen(nil) }
    let silence = await watchSilence()
    defer {
      silence.cancel()
      messageWatch?.stop()
    }
    do {
      guard request.mode == .dryRun else { return try await runLocked() }
      if try await !PoolerCheck.isDirect(connection) { try await refusePooledSession() }
      return try await rehearse()
    } catch let error as PostgresError where error.isLost {
      guard await control.isAborted else { throw error }
      throw RolloutError.unansweredAbort(log.currentMigration, error.message)
    }
  }

  /// Runs the plan under the lock.
  private func runLocked() async throws -> RunOutcome {
    let lock = RunLock(connection: connection, project: request.project)
    try await open(lock)
    do {
      let outcome = try await runSteps()
      try await finish(outcome, lock)
      return outcome
    } catch {
      // The lock goes with a lost session; on a live one it must not outlive the run.
      if await connection.transactionStatus == .idle { try? await lock.release() }
      throw error
    }
  }

  private func runSteps() async throws -> RunOutcome {
    try await beginRun()
    lastSnapshot = request.snapshot
    let steps = try await steps()
    opening = nil
    var next = 0
    while true {
      switch try await advance(steps[next...]) {
      case .on(let count):
        next += count
        if next == steps.count, atOnce?.unsettled == nil { return .done }
      case .back(let count): next -= count
      case .end(.failed): return .failed
      case .end: return .aborted
      }
    }
  }

  /// How far a run has come with what it sent.
  enum Advance {
    /// So many migrations are behind it.
    case on(Int)
    /// So many that were behind it were rolled back: they shared a transaction, and are to run one by one.
    case back(Int)
    /// Neither applied nor left out.
    case end(StepEnd)
  }

  /// Runs the next migrations: as one message if nothing has to stop in it, else one of them statement by statement.
  private func advance(_ steps: ArraySlice<PlanStep>) async throws -> Advance {
    if let group = try await nextGroup(of: steps) {
      let advance = try await runAtOnce(group)
      if atOnce?.unsettled == nil, case .on = advance { try await tidyUp() }
      return advance
    }
    if atOnce?.unsettled != nil {
      let advance = try await settleLast()
      guard case .on = advance, !steps.isEmpty else { return advance }
      try await storeEvents()
    }
    guard let step = steps.first else { return .on(0) }
    // What a script sets and makes is not foretold: the next message finds a session and a catalog that are known anew.
    atOnce = nil
    let end: StepEnd
    switch step.mode {
    case .single: end = try await runInTransaction(step)
    case .statementByStatement: end = try await runStatementByStatement(step)
    }
    switch end {
    case .applied, .skipped:
      try await tidyUp()
      return .on(1)
    case .failed, .aborted: return .end(end)
    }
  }

  /// Stores what has happened, where no message waits for its commit, and sees to the lock.
  private func tidyUp() async throws {
    try await storeEvents()
    try await keepLock()
  }

  /// How one migration of the plan ended, as far as the rest of the run is concerned.
  enum StepEnd {
    case applied
    /// The operator left it out; the run goes on.
    case skipped
    case failed
    case aborted
  }

  private func refusePooledSession() async throws {
    guard let observer else { return }
    try await PoolerCheck(connection: connection, other: try await observer.connection())
      .refusePooledSession()
  }

  /// Takes the lock when nobody is in the way any more, and puts the session into its state.
  func take(_ lock: RunLock, mayBePooled: Bool) async throws {
    if mayBePooled { try await refusePooledSession() }
    let start = environment.uptime()
    var pause = 0.1
    var hasSaidSo = false
    while let obstacle = try await obstacle(to: lock) {
      if let session = obstacle.session, !hasSaidSo {
        log.emit(.waitingForRun(holder: session))
        hasSaidSo = true
      }
      let isAborted = await control.isAborted
      guard !isAborted, environment.uptime() - start < request.waitForOtherRunSeconds else {
        if let tool = obstacle.tool { throw RolloutError.otherTool(tool, obstacle.session) }
        throw RolloutError.locked(by: obstacle.session)
      }
      try await environment.sleep(pause)
      pause = min(pause * 1.5, 1)
    }
    do {
      try await beginSession()
    } catch {
      // The lock goes with a lost session; on a live one it must not outlive the run.
      if await connection.transactionStatus == .idle { try? await lock.release() }
      throw error
    }
  }

  /// Who else is at work: another run of ours, or another tool that holds its own lock; nil if the lock is ours now.
  private func obstacle(
    to lock: RunLock
  ) async throws -> (tool: String?, session: SessionDescription?)? {
    if let holder = try await lock.tryToTake() { return (nil, holder.session) }
    guard let foreign = try await ForeignLocks(connection: connection).held().first else { return nil }
    try await lock.release()
    return (foreign.tool, foreign.session)
  }

  /// Takes the lock again if a script has given it away (`DISCARD ALL`, `pg_advisory_unlock_all()`).
  ///
  /// - Throws: ``RolloutError/locked(by:)`` if another run has it by now.
  private func keepLock() async throws {
    let lock = RunLock(connection: connection, project: request.project)
    if try await lock.isHeld() { return }
    if let holder = try await lock.tryToTake() { throw RolloutError.locked(by: holder.session) }
  }

  /// The steps as they are to be run now: without those that another run has done since the plan was made, and those that
  /// an earlier run has left half-done as it has begun them.
  private func steps() async throws -> [PlanStep] {
    let now = try await entriesNow()
    var steps: [PlanStep] = []
    for step in request.plan.steps {
      let id = step.migration.id
      let entry = now[id]
      if let seen = request.entries, let entry, entry.isChanged(since: seen[id]) {
        // What another run has left half-done goes on here as if it were ours.
        if [.running, .failed].contains(entry.state) {
          steps.append(step.continued(entry))
          continue
        }
        guard [.applied, .adopted].contains(entry.state), entry.checksum == step.migration.checksum else {
          throw RolloutError.historyChanged(id)
        }
        log.emit(
          .notice(
            id, statement: nil,
            ServerMessage(
              severity: "NOTICE", code: "",
              message: "\(id) is left out: another run has applied it since this plan was made")))
        continue
      }
      steps.append(entry.map(step.continued) ?? step)
    }
    return steps
  }

  /// The rows of the history, read under the lock.
  private func entriesNow() async throws -> [MigrationID: HistoryEntry] {
    if let opening {
      if !opening.isHistoryThere { return [:] }
      if let entries = opening.entries { return entries }
    }
    return try await HistoryReader(connection: connection, project: request.project).entries()
  }

  /// Stores the events so far; called only where no transaction is open.
  func storeEvents() async throws {
    let events = log.takeUnstored()
    do {
      try await history.store(events, of: run)
    } catch {
      log.putBack(events)
      throw error
    }
  }
}

extension HistoryEntry {
  /// Whether the row is another than it was, or there was none.
  fileprivate func isChanged(since earlier: HistoryEntry?) -> Bool {
    earlier?.state != state || earlier?.appliedAt != appliedAt || earlier?.checksum != checksum
  }
}
