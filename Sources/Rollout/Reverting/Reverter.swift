import JSON
import Migrations
import Postgres
import Schema
import Script

/// Takes migrations back: each in one transaction with its history row.
public struct Reverter: Sendable {
  let connection: Connection
  let project: String
  let identity: OperatorIdentity
  let lockTimeoutMilliseconds: Int
  let environment: RunEnvironment
  let accessLimit: AccessLimit?
  let control: RunControl?
  let report: @Sendable (RevertEvent) -> Void

  /// Makes a reverter for one project over one connection.
  ///
  /// - Parameters:
  ///   - accessLimit: What may be widened; nil for anything.
  ///   - control: Who is asked about more than that; nil if nobody is there, which refuses it.
  ///   - report: Hears what happens, in order.
  public init(
    connection: Connection, project: String, identity: OperatorIdentity, lockTimeoutMilliseconds: Int = 5_000,
    environment: RunEnvironment, accessLimit: AccessLimit? = nil, control: RunControl? = nil,
    report: @escaping @Sendable (RevertEvent) -> Void
  ) {
    self.accessLimit = accessLimit
    self.control = control
    self.connection = connection
    self.project = project
    self.identity = identity
    self.lockTimeoutMilliseconds = lockTimeoutMilliseconds
    self.environment = environment
    self.report = report
  }

  /// Takes the steps back in order; the first that fails is rolled back, and ends it.
  ///
  /// A task that is cancelled stops in good order: the statement on the wire is cancelled, its migration rolled back,
  /// and the run's end recorded.
  ///
  /// - Returns: whether all were taken back, one failed, or the task was cancelled.
  /// - Throws: ``RolloutError``, ``PostgresError``.
  public func revert(_ steps: [RevertStep]) async throws -> RunOutcome {
    let lock = RunLock(connection: connection, project: project)
    if let holder = try await lock.tryToTake() { throw RolloutError.locked(by: holder.session) }
    let history = HistoryStore(connection: connection, project: project)
    var run: Int64?
    do {
      try await history.install()
      // Cancelled from here on, the run has a row, and the row needs an end.
      let begun = try await Connection.ignoringCancellation {
        try await history.beginRun(as: "revert", by: identity)
      }
      run = begun
      let (records, outcome) = try await revert(steps, in: history, run: begun)
      try await Connection.ignoringCancellation {
        try await history.store(EventBacklog(records), of: begun)
        try await history.endRun(begun, outcome: outcome)
        try await lock.release()
      }
      return outcome
    } catch {
      await Connection.ignoringCancellation { [run] in
        // The first error is the one to report. The lock goes with a lost session; on a live one neither it nor the
        // open run must outlive this one.
        try? await connection.endTransaction()
        guard await connection.transactionStatus == .idle else { return }
        if let run { try? await history.endRun(run, outcome: Task.isCancelled ? .aborted : .failed) }
        try? await lock.release()
      }
      throw error
    }
  }

  private func revert(
    _ steps: [RevertStep], in history: HistoryStore, run: Int64
  ) async throws -> (records: [EventRecord], outcome: RunOutcome) {
    var records: [EventRecord] = []
    for step in steps {
      if Task.isCancelled {
        report(.stopped(step.migration.id))
        return (records, .aborted)
      }
      let end = try await revert(step, in: history, run: run)
      guard case .done(let milliseconds, let change) = end else {
        return (records, end == .aborted || Task.isCancelled ? .aborted : .failed)
      }
      if !change.isEmpty {
        records.append(
          EventRecord(
            RunEvent(
              sequence: records.count, time: environment.now(),
              kind: .accessChanged(step.migration.id, change))))
      }
      records.append(
        EventRecord(
          sequence: records.count, time: environment.now(), kind: "reverted", migration: step.migration.id,
          detail: ["milliseconds": .number(milliseconds), "script": .string(step.file)]))
    }
    return (records, .done)
  }

  /// How taking one step back ended.
  private enum StepEnd: Equatable {
    case done(milliseconds: Double, AccessChange)
    case failed
    case aborted
  }

  /// Takes one step back; unless it is done, nothing of its transaction stays.
  private func revert(_ step: RevertStep, in history: HistoryStore, run: Int64) async throws -> StepEnd {
    let began = environment.uptime()
    report(.started(step.migration.id))
    let isSingle = step.mode == .single
    var change = AccessChange()
    do {
      try await resetSession()
      let before = accessLimit == nil ? nil : try await environment.snapshot()
      if isSingle { _ = try await connection.query("BEGIN") }
      guard try await send(step.statements, of: step.migration.id, in: step.file, .reverting) else {
        try await rollBack()
        return .failed
      }
      if await connection.transactionStatus == .idle { _ = try await connection.query("BEGIN") }
      _ = try await connection.query("SET CONSTRAINTS ALL IMMEDIATE")
      if let before {
        try await resetSession()
        change = environment.accessChange(before, try await environment.snapshot())
        if let end = await refusal(of: change, by: step) {
          try await rollBack()
          return end
        }
      }
    } catch let error as PostgresError where !error.isLost {
      fail(step.migration.id, .reverting, nil, error, in: step.file)
      try await rollBack()
      return .failed
    }
    // What is done is recorded and committed as a whole: a cancellation in between would leave the outcome open.
    let milliseconds = try await Connection.ignoringCancellation {
      try await record(step, in: history, run: run, began)
    }
    return milliseconds.map { .done(milliseconds: $0, change) } ?? .failed
  }

  /// Says what roles reach from now on; what goes beyond what was announced needs an answer before it is committed.
  ///
  /// What runs statement by statement is committed already: it is only said.
  private func refusal(of change: AccessChange, by step: RevertStep) async -> StepEnd? {
    let id = step.migration.id
    if !change.isEmpty { report(.accessChanged(id, change)) }
    guard step.mode == .single, let excess = accessLimit?.excess(of: change, by: id), !excess.isEmpty else {
      return nil
    }
    guard let control else {
      let message = ServerMessage.wideningRefused(
        excess, hint: "Nothing was committed. The revert script does more than can be foretold from its text."
      )
      report(.failed(RevertFailure(migration: id, part: .reverting, message: message)))
      return .failed
    }
    await control.forgetAnswers()
    report(.widened(id, excess))
    if await control.isAnswered(by: .acceptAccess) { return nil }
    report(.stopped(id))
    return .aborted
  }

  private func record(
    _ step: RevertStep, in history: HistoryStore, run: Int64, _ began: Double
  ) async throws -> Double? {
    do {
      try await resetSession()
      _ = try await connection.query("SET LOCAL search_path = pg_catalog, pg_temp")
      try await history.record(
        HistoryRow(
          migration: step.migration, state: .reverted, run: run,
          milliseconds: (environment.uptime() - began) * 1_000,
          statementsTotal: step.migration.script.statements.count))
      try await SupabaseHistory(connection: connection).remove(step.migration)
      _ = try await connection.query("COMMIT")
    } catch let error as PostgresError where !error.isLost {
      fail(step.migration.id, .reverting, nil, error, in: step.file)
      try await connection.endTransaction()
      return nil
    }
    let milliseconds = (environment.uptime() - began) * 1_000
    report(.reverted(step.migration.id, milliseconds: milliseconds))
    return milliseconds
  }

  /// Rolls back if a transaction is open, in a cancelled task as well.
  func rollBack() async throws {
    try await Connection.ignoringCancellation { try await connection.endTransaction() }
  }

  /// Reports what ended a migration: the operator, or an error.
  func fail(
    _ id: MigrationID, _ part: RevertFailure.Part, _ statement: (index: Int, statement: Statement)?,
    _ error: PostgresError, in file: String
  ) {
    if error.code == .cancelled, Task.isCancelled {
      report(.stopped(id))
      return
    }
    report(
      .failed(
        RevertFailure(
          migration: id, part: part, statement: statement?.index, text: statement?.statement.text,
          message: ServerMessage(error, of: statement?.statement, in: file))))
  }

  /// Sends statements in order; false if one failed or was cancelled.
  func send(
    _ statements: [Statement], of id: MigrationID, in file: String, _ part: RevertFailure.Part
  ) async throws -> Bool {
    for (index, statement) in statements.enumerated() {
      let began = environment.uptime()
      do {
        if case .copyData(let range) = statement.form {
          var named = Migration(id: id, version: "", name: "", file: file)
          named.file = file
          let bytes = try environment.source(named)
          guard range.upperBound <= bytes.count else {
            throw RolloutError.notRunnable("\(file) has changed since it was read")
          }
          _ = try await connection.copyIn(statement.text, data: [Array(bytes[range])])
        } else {
          _ = try await connection.query(statement.text)
        }
      } catch let error as PostgresError where !error.isLost {
        fail(id, part, (index, statement), error, in: file)
        return false
      }
      if part == .reverting {
        report(
          .statementFinished(id, statement: index, milliseconds: (environment.uptime() - began) * 1_000))
      }
    }
    return true
  }

  /// Undoes what an earlier script has set.
  func resetSession() async throws {
    _ = try await connection.execute(
      """
      RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL;
      SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET client_min_messages = notice;
      SET lock_timeout = \(lockTimeoutMilliseconds);
      """)
  }
}

extension SupabaseHistory {
  /// Removes the row of a migration that was taken back.
  func remove(_ migration: Migration) async throws {
    let presence = try await connection.query(
      "SELECT to_regclass('supabase_migrations.schema_migrations') IS NOT NULL AS is_there")
    guard !migration.version.isEmpty, try presence.rows.first?.bool("is_there") == true else { return }
    _ = try await connection.query(
      "DELETE FROM supabase_migrations.schema_migrations WHERE version = $1", [.text(migration.version)])
  }
}
