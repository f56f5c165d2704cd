import Threads

/// Writes lines to standard output in their order, on a thread of its own: a terminal that is slow or stopped keeps nobody
/// waiting who has something to say.
///
/// The thread begins with the first line and sleeps until there is another: to make one for each would take as long as the
/// statement that the line is about.
final class LineWriter: Sendable {
  private struct State {
    var pending: [String] = []
    var hasThread = false
    var isWriting = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Lock(State())
  private let lines = Semaphore()

  /// Writes a line after those before it, some time.
  func write(_ line: String) {
    let (mustStart, mustWake) = state.withLock { state in
      state.pending.append(line + "\n")
      defer { (state.hasThread, state.isWriting) = (true, true) }
      return (!state.hasThread, !state.isWriting)
    }
    if mustStart {
      do {
        try PlainThread.start { while true { self.writeAll() } }
      } catch {
        // The system gives no thread: whoever speaks writes.
        state.withLock { $0.hasThread = false }
        while let text = next() { Output.text(text) }
        return
      }
    }
    if mustWake { lines.post() }
  }

  /// Waits until every line is written.
  func flush() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        if state.isWriting { state.waiting.append(continuation) }
        return !state.isWriting
      }
      if isIdle { continuation.resume() }
    }
  }

  private func writeAll() {
    lines.wait()
    while let text = next() { Output.text(text) }
  }

  /// What there is to write now; nil if there is nothing, and then the writing ends.
  private func next() -> String? {
    let taken = state.withLock { state -> Taken in
      let lines = state.pending
      state.pending = []
      guard lines.isEmpty else { return Taken(text: lines.joined(), waiting: []) }
      defer { state.waiting = [] }
      state.isWriting = false
      return Taken(text: nil, waiting: state.waiting)
    }
    for continuation in taken.waiting { continuation.resume() }
    return taken.text
  }

  private struct Taken {
    var text: String?
    var waiting: [CheckedContinuation<Void, Never>]
  }
}
