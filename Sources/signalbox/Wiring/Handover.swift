import Dispatch
import Synchronization

/// Hands one value from a task to a thread that waits for it.
final class Handover<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let taken = Mutex(false)
  private let semaphore = DispatchSemaphore(value: 0)

  /// Gives the value; called once.
  func give(_ value: Value) {
    self.value.withLock { $0 = value }
    semaphore.signal()
  }

  /// Whether the value was taken.
  var wasTaken: Bool { taken.withLock { $0 } }

  /// Waits for the value.
  ///
  /// Never call it on Swift's pool.
  func take() -> Value {
    while true {
      semaphore.wait()
      if let value = value.withLock({ $0 }) {
        taken.withLock { $0 = true }
        return value
      }
    }
  }
}
