import Display

/// Clicks on the panes of the Rollout screen.
extension Reduction {
  mutating func clickInRollout(_ point: Point) {
    guard let pane = state.rolloutLayout.pane(at: point) else { return }
    let inside = state.rolloutLayout.contents(of: pane)
    let wasFocused = state.rollout.focus == pane
    state.rollout.focus = pane
    if pane == .graph || pane == .verification { state.rollout.sidePane = pane }
    guard inside.contains(point) else { return }
    let line = point.row - inside.row
    switch pane {
    case .phases:
      stopFollowing()
      let row = state.rollout.list.position.top + line
      guard row < state.rollout.list.rows.count else { return }
      let isSame = wasFocused && state.rollout.list.position.cursor == row
      state.rollout.list.position.cursor = row
      if isSame { openInRollout() }
    case .graph:
      let row = state.rollout.graph.top + line
      guard let rows = state.rollout.graphRows?.rows, rows.indices.contains(row), rows[row].migration != nil
      else { return }
      let isSame = wasFocused && state.rollout.graph.cursor == row
      state.rollout.graph.cursor = row
      if isSame { openInRollout() }
    case .verification: break
    case .statements:
      let row = state.rollout.statements.top + line
      guard row < state.shownStatements.count else { return }
      let isSame = wasFocused && state.rollout.statements.cursor == row
      stopFollowing()
      state.rollout.statements.cursor = row
      if isSame { openInRollout() }
    }
  }
}
