import CLibpq
import Glibc

/// A descriptor that becomes readable when somebody says so.
final class WakeUp: Sendable {
  let descriptor: Int32

  /// Creates one; throws the system's error number when the process has no descriptor left.
  init() throws(SystemError) {
    descriptor = PGWakeUpDescriptor()
    if descriptor < 0 { throw SystemError(number: errno) }
  }

  deinit { close(descriptor) }

  /// Makes the descriptor readable.
  func signal() {
    var count: UInt64 = 1
    // Fails only when the counter is full, and then the descriptor is readable already.
    _ = write(descriptor, &count, MemoryLayout<UInt64>.size)
  }

  /// Makes the descriptor unreadable until the next signal.
  func reset() {
    var count: UInt64 = 0
    _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
  }
}

/// A failure that the system gives a number.
struct SystemError: Error, Sendable, Hashable { let number: Int32 }
