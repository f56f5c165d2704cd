public import JSON
public import Migrations

/// The answer of `signalbox history --json`.
public struct HistoryDocument: Sendable {
  private let project: Project
  private let database: StatusDocument.Database
  private let runs: [RunRecord]
  private let changes: [RecordedChanges]
  private let comparisons: [WitnessComparison]

  /// Makes the document of what a target remembers.
  public init(
    project: Project, database: StatusDocument.Database, runs: [RunRecord], changes: [RecordedChanges],
    comparisons: [WitnessComparison]
  ) {
    self.project = project
    self.database = database
    self.runs = runs
    self.changes = changes
    self.comparisons = comparisons
  }

  /// The document.
  public var json: JSONValue {
    [
      "project": .string(project.name),
      "database": [
        "name": .string(database.name), "host": .string(database.host), "version": .string(database.version),
      ],
      "runs": .array(runs.map(Self.json)),
      "times": .array(ExecutionTimes.all(of: runs).map(Self.json)),
      "others": .array(comparisons.map(Self.json)),
    ]
  }

  /// The document of one run: what happened in it, and what it changed.
  ///
  /// - Parameter events: the events as they were stored, each as JSON.
  public static func json(
    of run: RunRecord, events: [JSONValue], changes: [RecordedChanges]
  ) -> JSONValue {
    [
      "run": json(run), "events": .array(events),
      "changes": .array(changes.filter { $0.run == run.id }.flatMap(json)),
    ]
  }

  /// A run with what became of its migrations.
  static func json(_ run: RunRecord) -> JSONValue {
    [
      "id": .integer(run.id), "started_at": .string(Timestamp.text(of: run.startedAt)),
      "finished_at": .optional(run.finishedAt.map(Timestamp.text)), "operator": .string(run.operatorName),
      "host": .string(run.host), "mode": .string(run.mode), "outcome": .optional(run.outcome),
      "migrations": .array(
        run.migrations.map {
          [
            "id": .string($0.id.rawValue), "outcome": .string($0.outcome),
            "milliseconds": .optional($0.milliseconds),
          ]
        }),
    ]
  }

  /// The times of a migration, with their trend.
  public static func json(_ times: ExecutionTimes) -> JSONValue {
    let trend: (word: String, factor: Double)? =
      switch times.trend {
      case .slower(let factor): ("slower", factor)
      case .faster(let factor): ("faster", factor)
      case .steady: ("steady", 1)
      case nil: nil
      }
    return [
      "id": .string(times.migration.rawValue), "trend": .optional(trend?.word),
      "factor": .optional(trend?.factor),
      "attempts": .array(
        times.attempts.map {
          [
            "run": .integer($0.run), "started_at": .string(Timestamp.text(of: $0.startedAt)),
            "outcome": .string($0.outcome), "milliseconds": .number($0.milliseconds),
          ]
        }),
    ]
  }

  private static func json(_ changes: RecordedChanges) -> [JSONValue] {
    changes.list.map { change in
      [
        "migration": .string(changes.migration.rawValue), "object": .string(change.object),
        "change": .string(change.kind.rawValue), "before": .optional(change.before),
        "after": .optional(change.after),
      ]
    }
  }

  private static func json(_ comparison: WitnessComparison) -> JSONValue {
    [
      "tool": .string(comparison.tool), "table": .string(comparison.table),
      "disagreements": .integer(Int64(comparison.disagreements)),
      "migrations": .array(
        comparison.entries.map { entry in
          [
            "id": .string(entry.id.rawValue), "theirs": .boolean(entry.theirs),
            "theirs_at": .optional(entry.theirTime.map(Timestamp.text)),
            "ours": .optional(entry.ours?.state.rawValue),
            "verdict": .string(entry.verdict.word), "reason": .optional(entry.verdict.reason),
          ]
        }),
    ]
  }
}

extension WitnessComparison.Verdict {
  /// The word for it in documents.
  public var word: String {
    switch self {
    case .agree: "agree"
    case .onlyTheirs: "only-theirs"
    case .onlyOurs: "only-ours"
    case .contradict: "contradict"
    }
  }

  /// What the contradiction is.
  public var reason: String? {
    if case .contradict(let reason) = self { reason } else { nil }
  }
}
