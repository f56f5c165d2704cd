import Migrations
import Script

/// Moving in the panes of the Rollout screen.
extension Reduction {
  mutating func moveInRollout(_ movement: Movement) {
    let layout = state.rolloutLayout
    switch state.rollout.focus {
    case .phases:
      stopFollowing()
      state.rollout.list.position.move(
        by: movement.distance(height: layout.height(of: .phases)), count: state.rollout.list.rows.count)
    case .graph: moveInGraph(movement.distance(height: state.graphHeight))
    case .verification:
      state.rollout.verificationTop += movement.distance(height: layout.height(of: .verification))
    case .statements:
      state.rollout.followsRun = state.rollout.followsRun && !state.isRunning
      state.rollout.statements.move(
        by: movement.distance(height: layout.height(of: .statements)), count: state.shownStatements.count)
    }
  }

  mutating func fold(_ direction: Int) {
    guard state.rollout.focus == .phases, let group = state.rollout.list.cursorGroup,
      state.rollout.list.filter.isEmpty
    else {
      return
    }
    let name = state.rollout.list.groups[group].name
    stopFollowing()
    if direction > 0 {
      state.rollout.list.folded.remove(name)
      state.rollout.list.rebuild()
    } else {
      state.rollout.list.folded.insert(name)
      state.rollout.list.rebuild()
    }
  }

  mutating func focusNextPane(_ direction: Int) {
    let panes = Pane.allCases
    state.rollout.focus = panes[(state.rollout.focus.rawValue + direction + panes.count) % panes.count]
    if state.rollout.focus == .graph || state.rollout.focus == .verification {
      state.rollout.sidePane = state.rollout.focus
    }
  }

  /// Opens what is under the cursor, as far as it can be opened.
  mutating func openInRollout() {
    switch state.rollout.focus {
    case .phases:
      if case .group = state.rollout.list.cursorRow, let group = state.rollout.list.cursorGroup {
        fold(state.rollout.list.isFolded(group) ? 1 : -1)
      } else if state.rollout.list.cursorMigration != nil {
        state.rollout.focus = .statements
      }
    case .graph: openFromGraph()
    case .verification: state.rollout.focus = .statements
    case .statements: openStatement()
    }
  }

  /// Leaves the run to itself: the operator looks elsewhere.
  mutating func stopFollowing() {
    guard state.isRunning, state.rollout.followsRun else { return }
    if let current = state.run?.current { state.rollout.list.reveal(current) }
    state.rollout.followsRun = false
  }

  private mutating func moveInGraph(_ distance: Int) {
    guard let rows = state.rollout.graphRows else { return }
    stopFollowing()
    state.rollout.graph.cursor = rows.row(from: state.rollout.graph.cursor, by: distance)
    // The heading above the first row comes into sight with it.
    if state.rollout.graph.cursor == rows.row(from: rows.centre, by: -rows.rows.count) {
      state.rollout.graph.top = 0
    }
  }

  /// Goes to the migration under the graph's cursor, so that everything shows that one.
  private mutating func openFromGraph() {
    guard let rows = state.rollout.graphRows, rows.rows.indices.contains(state.rollout.graph.cursor),
      let id = rows.rows[state.rollout.graph.cursor].migration
    else { return }
    if rows.group == nil, id == rows.centreMigration {
      state.rollout.focus = .statements
      return
    }
    goTo(id)
  }

  /// Moves the cursor of the list to a migration, wherever it is hidden.
  mutating func goTo(_ id: MigrationID) {
    stopFollowing()
    // A filter that hides the migration would keep the cursor where it is.
    if !state.rollout.list.filter.isEmpty { state.rollout.list.setFilter("") }
    state.rollout.list.reveal(id)
  }

  private mutating func openStatement() {
    let statements = state.shownStatements
    guard let id = state.shownMigration, statements.indices.contains(state.rollout.statements.cursor) else {
      return
    }
    let index = state.rollout.statements.cursor
    state.overlays.append(
      .statement(StatementOverlay(migration: id, index: index, lines: .init(sql: statements[index].text))))
  }
}
