import Console
import Display
import Migrations

/// Drives a console as the executable does: posts actions, collects effects, looks at frames.
struct Session {
  private(set) var state: ConsoleState
  /// The effects of the last action.
  private(set) var effects: [ConsoleEffect]
  /// 12:04:29 on a day in November 2026, UTC.
  var now = 1_794_571_469.0

  init(
    columns: Int = 120, rows: Int = 36, options: ConsoleOptions = ConsoleOptions(target: "staging"),
    glyphs: Glyphs = .unicode, themes: [Theme] = [.standard]
  ) {
    (state, effects) = ConsoleState.start(
      options: options, size: Size(columns: columns, rows: rows), glyphs: glyphs, themes: themes, now: now)
  }

  mutating func post(_ action: ConsoleAction, after seconds: Double = 0) {
    now += seconds
    (state, effects) = reduce(state, action, now: now)
  }

  mutating func press(_ keys: Key...) {
    for key in keys { post(.key(key)) }
  }

  mutating func type(_ text: String) {
    for character in text { post(.key(.character(character))) }
  }

  var frame: Frame { view(state) }

  /// The screen as lines of text.
  var lines: [String] {
    let frame = frame
    return (0..<state.size.rows).map { frame.text(ofRow: $0) }
  }

  /// The screen as one text.
  var screen: String { lines.joined(separator: "\n") }

  /// The line that holds a text, if one does.
  func line(with text: String) -> String? { lines.first { $0.contains(text) } }
}

extension Session {
  /// A console in which the project, the target and the states are known.
  static func ready(
    columns: Int = 120, rows: Int = 36, options: ConsoleOptions = ConsoleOptions(target: "staging"),
    adopted: Bool = true, glyphs: Glyphs = .unicode
  ) -> Session {
    var session = Session(columns: columns, rows: rows, options: options, glyphs: glyphs)
    session.post(.projectLoaded(HelixFixture.project, HelixFixture.graph))
    session.post(.connected(HelixFixture.server))
    session.post(.statusesLoaded(HelixFixture.statuses(adopted: adopted), findings: HelixFixture.findings))
    return session
  }

  /// A run that waits before the first statement of its first migration.
  static func stepping() -> Session {
    var session = Session.running(.step)
    session.event(.migrationStarted(HelixFixture.pending[0], attempt: 1))
    session.event(.paused(HelixFixture.pending[0], statement: 0, .step))
    return session
  }

  /// A console in which a run of the pending migrations has begun.
  static func running(
    _ mode: RunMode, columns: Int = 120, rows: Int = 36,
    options: ConsoleOptions = ConsoleOptions(target: "staging")
  ) -> Session {
    var session = ready(columns: columns, rows: rows, options: options)
    session.press(.character("*"), .character(mode == .step ? "s" : mode == .dryRun ? "d" : "a"))
    session.post(.planComputed(HelixFixture.plan(), request: 1))
    if options.isProtected {
      session.post(.accessForetold(AccessOutlook(.prediction, steps: []), request: 1))
    }
    session.press(.character("y"))
    session.event(.runStarted(run: 7, mode: mode, migrations: HelixFixture.pending))
    return session
  }

  mutating func event(_ kind: RunEvent.Kind, after seconds: Double = 0) {
    now += seconds
    post(.runEvent(RunEvent(sequence: 0, time: now, kind: kind)))
  }
}
