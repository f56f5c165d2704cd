import Migrations
import Schema

/// A run as the operator follows it.
struct RunProgress: Sendable {
  let plan: Plan
  let mode: RunMode
  let startedAt: Double
  var endedAt: Double?
  /// The number of the run in the history.
  var number: Int64?
  var migrations: [MigrationID: MigrationProgress] = [:]
  /// The migration that runs or ran last.
  var current: MigrationID?
  /// The pause that the run waits in.
  var pause: Pause?
  /// Who holds the run's lock, while it waits for that.
  var waitingFor: SessionDescription?
  /// The sessions that hold what the current statement waits for.
  var blockers: [SessionDescription] = []
  /// The sessions that wait for locks of the run.
  var waiters: [SessionDescription] = []
  /// What was last seen going on around it.
  var activity: RunActivity?
  var outcome: RunOutcome?
  /// What kept the run from beginning or going on.
  var trouble: Trouble?
  /// Whether the operator has asked for its end.
  var isAborting = false
  /// Whether the run was last told to wait before the next statement.
  var isStepping: Bool
  /// How often the next statement was asked for before the run came to wait.
  var rememberedSteps = 0

  /// Enough for a fast typist, too few to run far past what was seen.
  static let rememberedStepsLimit = 5

  struct Pause: Sendable, Hashable {
    var migration: MigrationID
    var statement: Int?
    var reason: PauseReason
  }

  init(plan: Plan, mode: RunMode, startedAt: Double) {
    self.plan = plan
    self.mode = mode
    self.startedAt = startedAt
    isStepping = mode == .step
  }

  var isOver: Bool { endedAt != nil }

  /// Whether something goes on by itself, so that elapsed times change.
  var isMoving: Bool { !isOver && pause == nil }

  func step(_ id: MigrationID) -> PlanStep? { plan.steps.first { $0.migration.id == id } }
}

/// One migration of a run.
struct MigrationProgress: Sendable, Hashable {
  var attempt = 1
  var startedAt: Double
  var statements: [Int: StatementProgress] = [:]
  /// The statement that runs, or that was the last to run.
  var currentStatement: Int?
  var evidence: Evidence?
  var difference: SnapshotDifference?
  var outcome: MigrationOutcome?
  var milliseconds: Double?
}

/// One statement of a run.
enum StatementProgress: Sendable, Hashable {
  case running(since: Double)
  case done(milliseconds: Double, rows: Int?)
  case failed(ServerMessage)
  case skipped
}
