import CThreads
import Glibc

/// A descriptor that becomes readable when somebody says so.
public final class WakeUp: Sendable {
  /// The descriptor, for `poll`.
  public let descriptor: Int32

  /// Creates one; throws the system's error number when the process has no descriptor left.
  public init() throws(SystemError) {
    descriptor = wake_up_descriptor()
    if descriptor < 0 { throw SystemError(number: errno) }
  }

  deinit { close(descriptor) }

  /// Makes the descriptor readable.
  public func signal() {
    var count: UInt64 = 1
    // Fails only when the counter is full, and then the descriptor is readable already.
    _ = write(descriptor, &count, MemoryLayout<UInt64>.size)
  }

  /// Makes the descriptor unreadable until the next signal.
  public func reset() {
    var count: UInt64 = 0
    _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
  }
}

/// A failure that the system gives a number.
public struct SystemError: Error, Sendable, Hashable {
  /// The number.
  public let number: Int32
}
