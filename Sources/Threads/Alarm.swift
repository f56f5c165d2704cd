import Glibc
import Synchronization

/// Wakes tasks after a time; while none waits, its thread sleeps without end.
///
/// Instead of `Task.sleep`, which wakes the whole of Swift's pool (see ``TaskThreads``).
public final class Alarm: Sendable {
  /// The one that everybody may use.
  public static let shared = Alarm()

  private struct Sleeper {
    let deadline: ContinuousClock.Instant
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var sleepers: [Int: Sleeper] = [:]
    var cancelled: Set<Int> = []
    var last = 0
    var hasThread = false
  }

  private let state = Mutex(State())
  /// A pipe that becomes readable when somebody lies down who may be the first to get up.
  private let doorbell: (reading: Int32, writing: Int32)

  private init() {
    var ends: [Int32] = [-1, -1]
    // Without descriptors there is no bell, and whoever sleeps then gets up late, at the latest after a second.
    if pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
      }
    }
    doorbell = (ends[0], ends[1])
  }

  /// Sleeps so many seconds.
  ///
  /// - Throws: `CancellationError` as soon as the task is cancelled; ``PlainThreadFailure`` if the system has no thread
  ///   to give.
  public func sleep(seconds: Double) async throws {
    try start()
    let number = state.withLock { state in
      state.last += 1
      return state.last
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let sleeper = Sleeper(deadline: .now + .seconds(seconds), continuation: continuation)
        let isCancelled = state.withLock { state in
          if state.cancelled.remove(number) != nil { return true }
          state.sleepers[number] = sleeper
          return false
        }
        if isCancelled { return continuation.resume(throwing: CancellationError()) }
        var ring: UInt8 = 1
        // Full is as good: it rings.
        _ = write(doorbell.writing, &ring, 1)
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        let sleeper = state.sleepers.removeValue(forKey: number)
        // It has not lain down yet: then it need not.
        if sleeper == nil { state.cancelled.insert(number) }
        return sleeper
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
    // A cancellation that came after the awakening has nothing to find.
    state.withLock { _ = $0.cancelled.remove(number) }
  }

  private func start() throws(PlainThreadFailure) {
    let isFirst = state.withLock { state in
      defer { state.hasThread = true }
      return !state.hasThread
    }
    guard isFirst else { return }
    do throws(PlainThreadFailure) {
      try PlainThread.start { self.run() }
    } catch {
      state.withLock { $0.hasThread = false }
      throw error
    }
  }

  private func run() {
    while true {
      let (woken, next) = state.withLock { state in
        let now = ContinuousClock.now
        let due = state.sleepers.filter { $0.value.deadline <= now }
        for number in due.keys { state.sleepers[number] = nil }
        return (due.values, state.sleepers.values.map(\.deadline).min())
      }
      for sleeper in woken { sleeper.continuation.resume() }
      var bell = pollfd(fd: doorbell.reading, events: Int16(POLLIN), revents: 0)
      poll(&bell, 1, next.map(Self.milliseconds) ?? Self.longest(hasBell: doorbell.reading >= 0))
      var rings = [UInt8](repeating: 0, count: 64)
      while read(doorbell.reading, &rings, rings.count) == rings.count {}
    }
  }

  private static func longest(hasBell: Bool) -> Int32 { hasBell ? -1 : 1_000 }

  // poll counts in milliseconds; rounded up, it does not spin through the last one.
  private static func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
    let (seconds, attoseconds) = (deadline - .now).components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    return Int32(clamping: seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
