/// How long a migration took each time that it ran on a target.
public struct ExecutionTimes: Sendable, Hashable {
  /// The migration.
  public var migration: MigrationID
  /// The times that it ran, the earliest first; adoptions and repairs ran nothing and are not among them.
  public var attempts: [Attempt]

  /// One time that it ran.
  public struct Attempt: Sendable, Hashable {
    /// The run.
    public var run: Int64
    /// When the run began, in seconds since 1970, UTC.
    public var startedAt: Double
    /// How it ended (`applied`, `failed`, …).
    public var outcome: String
    /// How long it took, in milliseconds.
    public var milliseconds: Double
  }

  /// How the last time compares with those before.
  public enum Trend: Sendable, Hashable {
    /// It took so many times as long.
    case slower(factor: Double)
    /// It took as long, within a quarter.
    case steady
    /// It took the so-manieth part.
    case faster(factor: Double)
  }

  /// What is taken for measuring noise, in milliseconds: shorter differences are no trend.
  private static let noise = 5.0
  /// From which factor on a difference counts.
  private static let step = 1.25

  /// The times that ended well.
  public var successes: [Attempt] { attempts.filter { $0.outcome == "applied" } }

  /// How the last success compares with the middle of those before; nil before the second.
  public var trend: Trend? {
    let times = successes.map(\.milliseconds)
    guard times.count > 1, let last = times.last else { return nil }
    let before = times.dropLast().sorted()
    let middle = before[before.count / 2]
    guard abs(last - middle) > Self.noise, middle > 0, last > 0 else { return .steady }
    if last > middle * Self.step { return .slower(factor: last / middle) }
    return last * Self.step < middle ? .faster(factor: middle / last) : .steady
  }

  /// The times of all migrations that ran, in the order in which they first did.
  ///
  /// - Parameter runs: the runs of a target, the latest first.
  public static func all(of runs: [RunRecord]) -> [ExecutionTimes] {
    var places: [MigrationID: Int] = [:]
    var times: [ExecutionTimes] = []
    for run in runs.reversed() where run.isRunOfMigrations {
      for entry in run.migrations {
        guard let milliseconds = entry.milliseconds else { continue }
        let place = places[entry.id] ?? times.count
        if place == times.count {
          places[entry.id] = place
          times.append(ExecutionTimes(migration: entry.id, attempts: []))
        }
        times[place].attempts.append(
          Attempt(
            run: run.id, startedAt: run.startedAt, outcome: entry.outcome, milliseconds: milliseconds))
      }
    }
    return times
  }
}

extension RunRecord {
  /// Whether migrations ran in it, not only the history was changed or a script taken back.
  public var isRunOfMigrations: Bool { mode == "straight" || mode == "step" }
}
