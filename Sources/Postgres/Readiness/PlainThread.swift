import Glibc

/// Threads for calls that block: Swift's pool has as many threads as cores and must never be made to wait.
enum PlainThread {
  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a detached thread that takes no signals; returns 0, or the system's error number.
  static func start(_ run: @escaping @Sendable () -> Void) -> Int32 {
    // A new thread inherits the mask of its creator. Signals belong to the threads that the program chose for them.
    var every = sigset_t()
    var before = sigset_t()
    sigfillset(&every)
    pthread_sigmask(SIG_SETMASK, &every, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let context = Unmanaged.passRetained(Body(run)).toOpaque()
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context)
    if status == 0 {
      pthread_detach(thread)
    } else {
      Unmanaged<Body>.fromOpaque(context).release()
    }
    return status
  }

  /// Runs a blocking function on a thread of its own and waits for it without blocking the caller's.
  ///
  /// Gives up at the deadline, or when interrupted; the function then runs to its end and what it returns is dropped.
  static func run<Value: Sendable>(
    deadline: ContinuousClock.Instant?, interruption: Interruption,
    _ function: @escaping @Sendable () -> Value
  ) async -> Outcome<Value> {
    let done: WakeUp
    do throws(SystemError) { done = try WakeUp() } catch { return .failed(error.number) }
    let slot = Lock<Value?>(nil)
    let status = start {
      let value = function()
      slot.withLock { $0 = value }
      done.signal()
    }
    guard status == 0 else { return .failed(status) }
    let outcome = await ReadinessThread.shared.wait(
      for: .read, on: done.descriptor, until: deadline, interruption: interruption)
    switch outcome {
    case .ready: return slot.withLock { $0 }.map { .value($0) } ?? .failed(EIO)
    case .timedOut: return .timedOut
    case .interrupted: return .interrupted
    case .failed(let error): return .failed(error)
    }
  }

  enum Outcome<Value: Sendable>: Sendable {
    case value(Value)
    case timedOut
    case interrupted
    case failed(Int32)
  }
}
