import Display
import Migrations

/// How a recorded run ended.
enum RunEnding: Sendable, Hashable {
  case done
  case failed
  case stopped
  /// It goes on at this moment, in this console.
  case goesOn
  /// Nobody saw its end.
  case unknown

  var isBad: Bool { self == .failed || self == .unknown }

  var word: String {
    switch self {
    case .done: "done"
    case .failed: "failed"
    case .stopped: "stopped"
    case .goesOn: "goes on"
    case .unknown: "no end"
    }
  }

  var role: Role {
    switch self {
    case .done: .success
    case .failed: .danger
    case .stopped, .unknown: .warning
    case .goesOn: .running
    }
  }

  func glyph(_ glyphs: Glyphs) -> Text {
    switch self {
    case .done: glyphs.check
    case .failed: glyphs.cross
    case .stopped: glyphs.dash
    case .goesOn: glyphs.cursor
    case .unknown: glyphs.exclamation
    }
  }
}

extension RunRecord {
  /// How it ended, as the history says.
  var ending: RunEnding {
    switch outcome {
    case "done": .done
    case "failed": .failed
    case "aborted": .stopped
    default: .unknown
    }
  }

  /// How it ended, as this console knows.
  func ending(in state: ConsoleState) -> RunEnding {
    ending == .unknown && state.isRunning && state.run?.number == id ? .goesOn : ending
  }

  /// What was done, in a word.
  var deed: String {
    switch mode {
    case "straight": "apply"
    default: mode
    }
  }

  /// The migrations in a line of so many cells: the first and how many more; what did not end well comes first.
  func migrationsInShort(columns: Int, _ glyphs: Glyphs) -> Text {
    let bad = migrations.first { ["rolled-back", "failed", "aborted"].contains($0.outcome) }
    guard let first = bad ?? migrations.first else { return "no migration" }
    let more = migrations.count - 1
    let mark: Text = bad == nil ? "" : "\(glyphs.cross) "
    let end: Text = more > 0 ? " and \(more) more" : ""
    let room = max(4, columns - mark.columns - end.columns)
    return mark + Text(foreign: first.id.rawValue).clippedInside(to: room, ellipsis: glyphs.ellipsis) + end
  }
}
