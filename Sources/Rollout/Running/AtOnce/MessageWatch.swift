import Migrations
import Postgres
import Synchronization

/// Looks who holds what a message waits for, and who waits for it: one task for all messages of a run.
///
/// A task for each message would wake three threads for it, and most messages have ended before there is anything to see.
final class MessageWatch: Sendable {
  private struct Sent {
    var number = 0
    var message: MessageProgress?
  }

  /// What is under way, for the task to see.
  private final class Desk: Sendable {
    let sent = Mutex(Sent())
  }

  private let desk = Desk()
  private let task: Task<Void, Never>

  /// Begins to watch; nil where there is no session to look from.
  init?(_ connection: Connection, _ observer: Observer?, _ log: EventLog, _ environment: RunEnvironment) {
    guard let observer else { return nil }
    let pid = connection.server.processID
    task = Task { [desk] in
      var seen = 0
      var last = LockNeighbours()
      do {
        while !Task.isCancelled {
          try await environment.sleep(0.5)
          let now = desk.sent.withLock { $0 }
          defer { seen = now.number }
          // What was sent since the last time has not waited long enough to be asked about.
          guard let message = now.message, now.number == seen else {
            last = LockNeighbours()
            continue
          }
          let neighbours = try await LockNeighbours.look(around: pid, over: try await observer.connection())
          guard desk.sent.withLock({ $0.number == now.number && $0.message != nil }) else { continue }
          let (migration, statement) = message.current
          log.emit(neighbours, since: last, migration, statement)
          last = neighbours
        }
      } catch {
        // Ended with its run, or the observer's session is gone: the run itself does not depend on it.
        return
      }
    }
  }

  deinit { stop() }

  /// A message is under way.
  func begin(_ progress: MessageProgress) {
    desk.sent.withLock { sent in
      sent.number += 1
      sent.message = progress
    }
  }

  /// It has been answered.
  func end() { desk.sent.withLock { $0.message = nil } }

  /// Looks no more.
  func stop() { task.cancel() }
}
