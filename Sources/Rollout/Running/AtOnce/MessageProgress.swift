import Migrations
import Postgres

/// Turns the answers to a message into the events of a run, as they come, and has what migrations left examined.
///
/// The events of migrations that share a transaction are held until it is committed.
final class MessageProgress: Sendable {
  private let message: MigrationMessage
  private let examination: MessageExamination
  private let clock: MessageClock
  private let attempt: Int
  private let log: EventLog

  init(
    _ message: MigrationMessage, _ examination: MessageExamination, _ clock: MessageClock, attempt: Int,
    log: EventLog
  ) {
    self.message = message
    self.examination = examination
    self.clock = clock
    self.attempt = attempt
    self.log = log
  }

  /// The migration and the statement that run now.
  var current: (migration: MigrationID, statement: Int) {
    let (part, statement) = clock.current
    return (message.parts[part].step.migration.id, statement)
  }

  /// Says that the first migration begins.
  func begin() {
    if message.isShared { log.hold() }
    begin(0)
  }

  private func begin(_ part: Int) {
    clock.begin(part)
    let id = message.parts[part].step.migration.id
    log.emit(.migrationStarted(id, attempt: attempt))
    log.emit(.statementStarted(id, statement: 0))
  }

  /// Takes in the answer to one request.
  ///
  /// A failure is left to whoever sees the whole: what it means hangs on what the operator wants by then.
  func hear(_ place: Int, _ outcome: Result<QueryResult, PostgresError>) {
    guard case .success(let result) = outcome else { return }
    if let previous = message.previous, place == previous.requests.count - 1 {
      previous.tellCommit(to: log, at: clock.now)
      begin()
    }
    guard clock.partsBegun > 0 else { return }
    // What a look takes is no statement's time.
    if let next = message.looks.first(where: { $0.end == place })?.parts.upperBound { return begin(next) }
    guard let (part, number) = message.statement(at: place) else {
      return examination.take(result, at: place)
    }
    let (id, statements) = (message.parts[part].step.migration.id, message.parts[part].statements)
    log.emit(
      .statementFinished(
        id, statement: number, milliseconds: clock.end(number, of: part), rows: result.affectedRows))
    if place + 1 < statements.upperBound {
      log.emit(.statementStarted(id, statement: number + 1))
    } else if part + 1 < message.parts.count, message.parts[part + 1].statements.lowerBound == place + 1 {
      begin(part + 1)
    }
  }
}
