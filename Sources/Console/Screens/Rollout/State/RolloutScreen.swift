import Migrations

/// The first screen: phases and migrations, what they need, what proves them, their statements, and the run.
struct RolloutScreen: Sendable {
  var list = PhaseList()
  var selection = Selection()
  var focus = Pane.phases
  /// Which pane stands beside the list where there is room for one only.
  var sidePane = Pane.verification
  /// Whether the pane with the keys has the whole screen.
  var isZoomed = false
  /// The neighbourhood of the shown migration; nil while none is shown.
  var graphRows: GraphRows?
  var graph = ListPosition()
  var verificationTop = 0
  var statements = ListPosition()
  /// The migration that verification and statements were last shown for.
  var panesOwner: MigrationID?
  /// Whether list and statements go along with the run.
  var followsRun = true
}

extension ConsoleState {
  /// The migration that the panes beside the list show.
  var shownMigration: MigrationID? {
    if isRunning, rollout.followsRun, let current = run?.current { return current }
    return rollout.list.cursorMigration
  }
}
