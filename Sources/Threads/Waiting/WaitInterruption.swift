/// A signal that ends the wait of whoever carries it, now or at its next wait.
///
/// Raised once, it stays raised. At most one wait carries it at a time.
public final class WaitInterruption: Sendable {
  private enum State {
    case clear
    case waiting(ReadinessThread, UInt64)
    case raised
  }

  private let state = Lock(State.clear)

  /// Raises nothing yet.
  public init() {}

  /// Raises it.
  public func raise() {
    let wait = state.withLock { state -> (ReadinessThread, UInt64)? in
      defer { state = .raised }
      if case .waiting(let thread, let id) = state { return (thread, id) }
      return nil
    }
    if let (thread, id) = wait { thread.interrupt(id) }
  }

  /// Ties it to a wait; returns false when it has been raised already.
  func attach(to thread: ReadinessThread, id: UInt64) -> Bool {
    state.withLock { state in
      if case .raised = state { return false }
      state = .waiting(thread, id)
      return true
    }
  }
}
