import Migrations
import Synchronization

/// Numbers the events of a run, hands them on, and keeps what the history is to store until it has stored it.
///
/// What migrations do that share a transaction is *held*, numbered migration by migration (*sealed*), and told once it is
/// committed.
final class EventLog: Sendable {
  fileprivate struct State {
    var next = 0
    var unstored = EventBacklog()
    var current: (migration: MigrationID, statement: Int?)?
    /// What is held; nil where events go out at once.
    var held: HeldEvents?
    /// What was held, has its numbers, and goes out with its commit.
    var sealed: [RunEvent] = []
  }

  private let state = Mutex(State())
  private let now: @Sendable () -> Double
  private let deliver: @Sendable (RunEvent) -> Void

  init(now: @escaping @Sendable () -> Double, deliver: @escaping @Sendable (RunEvent) -> Void) {
    self.now = now
    self.deliver = deliver
  }

  /// Records an event and hands it on, unless it is held; events reach `deliver` in their order, but for those that are told
  /// while others are held.
  func emit(_ kind: RunEvent.Kind) {
    state.withLock { state in
      switch kind {
      case .migrationStarted(let id, _): state.current = (id, nil)
      case .statementStarted(let id, let statement): state.current = (id, statement)
      // While one is examined, the next one runs already.
      case .migrationFinished(let id, _, _): if state.current?.migration == id { state.current = nil }
      default: break
      }
      let time = now()
      if state.held?.take(kind, at: time) == true { return }
      let event = state.numbered(kind, at: time)
      state.unstored.append(EventRecord(event))
      deliver(event)
    }
  }

  /// Holds what happens from now on.
  func hold() {
    state.withLock { $0.held = HeldEvents() }
  }

  /// Numbers what was held of a migration, and gives it for the history to store with the commit.
  func seal(_ migration: MigrationID) -> EventBacklog {
    state.withLock { state in
      let events = state.held?.remove(migration) ?? []
      let numbered = events.map { state.numbered($0.kind, at: $0.time) }
      state.sealed += numbered
      return EventBacklog(numbered.map { EventRecord($0) })
    }
  }

  /// Hands on what was sealed: it is committed.
  func release() {
    state.withLock { state in
      for event in state.sealed { deliver(event) }
      state.sealed = []
      state.held = nil
    }
  }

  /// Forgets what was held or sealed: nothing of it stays in the database.
  func forgetHeld() {
    state.withLock { state in
      state.held = nil
      state.sealed = []
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

extension EventLog.State {
  fileprivate mutating func numbered(_ kind: RunEvent.Kind, at time: Double) -> RunEvent {
    defer { next += 1 }
    return RunEvent(sequence: next, time: time, kind: kind)
  }
}
