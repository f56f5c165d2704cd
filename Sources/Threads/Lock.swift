import Glibc

/// A value that one thread at a time may touch.
///
/// A `pthread_mutex_t` at a fixed address rather than `Synchronization.Mutex`, which Thread Sanitizer reports as a race.
public final class Lock<Value>: @unchecked Sendable {  // the mutex guards every access to the value
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private var value: Value

  /// Puts a value behind a lock.
  public init(_ value: Value) {
    self.value = value
    mutex = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Touches the value while nobody else does.
  public func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value)
  }
}
