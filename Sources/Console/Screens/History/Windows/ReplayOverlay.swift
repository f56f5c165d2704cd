import Display
import Migrations

/// A recorded run as a list of steps, with a cursor that can be played.
struct ReplayOverlay: Sendable {
  let run: Int64
  let title: Text
  let steps: [ReplayStep]
  /// The step under the cursor.
  var cursor = 0
  /// The first step that is visible.
  private(set) var top = 0
  /// When the next step is due while it is played, in seconds since 1970; nil while it is not.
  var nextAt: Double?
  /// How many times as fast it is played.
  private(set) var speed = 1.0

  /// A wait that was longer is not waited for again, in seconds.
  static let longestWait = 2.0

  var current: ReplayStep? { steps.indices.contains(cursor) ? steps[cursor] : nil }
  var isPlaying: Bool { nextAt != nil }

  init(_ log: RunLog, title: Text, statement: (MigrationID, Int) -> String?) {
    run = log.run
    self.title = title
    steps = ReplayStep.steps(of: log, statement: statement)
  }

  mutating func settle(height: Int) {
    var position = ListPosition(cursor: cursor, top: top)
    position.settle(count: steps.count, height: height)
    (cursor, top) = (position.cursor, position.top)
  }

  /// Plays from the cursor on, from the beginning if it is at the end; or stops.
  mutating func toggle(now: Double) {
    if isPlaying {
      nextAt = nil
    } else {
      if cursor >= steps.count - 1 { cursor = 0 }
      schedule(from: now)
    }
  }

  /// Goes to the steps that are due.
  mutating func play(now: Double) {
    while let due = nextAt, due <= now {
      cursor = min(cursor + 1, steps.count - 1)
      schedule(from: due)
    }
  }

  mutating func changeSpeed(_ direction: Int, now: Double) {
    speed = min(16, max(0.25, direction > 0 ? speed * 2 : speed / 2))
    if isPlaying { schedule(from: now) }
  }

  private mutating func schedule(from time: Double) {
    guard steps.indices.contains(cursor + 1) else {
      nextAt = nil
      return
    }
    let wait = min(Self.longestWait, max(0.02, steps[cursor + 1].time - steps[cursor].time))
    nextAt = time + wait / speed
  }
}

/// One thing that happened in a recorded run; the beginning and the end of a statement are one step.
struct ReplayStep: Sendable, Hashable {
  var time: Double
  var migration: MigrationID?
  /// The statement that it is about, from 0.
  var statement: Int?
  /// Its text; nil where neither history nor project has it.
  var text: String?
  var words: String
  var kind: Kind
  /// What the server said, where it said something.
  var message: ServerMessage?
  /// What else is known, line by line.
  var lines: [String] = []

  enum Kind: Sendable, Hashable {
    case milestone
    case statement
    case notice
    case waiting
    case good
    case bad
  }

  var isBad: Bool { kind == .bad }

  /// The steps of a run.
  static func steps(of log: RunLog, statement: (MigrationID, Int) -> String?) -> [ReplayStep] {
    var steps: [ReplayStep] = []
    var open: (migration: MigrationID?, statement: Int?, time: Double, place: Int)?
    for event in log.events {
      if case .statementStarted = event.content {
        open = (event.migration, event.statement, event.time, steps.count)
        continue
      }
      var step = ReplayStep(event)
      if let id = event.migration, let index = event.statement {
        let kept = log.statements[id]
        step.text = kept.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? statement(id, index)
      }
      // A statement stands where it was sent: what the server said on the way comes behind it.
      if step.kind == .statement || step.isBad, let begun = open, begun.migration == event.migration,
        begun.statement == event.statement, event.statement != nil
      {
        step.time = begun.time
        steps.insert(step, at: begun.place)
        open = nil
      } else {
        steps.append(step)
      }
    }
    return steps
  }

  private init(_ event: RecordedEvent) {
    time = event.time
    migration = event.migration
    statement = event.statement
    words = event.sentence { Amounts.duration(milliseconds: $0) }
    kind = Self.kind(of: event)
    switch event.content {
    case .notice(let message), .statementFailed(let message): self.message = message
    case .migrationFinished(_, _, let message), .retrying(_, let message): self.message = message
    case .verified(_, _, let missing): lines = missing.map { "not as it should be: \($0)" }
    case .difference(let added, let changed, let removed):
      lines = added.map { "+ \($0)" } + changed.map { "~ \($0)" } + removed.map { "- \($0)" }
    case .blocked(let sessions), .queued(let sessions): lines = sessions.map(\.phrase)
    case .waitingForRun(let session): lines = [session.phrase]
    default: break
    }
  }

  private static func kind(of event: RecordedEvent) -> Kind {
    if event.isBad { return .bad }
    switch event.content {
    case .statementFinished: return .statement
    case .notice, .accessChanged, .difference: return .notice
    case .blocked, .queued, .paused, .waitingForRun, .statementSkipped: return .waiting
    case .verified, .migrationFinished: return .good
    default: return .milestone
    }
  }
}

extension ConsoleState {
  /// The run that is replayed, if one is.
  var replay: ReplayOverlay? {
    if case .replay(let overlay) = overlays.last { overlay } else { nil }
  }
}
