import Threads

/// The right to speak on a connection, for the time of a `withLease`.
final class Lease: Sendable {
  private let isOver = Lock(false)

  var isValid: Bool { isOver.withLock { !$0 } }
  func end() { isOver.withLock { $0 = true } }
}

/// What the current task holds and how it wants to be treated.
enum LeaseScope {
  struct Holding: Sendable {
    let connection: ObjectIdentifier
    let lease: Lease
  }

  @TaskLocal static var holdings: [Holding] = []
  @TaskLocal static var ignoresCancellation = false
  @TaskLocal static var canceller: StatementCanceller?

  /// Whether the task is inside a `withLease` of the connection, where asking for another would wait for itself.
  static func isHeld(of connection: Connection) -> Bool {
    holdings.contains { $0.connection == ObjectIdentifier(connection) && $0.lease.isValid }
  }
}
