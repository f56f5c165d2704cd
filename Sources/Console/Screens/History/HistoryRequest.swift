import Migrations

/// What the History screen asks of the target.
public enum HistoryRequest: Sendable, Hashable {
  /// The runs, what they changed, and what other tools recorded.
  case read
  /// Everything that happened in one run.
  case replay(run: Int64)

  var slot: String {
    switch self {
    case .read: "read"
    case .replay: "replay"
    }
  }
}

/// What the History screen is answered.
public enum HistoryAnswer: Sendable {
  case read(HistoryFacts)
  case replay(RunLog)
}

/// What a target remembers of a project.
public struct HistoryFacts: Sendable {
  /// The runs, the latest first.
  public var runs: [RunRecord]
  /// What the runs changed, the latest first.
  public var changes: [RecordedChanges]
  /// What other tools recorded, beside Signalbox's own.
  public var comparisons: [WitnessComparison]

  /// Makes facts from their parts.
  public init(
    runs: [RunRecord] = [], changes: [RecordedChanges] = [], comparisons: [WitnessComparison] = []
  ) {
    self.runs = runs
    self.changes = changes
    self.comparisons = comparisons
  }
}

/// Everything that happened in a run.
public struct RunLog: Sendable {
  /// The run's number.
  public var run: Int64
  /// What happened, in order.
  public var events: [RecordedEvent]
  /// The statements as they were sent, where the history still has them.
  public var statements: [MigrationID: [String]]

  /// Makes a log from its parts.
  public init(run: Int64, events: [RecordedEvent], statements: [MigrationID: [String]] = [:]) {
    self.run = run
    self.events = events
    self.statements = statements
  }
}
