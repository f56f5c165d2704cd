import Migrations
import Postgres
import Script

extension Runner {
  /// How the sending of one statement ended.
  enum StatementEnd {
    case done
    case skipped
    /// The operator leaves the whole migration out.
    case migrationSkipped
    case aborted
    /// It failed and nobody wants it again.
    case failed(ServerMessage)
    /// The migration should be rolled back whole and tried again.
    case retryMigration(ServerMessage)
  }

  /// Sends one statement, waiting for the operator before it where asked to.
  ///
  /// - Parameters:
  ///   - guarded: Whether it is in a transaction that survives its failure by a savepoint.
  ///   - mayNeedOutside: Whether it is in a transaction only if it can be: that it cannot is no failure to show.
  func perform(
    _ index: Int, of step: PlanStep, guarded: Bool, mayNeedOutside: Bool = false
  ) async throws -> StatementEnd {
    let id = step.migration.id
    let statement = step.statements[index]
    if let end = await waitForOperator(before: index, of: step) { return end }
    while true {
      if await control.isAborted { return .aborted }
      if guarded { try await setSavepoint(before: index, of: step) }
      log.emit(.statementStarted(id, statement: index))
      let began = environment.uptime()
      switch await send(statement, index: index, of: step) {
      case .success(let rows):
        let milliseconds = (environment.uptime() - began) * 1_000
        log.emit(.statementFinished(id, statement: index, milliseconds: milliseconds, rows: rows))
        return .done
      case .failure(let error):
        if error.isLost { throw error }
        let message = ServerMessage(error, of: statement, in: step.migration.file)
        if await control.isAborted { return .aborted }
        if mayNeedOutside, Self.needsOutside(message) { return .failed(message) }
        log.emit(.statementFailed(id, statement: index, message))
        if pace == .free, Self.isTransient(message) { return .retryMigration(message) }
        guard request.isInteractive else { return .failed(message) }
        if guarded { _ = try await connection.query("ROLLBACK TO SAVEPOINT signalbox_statement") }
        // Before the question is asked: an answer can come at once.
        await control.forgetAnswers()
        log.emit(.paused(id, statement: index, .failure(message)))
        let watch = watchLocks(of: id) { index }
        defer { watch?.cancel() }
        switch await answerToFailure(canLeaveOut: step.isInOneTransaction) {
        case .retry: continue
        case .skip:
          log.emit(.statementSkipped(id, statement: index))
          return .skipped
        case .skipMigration: return .migrationSkipped
        default: return .aborted
        }
      }
    }
  }

  /// Sends a statement so that an abort cancels it on the server.
  private func send(
    _ statement: Statement, index: Int, of step: PlanStep
  ) async -> Result<Int?, PostgresError> {
    let watch = watchLocks(of: step.migration.id) { index }
    defer { watch?.cancel() }
    let connection = connection
    let environment = environment
    let migration = step.migration
    return await control.cancellable {
      do {
        if case .copyData(let range) = statement.form {
          let bytes = try environment.source(migration)
          guard range.upperBound <= bytes.count else {
            throw PostgresError(.misuse, "\(migration.file) has changed since it was read")
          }
          let tag = try await connection.copyIn(statement.text, data: [Array(bytes[range])])
          return .success(tag.affectedRows)
        }
        // Rows that nobody asked for pass by one after the other: a SELECT may give more than there is memory.
        return .success(try await connection.stream(statement.text) { _ in }.affectedRows)
      } catch let error as PostgresError {
        return .failure(error)
      } catch {
        return .failure(PostgresError(.cancelled, "\(error)"))
      }
    }
  }

  private func waitForOperator(before index: Int, of step: PlanStep) async -> StatementEnd? {
    guard request.isInteractive else { return nil }
    let id = step.migration.id
    if pace == .migration, index == 0 { pace = .statement }
    var reason = await control.pauseReason(before: index, of: id)
    if pace == .statement { reason = reason ?? .step }
    guard let reason else { return nil }
    log.emit(.paused(id, statement: index, reason))
    let watch = watchLocks(of: id) { index }
    defer { watch?.cancel() }
    while true {
      switch await control.nextAnswer() {
      case .next, .retry:
        pace = .statement
        return nil
      case .finishMigration:
        pace = .migration
        return nil
      case .proceed:
        pace = .free
        return nil
      case .skip:
        log.emit(.statementSkipped(id, statement: index))
        return .skipped
      case .skipMigration where step.isInOneTransaction:
        return .migrationSkipped
      case .abort:
        return .aborted
      default:
        continue
      }
    }
  }

  /// Waits for what becomes of a statement that has failed: again, left out (the migration with it where it can be), or the end of
  /// the run.
  func answerToFailure(canLeaveOut: Bool) async -> OperatorCommand {
    while true {
      let answer = await control.nextAnswer()
      if [.retry, .skip, .abort].contains(answer) { return answer }
      if answer == .skipMigration, canLeaveOut { return answer }
    }
  }

  private func setSavepoint(before index: Int, of step: PlanStep) async throws {
    // A script with savepoints of its own keeps ours on the stack: releasing one releases all set after it.
    let hasOwnSavepoints = step.statements.contains { $0.transactionRule == .savepoint }
    if index > 0, !hasOwnSavepoints, hasSavepoint {
      _ = try await connection.query("RELEASE SAVEPOINT signalbox_statement")
    }
    _ = try await connection.query("SAVEPOINT signalbox_statement")
    hasSavepoint = true
  }

  /// Errors after which the same transaction may succeed: no lock in time, or chosen as a deadlock's victim.
  static func isTransient(_ message: ServerMessage) -> Bool {
    message.code == "55P03" || message.code == "40P01"
  }
}

extension PlanStep {
  /// Whether nothing of it stays if it is left in the middle.
  fileprivate var isInOneTransaction: Bool { mode == .single }
}

extension Connection {
  /// Rolls back if a transaction is open.
  func endTransaction() async throws {
    if transactionStatus != .idle { _ = try await query("ROLLBACK") }
  }
}

extension PostgresError {
  /// Whether the session is gone.
  var isLost: Bool { code == .connectionLost }
}
