import Glibc

extension PlainThread {
  /// Runs a blocking function on a thread of its own and waits for it without blocking the caller's.
  ///
  /// Gives up at the deadline, or when interrupted; the function then runs to its end and what it returns is dropped.
  public static func run<Value: Sendable>(
    deadline: ContinuousClock.Instant?, interruption: WaitInterruption,
    _ function: @escaping @Sendable () -> Value
  ) async -> Outcome<Value> {
    let done: WakeUp
    do throws(SystemError) { done = try WakeUp() } catch { return .failed(error.number) }
    let slot = Lock<Value?>(nil)
    do throws(PlainThreadFailure) {
      try start {
        let value = function()
        slot.withLock { $0 = value }
        done.signal()
      }
    } catch {
      return .failed(error.number)
    }
    let outcome = await ReadinessThread.shared.wait(
      for: .read, on: done.descriptor, until: deadline, interruption: interruption)
    switch outcome {
    case .ready: return slot.withLock { $0 }.map { .value($0) } ?? .failed(EIO)
    case .timedOut: return .timedOut
    case .interrupted: return .interrupted
    case .failed(let error): return .failed(error)
    }
  }

  /// How waiting for a blocking function ended.
  public enum Outcome<Value: Sendable>: Sendable {
    /// It has returned this.
    case value(Value)
    /// The deadline came first.
    case timedOut
    /// Somebody has raised the interruption.
    case interrupted
    /// The system gave no thread or descriptor; its error number.
    case failed(Int32)
  }
}
