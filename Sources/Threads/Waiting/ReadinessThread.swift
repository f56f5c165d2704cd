import Glibc

/// How a wait ended.
public enum WaitOutcome: Sendable, Hashable {
  /// The descriptor is ready for this.
  case ready(Interest)
  /// The deadline came first.
  case timedOut
  /// Somebody has raised the interruption.
  case interrupted
  /// The readiness thread could not be started, for example because the process has no descriptor left.
  case failed(Int32)
}

/// The one thread that waits for all sockets and deadlines, with `poll(2)`.
///
/// A registration serves one wait and is then gone. libpq may close its socket and open another with the same number
/// while it connects, so nothing is remembered for a descriptor from one wait to the next. When nobody waits, or nothing
/// comes, the thread sleeps without limit.
public final class ReadinessThread: Sendable {
  /// The one that everybody shares.
  public static let shared = ReadinessThread()

  private struct Registration {
    let descriptor: Int32
    let interest: Interest
    let deadline: ContinuousClock.Instant?
    let continuation: CheckedContinuation<WaitOutcome, Never>
  }

  private struct State {
    var registrations: [UInt64: Registration] = [:]
    var nextID: UInt64 = 0
    /// Wakes the thread; nil until it is started.
    var wakeUp: WakeUp?
  }

  private let state = Lock(State())

  /// Waits until a descriptor is ready, the deadline passes, or the interruption is raised.
  public func wait(
    for interest: Interest, on descriptor: Int32, until deadline: ContinuousClock.Instant? = nil,
    interruption: WaitInterruption? = nil
  ) async -> WaitOutcome {
    await withCheckedContinuation { continuation in
      let registration = Registration(
        descriptor: descriptor, interest: interest, deadline: deadline, continuation: continuation)
      let refusal = state.withLock { state -> Int32? in
        if let error = Self.start(&state, self) { return error }
        let id = state.nextID
        state.nextID += 1
        state.registrations[id] = registration
        // Inside the lock, so that an interruption cannot come between the registration and its knowing of it.
        if let interruption, !interruption.attach(to: self, id: id) {
          state.registrations[id] = nil
          return ECANCELED
        }
        state.wakeUp?.signal()
        return nil
      }
      if let refusal {
        continuation.resume(returning: refusal == ECANCELED ? .interrupted : .failed(refusal))
      }
    }
  }

  /// Waits until the deadline passes, or the interruption is raised.
  public func wait(
    until deadline: ContinuousClock.Instant, interruption: WaitInterruption
  ) async -> WaitOutcome {
    // poll(2) leaves out what is no descriptor.
    await wait(for: [], on: -1, until: deadline, interruption: interruption)
  }

  /// Ends a wait early; does nothing when it has ended already.
  func interrupt(_ id: UInt64) {
    let registration = state.withLock { $0.registrations.removeValue(forKey: id) }
    registration?.continuation.resume(returning: .interrupted)
  }

  private static func start(_ state: inout State, _ owner: ReadinessThread) -> Int32? {
    if state.wakeUp != nil { return nil }
    let wakeUp: WakeUp
    do throws(SystemError) { wakeUp = try WakeUp() } catch { return error.number }
    do throws(PlainThreadFailure) { try PlainThread.start { owner.loop(wakeUp) } } catch {
      return error.number
    }
    state.wakeUp = wakeUp
    return nil
  }

  private func loop(_ wakeUp: WakeUp) {
    var descriptors: [pollfd] = []
    var ids: [UInt64] = []
    while true {
      descriptors = [pollfd(fd: wakeUp.descriptor, events: Int16(POLLIN), revents: 0)]
      ids = [.max]
      let deadline = state.withLock { state -> ContinuousClock.Instant? in
        for (id, registration) in state.registrations {
          descriptors.append(
            pollfd(fd: registration.descriptor, events: Int16(registration.interest.rawValue), revents: 0))
          ids.append(id)
        }
        return state.registrations.values.compactMap(\.deadline).min()
      }
      let count = poll(&descriptors, nfds_t(descriptors.count), Self.milliseconds(until: deadline))
      if count > 0, descriptors[0].revents != 0 { wakeUp.reset() }
      resume(zip(ids, descriptors).dropFirst().filter { $0.1.revents != 0 })
    }
  }

  private func resume(_ ready: [(UInt64, pollfd)]) {
    let now = ContinuousClock.now
    var resumptions: [(CheckedContinuation<WaitOutcome, Never>, WaitOutcome)] = []
    state.withLock { state in
      for (id, descriptor) in ready {
        guard let registration = state.registrations.removeValue(forKey: id) else { continue }
        resumptions.append(
          (registration.continuation, .ready(registration.interest.readiness(of: descriptor))))
      }
      for (id, registration) in state.registrations {
        guard let deadline = registration.deadline, deadline <= now else { continue }
        state.registrations[id] = nil
        resumptions.append((registration.continuation, .timedOut))
      }
    }
    for (continuation, outcome) in resumptions { continuation.resume(returning: outcome) }
  }

  private static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let (seconds, attoseconds) = (deadline - .now).components
    if seconds < 0 || attoseconds < 0 { return 0 }
    // Rounded up: waking early would only mean going to sleep again.
    let milliseconds = min(seconds, 1_000_000) * 1_000 + attoseconds / 1_000_000_000_000_000 + 1
    return Int32(clamping: milliseconds)
  }
}
