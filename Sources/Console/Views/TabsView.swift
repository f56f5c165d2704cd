import Display
import Migrations

/// The second line: the screens with their digits, and what is under way, whichever of them is shown.
struct TabsView {
  let state: ConsoleState

  func draw(on canvas: inout Canvas, in area: Area) {
    guard !area.isEmpty else { return }
    let inner = area.inset(columns: 1)
    canvas.draw(right: activity, in: inner)
    var column = inner.column
    for tab in tabs(in: area) {
      canvas.draw(tab.line, at: Point(column: column, row: inner.row), columns: inner.endColumn - column)
      column += tab.line.columns
    }
  }

  /// The screen whose tab is at a cell.
  func screen(at point: Point, in area: Area) -> Screen? {
    var column = area.inset(columns: 1).column
    for tab in tabs(in: area) {
      column += tab.line.columns
      if point.column < column { return tab.screen }
    }
    return nil
  }

  private typealias Tab = (screen: Screen, line: Line)

  /// The tabs; where they do not fit, those that are not shown are digits alone, or give way to what is under way.
  private func tabs(in area: Area) -> [Tab] {
    let room = area.inset(columns: 1).columns - activity.columns - 1
    return [false, true].lazy.map(tabs(isFolded:)).first { $0.reduce(0) { $0 + $1.line.columns } <= room }
      ?? tabs(isFolded: true).filter { $0.screen == state.screen }
  }

  private func tabs(isFolded: Bool) -> [Tab] {
    Screen.parts.map { parts in
      let screen = parts.screen
      var line = Line()
      if screen == state.screen {
        // Brackets besides the style: a style alone is lost where there are no colours.
        line.add("[\(screen.rawValue) \(screen.title)]", .titleFocused)
      } else {
        line.add(" \(screen.rawValue)", .keyHint)
        line.add(isFolded ? " " : " \(screen.title) ", .muted)
      }
      return (screen, line)
    }
  }

  private var activity: Line {
    if let run = state.run, !run.isOver { return running(run) }
    if state.projectLoading.waitingSince != nil {
      return Line("\(state.spinner) reading the project…", .running)
    }
    if state.statusLoading.waitingSince != nil || !state.awaited.isEmpty {
      return Line("\(state.spinner) reading the target…", .running)
    }
    if case .failed = state.statusLoading {
      return Line(
        "\(state.glyphs.cross) the states could not be read, \(state.key("Refresh")) tries again", .danger)
    }
    return Line()
  }

  private func running(_ run: RunProgress) -> Line {
    let elapsed = Amounts.duration(milliseconds: (state.now - run.startedAt) * 1_000)
    let total = run.plan.steps.count
    let done = run.migrations.values.count { $0.outcome != nil }
    let place = "\(min(done + 1, total)) of \(total)"
    if run.isAborting { return Line("\(state.spinner) aborting", .danger) }
    if run.waitingFor != nil { return Line("\(state.spinner) waiting for another run \(elapsed)", .warning) }
    if run.pause != nil {
      return Line("\(state.glyphs.cursor) waiting for you, migration \(place)", .warning)
    }
    let word =
      switch run.mode {
      case .straight: "applying"
      case .step: "stepping"
      case .dryRun: "rehearsing"
      }
    return Line("\(state.spinner) \(word) \(place) \(state.glyphs.middleDot) \(elapsed)", .running)
  }
}
