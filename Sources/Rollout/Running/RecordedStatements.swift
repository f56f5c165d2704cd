import Migrations
import Postgres
import Schema
import Script

/// How one statement of a migration without a transaction of its own is sent, so that it is known to be done exactly if
/// it is.
extension Runner {
  /// Sends the statement at a place in one of three ways: inside the file's own transaction, in a transaction of ours with
  /// its record, or bare with a note before it.
  func advance(
    _ index: Int, of step: PlanStep, _ position: inout StatementPosition
  ) async throws -> StatementEnd {
    let statement = step.statements[index]
    let isOutside = await connection.transactionStatus == .idle
    if isOutside, Self.canBeInTransaction(statement), position.underWay?.statement != index,
      let end = try await performWithRecord(index, of: step)
    {
      return end
    }
    if isOutside, !Self.controlsTransaction(statement) {
      return try await performNoted(index, of: step, &position)
    }
    let end = try await perform(index, of: step, guarded: false)
    // Inside the file's own transaction the progress is committed, or lost, with it.
    if end.isPassed { try await recordProgress(of: step, statementsDone: index + 1) }
    return end
  }

  private static func canBeInTransaction(_ statement: Statement) -> Bool {
    switch statement.transactionRule {
    case .any, .usableAfterCommit: true
    case .outsideOnly, .begin, .commit, .rollback, .savepoint: false
    }
  }

  private static func controlsTransaction(_ statement: Statement) -> Bool {
    switch statement.transactionRule {
    case .begin, .commit, .rollback, .savepoint: true
    case .any, .usableAfterCommit, .outsideOnly: false
    }
  }

  /// Sends a statement in one transaction with its record; nil if it turned out that it cannot be in one, and nothing of
  /// it stays.
  private func performWithRecord(_ index: Int, of step: PlanStep) async throws -> StatementEnd? {
    _ = try await connection.query("BEGIN")
    hasSavepoint = false
    let end = try await perform(index, of: step, guarded: request.isInteractive, mayNeedOutside: true)
    switch end {
    case .done, .skipped:
      try await recordProgress(of: step, statementsDone: index + 1)
      _ = try await connection.query("COMMIT")
      return end
    case .failed(let message) where Self.needsOutside(message):
      try await connection.endTransaction()
      return nil
    case .aborted, .failed, .retryMigration, .migrationSkipped:
      return end
    }
  }

  /// Sends a statement that cannot be in a transaction, after a note of it; settles first what a run before has left.
  private func performNoted(
    _ index: Int, of step: PlanStep, _ position: inout StatementPosition
  ) async throws -> StatementEnd {
    let statement = step.statements[index]
    let underWay = position.underWay.flatMap { $0.statement == index ? $0 : nil }
    let doubtful = DoubtfulStatement(statement: statement, underWay: underWay, connection: connection)
    if let end = try await settle(
      try await doubtful.verdict(), index, of: step, isOwn: position.sentBare.contains(index))
    {
      if end.isPassed {
        try await recordProgress(of: step, statementsDone: index + 1)
        position.underWay = nil
      }
      return end
    }
    let indexes = try await IndexOnTable.all(for: statement, over: connection).map(\.oid)
    try await asOwnUser(step) {
      try await history.recordIntent(of: step.migration.id, statement: index, indexes: indexes)
    }
    position.underWay = UnfinishedMigration.UnderWay(statement: index, hasFailed: false, indexes: indexes)
    position.sentBare.insert(index)
    position.sawEnd = false
    let end = try await perform(index, of: step, guarded: false)
    position.sawEnd = true
    if end.isPassed {
      try await recordProgress(of: step, statementsDone: index + 1)
      position.underWay = nil
    } else {
      position.underWay?.hasFailed = true
    }
    return end
  }

  /// Does what the catalog says about a statement in doubt; nil if the statement is to be sent.
  private func settle(
    _ verdict: DoubtfulStatement.Verdict, _ index: Int, of step: PlanStep, isOwn: Bool
  ) async throws -> StatementEnd? {
    let id = step.migration.id
    switch verdict {
    case .send: return nil
    case .done(let reason):
      log.emit(
        .notice(
          id, statement: index,
          ServerMessage(
            severity: "NOTICE", code: "",
            message: "statement \(index + 1) was done before the interruption: \(reason)")))
      return .done
    case .finish(let sql): return try await sendOwn([sql], index, of: step) ?? .done
    case .beingBuilt(let found):
      let builder = found.builder.map { " by the session \($0)" } ?? ""
      return .failed(
        message("index \(found.name) is being built\(builder)", "Wait for its end.", step, index))
    case .leftover(let indexes):
      let names = indexes.map(\.name).joined(separator: ", ")
      let drops = indexes.map { "DROP INDEX CONCURRENTLY IF EXISTS \($0.name)" }
      if !isOwn, !request.rebuildsInvalidIndexes {
        let text = message(
          "index \(names) is invalid: a build did not end",
          request.isInteractive
            ? "Retry drops it and builds it again."
            : "`signalbox apply` drops it and builds it again, once confirmed.",
          step, index)
        if let end = try await askAbout(text, index, of: step) { return end }
      }
      log.emit(
        .notice(
          id, statement: index,
          ServerMessage(
            severity: "NOTICE", code: "", message: "dropping the invalid index \(names), to build it again")))
      return try await sendOwn(drops, index, of: step)
    case .unknowable:
      switch request.doubt {
      case .takeAsDone: return .skipped
      case .sendAgain: return nil
      case nil: break
      }
      let text = message(
        "statement \(index + 1) had been sent when the run before was interrupted, and what it did cannot be looked up",
        request.isInteractive
          ? "See what it did: retry sends it again, skip takes it as done."
          : "See what it did, then `signalbox apply --in-doubt done` or `--in-doubt again`.", step, index)
      return try await askAbout(text, index, of: step)
    }
  }

  /// Asks the operator about a statement that is not sent yet; nil if it is to be sent.
  private func askAbout(
    _ message: ServerMessage, _ index: Int, of step: PlanStep
  ) async throws -> StatementEnd? {
    let id = step.migration.id
    log.emit(.statementFailed(id, statement: index, message))
    guard request.isInteractive else { return .failed(message) }
    // Before the question is asked: an answer can come at once.
    await control.forgetAnswers()
    log.emit(.paused(id, statement: index, .failure(message)))
    switch await answerToFailure(canLeaveOut: false) {
    case .retry: return nil
    case .skip:
      log.emit(.statementSkipped(id, statement: index))
      return .skipped
    default: return .aborted
    }
  }

  /// Sends statements of ours that an abort cancels; nil if all were done.
  private func sendOwn(
    _ statements: [String], _ index: Int, of step: PlanStep
  ) async throws -> StatementEnd? {
    let connection = connection
    for sql in statements {
      let failure: PostgresError? = await control.cancellable {
        do {
          _ = try await connection.query(sql)
          return nil
        } catch let error as PostgresError {
          return error
        } catch {
          return PostgresError(.cancelled, "\(error)")
        }
      }
      guard let failure else { continue }
      if failure.isLost { throw failure }
      if await control.isAborted { return .aborted }
      let message = ServerMessage(failure, of: nil, in: step.migration.file)
      log.emit(.statementFailed(step.migration.id, statement: index, message))
      return Self.isTransient(message) ? .retryMigration(message) : .failed(message)
    }
    return nil
  }

  private func message(_ text: String, _ hint: String, _ step: PlanStep, _ index: Int) -> ServerMessage {
    ServerMessage(
      severity: "ERROR", code: "", message: text, hint: hint,
      location: FileLocation(file: step.migration.file, position: step.statements[index].position))
  }

  /// Writes how far a migration has come.
  private func recordProgress(of step: PlanStep, statementsDone: Int) async throws {
    try await asOwnUser(step) {
      try await history.recordProgress(of: step.migration.id, statementsDone: statementsDone)
    }
  }

  /// Writes to the history as the user who connected: the file may have taken another role, which it keeps.
  private func asOwnUser(_ step: PlanStep, _ write: () async throws -> Void) async throws {
    guard step.statements.contains(where: Self.changesRole) else { return try await write() }
    let isOutside = await connection.transactionStatus == .idle
    if isOutside { _ = try await connection.query("BEGIN") }
    let now = try await connection.query(
      "SELECT current_setting('role') AS role, session_user AS session")
    _ = try await connection.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT; SET LOCAL ROLE NONE")
    try await write()
    if let row = now.rows.first {
      _ = try await connection.query(
        "SET LOCAL SESSION AUTHORIZATION \(SQLLiteral.text(try row.text("session")))")
      _ = try await connection.query(
        "SELECT pg_catalog.set_config('role', $1, true)", [.text(try row.text("role"))])
    }
    if isOutside { _ = try await connection.query("COMMIT") }
  }

  private static func changesRole(_ statement: Statement) -> Bool {
    let text = statement.text.prefix(400).lowercased()
    return ["SET", "RESET", "SELECT"].contains(statement.tag)
      && (text.contains("role") || text.contains("authorization"))
  }

  /// Errors that say that a statement cannot be in a transaction, before it has done anything that stays.
  static func needsOutside(_ message: ServerMessage) -> Bool {
    message.code == "25001" || message.code == "2D000"
  }
}

extension Runner.StatementEnd {
  /// Whether the run goes on behind the statement.
  var isPassed: Bool {
    switch self {
    case .done, .skipped: true
    case .aborted, .failed, .retryMigration, .migrationSkipped: false
    }
  }
}
