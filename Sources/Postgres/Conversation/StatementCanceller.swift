import Threads

/// Cancels what a task has the server do, from outside and for good.
///
/// To cancel a task does the same, but has to have one: a statement that runs in a task of its own changes threads twice,
/// which takes as long as a short statement.
public final class StatementCanceller: Sendable {
  private struct State {
    var isRequested = false
    var gate: CancellationGate?
  }

  private let state = Lock(State())

  /// Makes one that has nothing to cancel yet.
  public init() {}

  /// Cancels the statement that runs, and each that is still to come.
  public func request() {
    let gate = state.withLock { state in
      state.isRequested = true
      return state.gate
    }
    gate?.request()
  }

  /// Takes charge of a statement; one that is not sent yet is not sent any more where cancellation came before.
  func attach(_ gate: CancellationGate) {
    let isRequested = state.withLock { state in
      state.gate = gate
      return state.isRequested
    }
    if isRequested { gate.request() }
  }

  /// Lets go of a statement that has ended.
  func detach() { state.withLock { $0.gate = nil } }
}
