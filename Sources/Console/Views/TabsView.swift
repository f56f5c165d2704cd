import Display
import Migrations

/// The second line: the screens with their digits, and what is under way, whichever of them is shown.
struct TabsView {
  let state: ConsoleState

  func draw(on canvas: inout Canvas, in area: Area) {
    guard !area.isEmpty else { return }
    let inner = area.inset(columns: 1)
    let activity = activity
    let start = activity.isEmpty ? inner.endColumn : canvas.draw(right: activity, in: inner)
    let room = start - inner.column - 1
    let tabs = line(isFolded: false)
    canvas.draw(
      tabs.columns <= room ? tabs : line(isFolded: true), at: Point(column: inner.column, row: inner.row),
      columns: room)
  }

  /// The tabs; folded, those that are not shown are digits alone.
  private func line(isFolded: Bool) -> Line {
    var line = Line()
    for parts in Screen.parts {
      let screen = parts.screen
      if screen == state.screen {
        // Brackets besides the style: a style alone is lost where there are no colours.
        line.add("[\(screen.rawValue) \(screen.title)]", .titleFocused)
      } else {
        line.add(" \(screen.rawValue)", .keyHint)
        line.add(isFolded ? " " : " \(screen.title) ", .muted)
      }
    }
    return line
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
      return Line("\(state.glyphs.cross) the states could not be read, R tries again", .danger)
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
