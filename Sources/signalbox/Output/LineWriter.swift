import Glibc
import Threads

/// Writes lines to standard output in their order, on a thread of its own: a terminal that is slow or stopped keeps nobody
/// waiting who has something to say, and what is said is put into words there.
///
/// The thread begins with the first line. When there is nothing more to write it waits a moment before it sleeps: to be
/// woken for each line would take as long as the statement that the line is about.
final class LineWriter: Sendable {
  /// What gives lines when they are to be written.
  typealias Lines = @Sendable () -> [String]

  private struct State {
    var pending: [Lines] = []
    var hasThread = false
    /// Whether the thread will look again without being woken.
    var isAwake = false
    var isWriting = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  /// How long the thread waits for more before it sleeps, in microseconds.
  private static let linger: UInt32 = 4_000

  private let state = Lock(State())
  private let lines = Semaphore()

  /// Writes lines after those before them, some time soon.
  func write(_ text: @escaping Lines) {
    let (mustStart, mustWake) = state.withLock { state in
      state.pending.append(text)
      defer { (state.hasThread, state.isAwake) = (true, true) }
      return (!state.hasThread, !state.isAwake)
    }
    if mustStart {
      do {
        try PlainThread.start { while true { self.writeWhileAwake() } }
      } catch {
        // The system gives no thread: whoever speaks writes.
        state.withLock { ($0.hasThread, $0.isAwake) = (false, false) }
        writeAll()
        return
      }
    }
    if mustWake { lines.post() }
  }

  /// Returns when every line is written that was to be written before.
  func flush() async {
    writeAll()
    // The thread may have been at it.
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        if state.isWriting { state.waiting.append(continuation) }
        return !state.isWriting
      }
      if isDone { continuation.resume() }
    }
  }

  private func writeWhileAwake() {
    lines.wait()
    repeat {
      writeAll()
      usleep(Self.linger)
    } while !fallAsleep()
  }

  /// Whether there is nothing to write, so that whoever has something must wake the thread.
  private func fallAsleep() -> Bool {
    state.withLock { state in
      state.isAwake = !state.pending.isEmpty
      return state.pending.isEmpty
    }
  }

  /// Writes what there is; leaves it to whoever is writing already.
  private func writeAll() {
    let isMine = state.withLock { state in
      defer { state.isWriting = true }
      return !state.isWriting
    }
    guard isMine else { return }
    while let lines = next() { Output.text(lines.flatMap { $0() }.map { $0 + "\n" }.joined()) }
  }

  /// What there is to write now; nil if there is nothing, and then the writing ends.
  private func next() -> [Lines]? {
    let (lines, waiting) = state.withLock { state in
      let lines = state.pending
      state.pending = []
      guard lines.isEmpty else { return (lines, [CheckedContinuation<Void, Never>]()) }
      defer { state.waiting = [] }
      state.isWriting = false
      return (lines, state.waiting)
    }
    for continuation in waiting { continuation.resume() }
    return lines.isEmpty ? nil : lines
  }
}
