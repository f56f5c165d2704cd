import Synchronization

/// What runs of a message, and how long what has run took.
final class MessageClock: Sendable {
  private struct State {
    /// The migration that runs, and its statement.
    var part = 0
    var statement = 0
    /// When each migration began that has begun, and how long its statements took so far.
    var parts: [(began: Double, milliseconds: Double)] = []
    /// When the last answer came that counts.
    var last = 0.0
  }

  private let uptime: @Sendable () -> Double
  private let state = Mutex(State())

  /// Reads a clock that never goes back, in seconds.
  init(_ uptime: @escaping @Sendable () -> Double) { self.uptime = uptime }

  /// The time now, in seconds.
  var now: Double { uptime() }

  /// The migration and the statement that run now, by their places.
  var current: (part: Int, statement: Int) { state.withLock { ($0.part, $0.statement) } }

  /// How many migrations have begun.
  var partsBegun: Int { state.withLock { $0.parts.count } }

  /// When a migration began; now if it has not.
  func began(_ part: Int) -> Double {
    state.withLock { $0.parts.indices.contains(part) ? $0.parts[part].began : uptime() }
  }

  /// How long the statements of a migration took, in milliseconds.
  func milliseconds(of part: Int) -> Double {
    state.withLock { $0.parts.indices.contains(part) ? $0.parts[part].milliseconds : 0 }
  }

  /// The next migration begins.
  func begin(_ part: Int) {
    let now = uptime()
    state.withLock { state in
      state.part = part
      state.statement = 0
      state.parts.append((began: now, milliseconds: 0))
      state.last = now
    }
  }

  /// A statement has ended; gives how long it took, in milliseconds.
  func end(_ statement: Int, of part: Int) -> Double {
    let now = uptime()
    return state.withLock { state in
      let spent = (now - state.last) * 1_000
      if state.parts.indices.contains(part) { state.parts[part].milliseconds += spent }
      state.last = now
      state.statement = statement + 1
      return spent
    }
  }
}
