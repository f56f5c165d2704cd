import Glibc

/// Threads for calls that block: Swift's pool has as many threads as cores and must never be made to wait.
public enum PlainThread {
  /// Starts a detached thread that takes no signals; throws ``PlainThreadFailure`` if the system has none to give.
  public static func start(_ work: @escaping @Sendable () -> Void) throws(PlainThreadFailure) {
    // A new thread inherits the mask of its creator. Signals belong to the threads that the program chose for them.
    var every = sigset_t()
    var before = sigset_t()
    sigfillset(&every)
    pthread_sigmask(SIG_SETMASK, &every, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let context = Unmanaged.passRetained(Work(work)).toOpaque()
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, context)
    guard status == 0 else {
      Unmanaged<Work>.fromOpaque(context).release()
      throw PlainThreadFailure(number: status)
    }
    pthread_detach(thread)
  }

  /// Runs a blocking function on a thread of its own, and returns what it returns; throws ``PlainThreadFailure`` if the
  /// system has no thread to give.
  public static func value<Value: Sendable>(
    of function: @escaping @Sendable () -> Value
  ) async throws(PlainThreadFailure) -> Value {
    let result: Result<Value, PlainThreadFailure> = await withCheckedContinuation { continuation in
      do throws(PlainThreadFailure) {
        try start { continuation.resume(returning: .success(function())) }
      } catch {
        continuation.resume(returning: .failure(error))
      }
    }
    return try result.get()
  }

  private final class Work: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}

/// The system gave no thread.
public struct PlainThreadFailure: Error, Equatable {
  /// The system's error number.
  public let number: Int32
}
