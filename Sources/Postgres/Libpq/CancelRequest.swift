import CLibpq
import Threads

/// The means to cancel whatever statement a connection runs, from outside its conversation.
///
/// Made when the connection is, and used for one request at a time, which the cancellation gate sees to.
final class CancelRequest: @unchecked Sendable {  // independent of its PGconn, and used by one task at a time
  enum Kind {
    /// libpq 17 and later: `PGcancelConn`, without blocking and as encrypted as the connection.
    case asynchronous(UnsafeMutableRawPointer)
    /// Before 17: `PGcancel`, blocking, so it runs on a thread of its own.
    case blocking(OpaquePointer)
  }

  private let kind: Kind

  init(_ kind: Kind) { self.kind = kind }

  deinit {
    switch kind {
    case .asynchronous(let request): PGCancelFinish(request)
    case .blocking(let request): PQfreeCancel(request)
    }
  }

  /// Sends the request and waits until the server has dealt with it.
  func send(deadline: ContinuousClock.Instant) async -> CancelOutcome {
    switch kind {
    case .asynchronous(let request): await poll(request, deadline)
    case .blocking: await callBlocking(deadline)
    }
  }

  private func poll(
    _ request: UnsafeMutableRawPointer, _ deadline: ContinuousClock.Instant
  ) async -> CancelOutcome {
    defer { PGCancelReset(request) }
    guard PGCancelStart(request) else { return .failed(LibpqConnection.trimmed(PGCancelError(request))) }
    while true {
      let interest: Interest
      switch PGCancelPoll(request) {
      case PGRES_POLLING_READING: interest = .read
      case PGRES_POLLING_WRITING: interest = .write
      case PGRES_POLLING_OK: return .reachedServer
      default: return .failed(LibpqConnection.trimmed(PGCancelError(request)))
      }
      switch await ReadinessThread.shared.wait(for: interest, on: PGCancelSocket(request), until: deadline) {
      case .ready: continue
      case .timedOut, .interrupted: return .unanswered
      case .failed(let error): return .failed(systemMessage(error))
      }
    }
  }

  private func callBlocking(_ deadline: ContinuousClock.Instant) async -> CancelOutcome {
    let outcome = await PlainThread.run(deadline: deadline, interruption: WaitInterruption()) {
      self.cancel()
    }
    switch outcome {
    case .value(let failure): return failure.map(CancelOutcome.failed) ?? .reachedServer
    case .timedOut, .interrupted: return .unanswered
    case .failed(let error): return .failed(systemMessage(error))
    }
  }

  private func cancel() -> String? {
    guard case .blocking(let request) = kind else { return nil }
    var message = [CChar](repeating: 0, count: 256)
    if PQcancel(request, &message, Int32(message.count)) == 1 { return nil }
    return message.withUnsafeBufferPointer { LibpqConnection.trimmed($0.baseAddress) }
  }
}

/// What became of a cancel request.
enum CancelOutcome: Sendable, Hashable {
  case notSent
  case reachedServer
  case failed(String)
  /// It may still reach the server, at any time.
  case unanswered
}
