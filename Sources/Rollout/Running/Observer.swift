import Postgres

/// A second session of the same kind, opened when somebody has to look from outside: who is in the way of a statement,
/// or whether a pooler lends sessions.
///
/// Most runs need none, and a connection costs several round trips.
public actor Observer {
  private let open: @Sendable () async throws -> Connection
  private var opening: Task<Connection, any Error>?

  /// Makes an observer that opens its session in a way of the caller's.
  public init(_ open: @escaping @Sendable () async throws -> Connection) { self.open = open }

  /// The session; opened by the first who asks, who may be cancelled without harm to the others.
  ///
  /// - Throws: what opening throws; the next who asks tries again.
  func connection() async throws -> Connection {
    let task = opening ?? Task { [open] in try await open() }
    opening = task
    do {
      return try await task.value
    } catch {
      if opening == task { opening = nil }
      throw error
    }
  }

  /// Closes the session, if one was opened.
  public func close() async {
    guard let opening else { return }
    self.opening = nil
    opening.cancel()
    // One that could not be opened needs no closing; what it may still be asking, nobody waits for any more.
    if case .success(let connection) = await opening.result {
      await connection.giveUp(because: "the run has ended")
    }
  }
}
