import Catalog
import Migrations
import Postgres
import Script
import Synchronization

/// A migration as one message: the commit of the one before, its statements, and the look at what it touches.
///
/// The commit of the one before is settled on its own: what fails before it leaves a failed transaction, in which
/// nothing of this migration runs; what fails in it leaves no transaction, and then this migration runs in its own, which
/// is rolled back, since its commit goes out only with a later message.
struct MigrationMessage: Sendable {
  let step: PlanStep
  let touched: TouchedObjects
  let look: TouchedLook
  /// The migration whose commit goes first.
  let previous: UnsettledMigration?
  /// What is sent, in order.
  let requests: [PipelineRequest]
  /// The places of the statements among the requests.
  let statements: Range<Int>
  /// The place of the request that says which transaction it is.
  let transaction: Int

  /// How many requests are sent before their answers are waited for; each keeps its answer in memory until then.
  private static let sliceSize = 4_096

  /// The requests as they are sent: all at once, but for messages of many thousands.
  var slices: [Range<Int>] {
    stride(from: 0, to: requests.count, by: Self.sliceSize).map {
      $0..<min($0 + Self.sliceSize, requests.count)
    }
  }

  init(
    _ step: PlanStep, _ forecast: TouchForecast, look: TouchedLook, after previous: UnsettledMigration?,
    resetting reset: [PipelineRequest]
  ) {
    self.step = step
    self.look = look
    self.previous = previous
    touched = forecast.touched
    var requests = previous?.requests ?? []
    requests.append(PipelineRequest("BEGIN"))
    let first = requests.count
    // The server sends each result when it has it, so that each statement has its own time.
    requests += step.statements.map { PipelineRequest($0.text, flushes: true) }
    statements = first..<requests.count
    // Deferred constraints fail here, where the error can still be shown with its migration, not at the commit.
    requests.append(PipelineRequest("SET CONSTRAINTS ALL IMMEDIATE"))
    if forecast.runsCode { requests += reset }
    transaction = requests.count
    requests.append(TouchedLook.beginning)
    requests += look.requests(for: forecast.touched)
    self.requests = requests
  }
}

/// Turns the answers to a message into the events of a run, as they come.
final class MessageProgress: Sendable {
  private struct State {
    var statement = 0
    var began = 0.0
    var last = 0.0
  }

  private let message: MigrationMessage
  private let attempt: Int
  private let log: EventLog
  private let uptime: @Sendable () -> Double
  private let state = Mutex(State())

  init(
    _ message: MigrationMessage, attempt: Int, log: EventLog, uptime: @escaping @Sendable () -> Double
  ) {
    self.message = message
    self.attempt = attempt
    self.log = log
    self.uptime = uptime
  }

  /// The statement that runs now.
  var statement: Int { state.withLock { $0.statement } }
  /// When the migration began.
  var began: Double { state.withLock { $0.began } }

  /// Says that the migration begins.
  func begin() {
    let now = uptime()
    state.withLock {
      $0.began = now
      $0.last = now
    }
    log.emit(.migrationStarted(message.step.migration.id, attempt: attempt))
    log.emit(.statementStarted(message.step.migration.id, statement: 0))
  }

  /// Takes in the answer to one request.
  ///
  /// A failure is left to whoever sees the whole: what it means hangs on what the operator wants by then.
  func hear(_ place: Int, _ outcome: Result<QueryResult, PostgresError>) {
    guard case .success(let result) = outcome else { return }
    if let previous = message.previous, place == previous.requests.count - 1 {
      log.emit(
        .migrationFinished(
          previous.step.migration.id, .applied, milliseconds: (uptime() - previous.began) * 1_000))
      begin()
    }
    guard message.statements.contains(place) else { return }
    let id = message.step.migration.id
    let number = place - message.statements.lowerBound
    let now = uptime()
    let milliseconds = state.withLock { state in
      defer {
        state.last = now
        state.statement = number + 1
      }
      return (now - state.last) * 1_000
    }
    log.emit(
      .statementFinished(id, statement: number, milliseconds: milliseconds, rows: result.affectedRows))
    if place + 1 < message.statements.upperBound {
      log.emit(.statementStarted(id, statement: number + 1))
    }
  }
}
