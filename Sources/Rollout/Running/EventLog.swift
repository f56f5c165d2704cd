import Migrations
import Synchronization

/// Numbers the events of a run, hands them on, and keeps what the history is to store until it has stored it.
final class EventLog: Sendable {
  private struct State {
    var next = 0
    var unstored = EventBacklog()
    var current: (migration: MigrationID, statement: Int?)?
  }

  private let state = Mutex(State())
  private let now: @Sendable () -> Double
  private let deliver: @Sendable (RunEvent) -> Void

  init(now: @escaping @Sendable () -> Double, deliver: @escaping @Sendable (RunEvent) -> Void) {
    self.now = now
    self.deliver = deliver
  }

  /// Records an event and hands it on; events reach `deliver` in their order.
  func emit(_ kind: RunEvent.Kind) {
    state.withLock { state in
      let event = RunEvent(sequence: state.next, time: now(), kind: kind)
      state.next += 1
      state.unstored.append(EventRecord(event))
      switch kind {
      case .migrationStarted(let id, _): state.current = (id, nil)
      case .statementStarted(let id, let statement): state.current = (id, statement)
      case .migrationFinished: state.current = nil
      default: break
      }
      deliver(event)
    }
  }

  /// Records what the server says on the way, under the statement that runs.
  func emitNotice(_ message: ServerMessage) {
    let current = state.withLock { $0.current }
    emit(.notice(current?.migration, statement: current?.statement, message))
  }

  /// How many events there were.
  var count: Int { state.withLock { $0.next } }

  /// The migration that runs now.
  var currentMigration: MigrationID? { state.withLock { $0.current?.migration } }

  /// The events that the history has not stored yet; they count as stored from now on.
  func takeUnstored() -> EventBacklog {
    state.withLock { state in
      defer { state.unstored = EventBacklog() }
      return state.unstored
    }
  }

  /// Puts back events that could not be stored.
  func putBack(_ events: EventBacklog) {
    state.withLock { $0.unstored.putBack(events) }
  }
}
