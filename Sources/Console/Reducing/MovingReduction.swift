import Migrations
import Script

/// How far a key moves.
enum Movement: Sendable, Hashable {
  case lines(Int)
  case pages(Int)
  case start
  case end

  /// The distance in lines for a viewport of this height; ends are further than any list.
  func distance(height: Int) -> Int {
    switch self {
    case .lines(let lines): lines
    // One line stays, so that the eye finds its way.
    case .pages(let pages): pages * max(1, height - 1)
    case .start: -Self.far
    case .end: Self.far
    }
  }

  private static let far = 1 << 40
}

/// Moving in panes and windows.
extension Reduction {
  mutating func move(_ movement: Movement) {
    if !state.overlays.isEmpty {
      scrollOverlay(movement)
      return
    }
    let layout = state.layout
    switch state.focus {
    case .phases:
      stopFollowing()
      state.list.position.move(
        by: movement.distance(height: layout.height(of: .phases)), count: state.list.rows.count)
    case .graph: moveInGraph(movement.distance(height: state.graphHeight))
    case .verification:
      state.verificationTop += movement.distance(height: layout.height(of: .verification))
    case .statements:
      state.followsRun = state.followsRun && !state.isRunning
      state.statements.move(
        by: movement.distance(height: layout.height(of: .statements)), count: state.shownStatements.count)
    }
  }

  mutating func moveSideways(_ direction: Int) {
    if case .statement(var overlay) = state.overlays.last {
      overlay.column = max(0, overlay.column + 8 * direction)
      state.overlays[state.overlays.count - 1] = .statement(overlay)
      return
    }
    guard state.focus == .phases, let group = state.list.cursorGroup, state.list.filter.isEmpty else {
      return
    }
    let name = state.list.groups[group].name
    stopFollowing()
    if direction > 0 {
      state.list.folded.remove(name)
      state.list.rebuild()
    } else {
      state.list.folded.insert(name)
      state.list.rebuild()
    }
  }

  mutating func focusNext(_ direction: Int) {
    let panes = Pane.allCases
    state.focus = panes[(state.focus.rawValue + direction + panes.count) % panes.count]
    if state.focus == .graph || state.focus == .verification { state.sidePane = state.focus }
  }

  /// Opens what is under the cursor, as far as it can be opened.
  mutating func open() {
    switch state.focus {
    case .phases:
      if case .group = state.list.cursorRow, let group = state.list.cursorGroup {
        moveSideways(state.list.isFolded(group) ? 1 : -1)
      } else if state.list.cursorMigration != nil {
        state.focus = .statements
      }
    case .graph: openFromGraph()
    case .verification: state.focus = .statements
    case .statements: openStatement()
    }
  }

  /// Leaves the run to itself: the operator looks elsewhere.
  mutating func stopFollowing() {
    guard state.isRunning, state.followsRun else { return }
    if let current = state.run?.current { state.list.reveal(current) }
    state.followsRun = false
  }

  private mutating func moveInGraph(_ distance: Int) {
    guard let rows = state.graphRows else { return }
    stopFollowing()
    state.graph.cursor = rows.row(from: state.graph.cursor, by: distance)
    // The heading above the first row comes into sight with it.
    if state.graph.cursor == rows.row(from: rows.centre, by: -rows.rows.count) { state.graph.top = 0 }
  }

  /// Goes to the migration under the graph's cursor, so that everything shows that one.
  private mutating func openFromGraph() {
    guard let rows = state.graphRows, rows.rows.indices.contains(state.graph.cursor),
      let id = rows.rows[state.graph.cursor].migration
    else { return }
    if id == rows.centreMigration {
      state.focus = .statements
      return
    }
    stopFollowing()
    // A filter that hides the migration would keep the cursor where it is.
    if !state.list.filter.isEmpty { clearFilter() }
    state.list.reveal(id)
  }

  private mutating func openStatement() {
    let statements = state.shownStatements
    guard let id = state.shownMigration, statements.indices.contains(state.statements.cursor) else { return }
    let index = state.statements.cursor
    state.overlays.append(
      .statement(StatementOverlay(migration: id, index: index, lines: .init(sql: statements[index].text))))
  }
}
