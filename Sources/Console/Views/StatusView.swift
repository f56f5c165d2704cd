import Display
import Migrations

/// The second line: how many migrations are in which state, what is chosen, and what a run is doing.
struct StatusView {
  let state: ConsoleState

  func draw(on canvas: inout Canvas, in area: Area) {
    guard !area.isEmpty else { return }
    let inner = area.inset(columns: 1)
    let right = activity
    let start = right.isEmpty ? inner.endColumn : canvas.draw(right: right, in: inner)
    canvas.draw(counts, at: Point(column: inner.column, row: inner.row), columns: start - inner.column - 1)
  }

  private var counts: Line {
    guard let model = state.model else { return Line() }
    if state.statuses.isEmpty {
      return Line("\(Amounts.count(model.project.migrations.count, "migration"))", .muted)
    }
    var line = Line()
    for kind in MigrationState.allCases {
      guard let count = state.statuses.counts[kind], count > 0 else { continue }
      if !line.isEmpty { line.add(" \(state.glyphs.middleDot) ", .muted) }
      line.add("\(count) \(kind.rawValue)", kind.role)
    }
    return line
  }

  private var activity: Line {
    if let run = state.run, !run.isOver { return running(run) }
    if state.projectLoading.waitingSince != nil {
      return Line("\(state.spinner) reading the project…", .running)
    }
    if state.statusLoading.waitingSince != nil {
      return Line("\(state.spinner) reading the target…", .running)
    }
    if case .failed = state.statusLoading {
      return Line("\(state.glyphs.cross) the states could not be read, R tries again", .danger)
    }
    let selection = state.selection
    guard !selection.isEmpty else { return Line() }
    var line = Line("\(selection.chosen.count) chosen", .chosen)
    if !selection.comingAlong.isEmpty {
      let verb = selection.comingAlong.count == 1 ? "comes" : "come"
      line.add(", \(selection.comingAlong.count) \(verb) with them", .muted)
    }
    return line
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
