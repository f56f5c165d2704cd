import Glibc

/// A count that threads of ours wait for (sem_overview(7)).
///
/// Unlike a condition of the runtime's it is posted without a lock, and whoever waits for it holds nothing.
public final class Semaphore: Sendable {
  // Shared with the system, which needs it to stay at one address.
  nonisolated(unsafe) private let semaphore: UnsafeMutablePointer<sem_t>

  /// Makes one that counts nothing.
  public init() {
    semaphore = .allocate(capacity: 1)
    sem_init(semaphore, 0, 0)
  }

  // Whoever waits for it holds it, so nobody does any more.
  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  /// Counts one more, and wakes one of those who wait.
  public func post() { sem_post(semaphore) }

  /// Waits on this thread until there is one to take, and takes it.
  public func wait() {
    // Interrupted by a signal it has counted nothing.
    while sem_wait(semaphore) != 0 {}
  }
}
