import Threads

/// Sees to it that a cancel request reaches its own statement and no other.
///
/// The server cancels whatever the connection runs when the request comes in. So a request is sent only while its
/// statement is on the wire, and the statement is not over before the request has come back: without this, 138 of 300
/// late requests hit the next statement.
struct CancellationCourse: Sendable, Hashable {
  enum Phase: Sendable, Hashable {
    case beforeSend(requested: Bool)
    case onWire
    /// A request is under way.
    case firing
    /// A request was sent and has come back.
    case fired
    case over
  }

  private(set) var phase = Phase.beforeSend(requested: false)

  /// Somebody wants the statement cancelled; returns whether to send a request now.
  mutating func request() -> Bool {
    switch phase {
    case .beforeSend:
      phase = .beforeSend(requested: true)
      return false
    case .onWire:
      phase = .firing
      return true
    case .firing, .fired, .over: return false
    }
  }

  /// The statement is on the wire; returns whether to send a request now, because it was wanted before.
  mutating func sent() -> Bool {
    guard case .beforeSend(let requested) = phase else { return false }
    phase = requested ? .firing : .onWire
    return requested
  }

  /// The request has come back; of no account any more where nobody waits.
  mutating func cameBack() { if phase == .firing { phase = .fired } }

  /// The statement has ended: no request is sent any more; does nothing while one is under way.
  mutating func end() { if phase != .firing { phase = .over } }

  /// Nobody waits any more for the statement, nor for a request under way.
  mutating func abandon() { phase = .over }
}

/// The gate of one statement, with the request behind it.
final class CancellationGate: Sendable {
  /// How long a cancel request may take before the connection is given up.
  static let patience = Duration.seconds(10)

  private struct State {
    var course = CancellationCourse()
    var outcome = CancelOutcome.notSent
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Lock(State())
  private let cancelRequest: CancelRequest?
  /// Raised when a request fails: nothing would end the statement then, so its wait ends.
  let interruption = WaitInterruption()

  init(_ cancelRequest: CancelRequest?) { self.cancelRequest = cancelRequest }

  /// Whether cancellation was wanted before the statement was sent.
  var isRequestedBeforeSend: Bool { state.withLock { $0.course.phase == .beforeSend(requested: true) } }

  /// Whether cancellation was wanted at any time.
  var isRequested: Bool { isRequestedBeforeSend || wasSent }

  /// Whether a request was sent.
  var wasSent: Bool {
    state.withLock { $0.course.phase == .firing || $0.outcome != .notSent }
  }

  /// Wants the statement cancelled; returns at once.
  func request() { if state.withLock({ $0.course.request() }) { fire() } }

  /// Says that the statement is on the wire.
  func sent() { if state.withLock({ $0.course.sent() }) { fire() } }

  /// Waits for a request under way, if there is one.
  func requestReturned() async {
    await withCheckedContinuation { continuation in
      let isUnderWay = state.withLock { state in
        if state.course.phase == .firing { state.waiters.append(continuation) }
        return state.course.phase == .firing
      }
      if !isUnderWay { continuation.resume() }
    }
  }

  /// Waits for a request under way, after which none is sent any more.
  func settle() async -> CancelOutcome {
    while !state.withLock({ state in
      state.course.end()
      return state.course.phase == .over
    }) { await requestReturned() }
    return state.withLock { $0.outcome }
  }

  /// Ends the course without waiting for a request under way; for a statement whose connection is lost.
  func end() -> CancelOutcome {
    state.withLock { state in
      state.course.abandon()
      return state.outcome
    }
  }

  /// Has whoever waits for the statement, or for a request to cancel it, wait no longer.
  func abandon() {
    let waiters = state.withLock { state in
      if state.course.phase == .firing { state.outcome = .unanswered }
      state.course.abandon()
      defer { state.waiters = [] }
      return state.waiters
    }
    interruption.raise()
    for waiter in waiters { waiter.resume() }
  }

  private func fire() {
    Task.detached { [self] in
      let outcome =
        await cancelRequest?.send(deadline: .now + Self.patience)
        ?? .failed("the connection has no means to cancel")
      let waiters = state.withLock { state in
        state.course.cameBack()
        if state.course.phase != .over { state.outcome = outcome }
        defer { state.waiters = [] }
        return state.waiters
      }
      if outcome != .reachedServer { interruption.raise() }
      for waiter in waiters { waiter.resume() }
    }
  }
}
