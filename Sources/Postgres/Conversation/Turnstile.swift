import Threads

/// Lets one caller in at a time, in the order in which they came.
///
/// An actor is not enough for this: it takes the next call whenever the one before waits.
final class Turnstile: Sendable {
  private struct State {
    var line = WaitingLine()
    var nextTicket: UInt64 = 0
    var continuations: [UInt64: CheckedContinuation<Bool, Never>] = [:]
  }

  private let state = Lock(State())

  /// Waits for the turn; throws ``PostgresError/Code/cancelled`` when the task is cancelled before it comes.
  ///
  /// Who was let in must call `leave()`.
  func enter() async throws(PostgresError) {
    let ticket = takeTicket()
    let isAdmitted = await withTaskCancellationHandler {
      await wait(ticket)
    } onCancel: {
      abandon(ticket)
    }
    if !isAdmitted { throw PostgresError(.cancelled, "cancelled while waiting for the connection") }
  }

  /// Waits for the turn, whether or not the task is cancelled.
  func enterUnconditionally() async { _ = await wait(takeTicket()) }

  private func takeTicket() -> UInt64 {
    state.withLock { state in
      defer { state.nextTicket += 1 }
      return state.nextTicket
    }
  }

  /// Lets the next in.
  func leave() {
    let next = state.withLock { state in
      state.line.leave().flatMap { state.continuations.removeValue(forKey: $0) }
    }
    next?.resume(returning: true)
  }

  private func wait(_ ticket: UInt64) async -> Bool {
    await withCheckedContinuation { continuation in
      let answer = state.withLock { state -> Bool? in
        switch state.line.arrive(ticket) {
        case .admitted: return true
        case .refused: return false
        case .waits:
          state.continuations[ticket] = continuation
          return nil
        }
      }
      if let answer { continuation.resume(returning: answer) }
    }
  }

  private func abandon(_ ticket: UInt64) {
    let waiting = state.withLock { state in
      state.line.abandon(ticket)
      return state.continuations.removeValue(forKey: ticket)
    }
    waiting?.resume(returning: false)
  }
}

/// Who is in, and who waits, in order of arrival.
struct WaitingLine: Sendable, Hashable {
  enum Arrival: Sendable, Hashable { case admitted, waits, refused }

  private(set) var holder: UInt64?
  private(set) var waiting: [UInt64] = []
  /// Given up before they arrived: a cancellation may overtake its own task.
  private var abandoned: Set<UInt64> = []

  mutating func arrive(_ ticket: UInt64) -> Arrival {
    if abandoned.remove(ticket) != nil { return .refused }
    if holder == nil {
      holder = ticket
      return .admitted
    }
    waiting.append(ticket)
    return .waits
  }

  /// Ends the holder's turn; returns whose turn it is now.
  mutating func leave() -> UInt64? {
    holder = waiting.isEmpty ? nil : waiting.removeFirst()
    return holder
  }

  /// Takes a ticket out of the line; does nothing for the holder, who must leave.
  mutating func abandon(_ ticket: UInt64) {
    if holder == ticket { return }
    if let index = waiting.firstIndex(of: ticket) {
      waiting.remove(at: index)
    } else {
      abandoned.insert(ticket)
    }
  }
}
