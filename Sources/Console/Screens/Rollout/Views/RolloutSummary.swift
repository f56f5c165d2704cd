import Display
import Migrations

/// How many migrations are in which state, and what is chosen.
struct RolloutSummary {
  let state: ConsoleState

  var counts: Line {
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

  var choice: Line {
    let selection = state.rollout.selection
    guard !selection.isEmpty else { return Line() }
    var line = Line("\(selection.chosen.count) chosen", .chosen)
    if !selection.comingAlong.isEmpty {
      let verb = selection.comingAlong.count == 1 ? "comes" : "come"
      line.add(", \(selection.comingAlong.count) \(verb) with them", .muted)
    }
    return line
  }
}
