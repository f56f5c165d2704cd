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
  /// Where a run will wait; kept from one run to the next.
  var breakpoints: Set<Breakpoint> = []
  /// When it was last asked what goes on around the run, in seconds since 1970.
  var activityAskedAt: Double?
  /// Whether list and statements go along with the run.
  var followsRun = true
}

/// A statement before which a run waits.
struct Breakpoint: Sendable, Hashable {
  var migration: MigrationID
  /// Its place among those that are sent, from 0.
  var statement: Int

  /// An order that is the same every time.
  static func isBefore(_ left: Breakpoint, _ right: Breakpoint) -> Bool {
    (left.migration.rawValue, left.statement) < (right.migration.rawValue, right.statement)
  }
}

extension ConsoleState {
  /// The migration that the panes beside the list show.
  var shownMigration: MigrationID? {
    if isRunning, rollout.followsRun, let current = run?.current { return current }
    return rollout.list.cursorMigration
  }
}
