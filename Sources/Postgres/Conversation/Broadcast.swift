import Threads

/// Hands values to everyone who listens, each through a stream of their own.
final class Broadcast<Element: Sendable>: Sendable {
  private struct State {
    var continuations: [UInt64: AsyncStream<Element>.Continuation] = [:]
    var nextID: UInt64 = 0
    var isFinished = false
  }

  private let state = Lock(State())

  /// A stream of what is sent from now on; ends with the broadcast.
  func subscribe(onEnd: @escaping @Sendable () -> Void = {}) -> AsyncStream<Element> {
    let (stream, continuation) = AsyncStream.makeStream(of: Element.self)
    let id = state.withLock { state -> UInt64? in
      if state.isFinished { return nil }
      defer { state.nextID += 1 }
      state.continuations[state.nextID] = continuation
      return state.nextID
    }
    guard let id else {
      continuation.finish()
      return stream
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { _ = $0.continuations.removeValue(forKey: id) }
      onEnd()
    }
    return stream
  }

  var hasSubscribers: Bool { state.withLock { !$0.continuations.isEmpty } }

  func send(_ element: Element) {
    for continuation in state.withLock({ Array($0.continuations.values) }) { continuation.yield(element) }
  }

  func finish() {
    let continuations = state.withLock { state in
      defer { state.continuations = [:] }
      state.isFinished = true
      return Array(state.continuations.values)
    }
    for continuation in continuations { continuation.finish() }
  }
}
