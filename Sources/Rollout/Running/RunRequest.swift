import Catalog
import Migrations
import Schema

/// What is to be run, and how.
public struct RunRequest: Sendable {
  /// The project's name, under which the history keeps its rows.
  public var project: String
  /// The ordered work.
  public var plan: Plan
  /// Straight, step by step, or rolled back.
  public var mode: RunMode
  /// Whether an operator answers pauses; without one a failure ends the run.
  public var isInteractive: Bool
  /// Who runs it.
  public var identity: OperatorIdentity
  /// How long a statement waits for a lock, in milliseconds.
  public var lockTimeoutMilliseconds: Int
  /// How often a migration is tried that could not get its locks, the first time included.
  public var attempts: Int
  /// How long to wait for another run to end, in seconds.
  public var waitForOtherRunSeconds: Double
  /// How long the server may be silent after an abort before the connection is given up, in seconds.
  public var secondsOfSilence: Double
  /// The database before the run, to see what changes of what roles reach; nil if nobody asks.
  public var snapshot: Snapshot?
  /// Which transactions the snapshot shows; nil if nobody knows.
  ///
  /// Where nothing can have changed since, the catalog is not read again.
  public var moment: CatalogMoment?
  /// What may be widened without a question; nil for anything.
  public var accessLimit: AccessLimit?
  /// Whether an operator answers if that is exceeded, even where nobody answers other pauses.
  public var asksAboutAccess: Bool
  /// The settings of the session before each migration, after `RESET ALL` (`search_path`, …).
  public var settings: [String: String]

  /// The rows of the history that the plan was made from; nil where nobody looked.
  ///
  /// A row that has changed when the run begins is not run over.
  public var entries: [MigrationID: HistoryEntry]?
  /// Whether the operator has agreed that indexes which a build has left invalid are dropped and built again.
  public var rebuildsInvalidIndexes: Bool
  /// What to do with a statement of which nobody can tell whether it was done; nil to ask, or to stop.
  public var doubt: DoubtAnswer?

  /// Makes a request from its parts.
  public init(
    project: String, plan: Plan, mode: RunMode, isInteractive: Bool = false, identity: OperatorIdentity,
    lockTimeoutMilliseconds: Int = 5_000, attempts: Int = 5, waitForOtherRunSeconds: Double = 0,
    secondsOfSilence: Double = 0.8,
    snapshot: Snapshot? = nil, moment: CatalogMoment? = nil, accessLimit: AccessLimit? = nil,
    asksAboutAccess: Bool = false,
    settings: [String: String] = [:], entries: [MigrationID: HistoryEntry]? = nil,
    rebuildsInvalidIndexes: Bool = false, doubt: DoubtAnswer? = nil
  ) {
    self.project = project
    self.plan = plan
    self.mode = mode
    self.isInteractive = isInteractive
    self.identity = identity
    self.lockTimeoutMilliseconds = lockTimeoutMilliseconds
    self.attempts = attempts
    self.waitForOtherRunSeconds = waitForOtherRunSeconds
    self.secondsOfSilence = secondsOfSilence
    self.snapshot = snapshot
    self.moment = moment
    self.accessLimit = accessLimit
    self.asksAboutAccess = asksAboutAccess
    self.settings = settings
    self.entries = entries
    self.rebuildsInvalidIndexes = rebuildsInvalidIndexes
    self.doubt = doubt
  }
}

/// What the operator says of a statement whose end nobody saw, and which leaves nothing that could be looked up.
public enum DoubtAnswer: String, Sendable, Hashable, CaseIterable {
  /// It was done: go on behind it.
  case takeAsDone = "done"
  /// It was not done, or does no harm twice: send it again.
  case sendAgain = "again"
}

/// What a run needs from the world around it.
public struct RunEnvironment: Sendable {
  /// The time of day, in seconds since 1970, UTC.
  public var now: @Sendable () -> Double
  /// A clock that never goes back, in seconds.
  public var uptime: @Sendable () -> Double
  /// Waits for so many seconds; throws if the task is cancelled.
  public var sleep: @Sendable (Double) async throws -> Void
  /// A random number from 0 to 1, for the jitter of retries.
  public var random: @Sendable () -> Double
  /// Looks at what a migration should have left in a snapshot taken before its commit.
  public var evidence: @Sendable (MigrationID, Snapshot) -> Evidence
  /// Finds out how the reach of roles changes from one snapshot to another.
  public var accessChange: @Sendable (Snapshot, Snapshot) -> AccessChange
  /// Takes a snapshot over the run's own connection, inside its transaction.
  public var snapshot: @Sendable () async throws -> Snapshot
  /// Takes a snapshot outside a transaction, before a migration, which waits so many seconds for who holds a table.
  public var snapshotBefore: @Sendable (_ lockTimeout: Double) async throws -> Snapshot
  /// How a migration is verified by what it touches alone; nil if only whole snapshots will do.
  public var touched: TouchedVerification?
  /// The bytes of a migration's file, for the data of its COPY statements.
  public var source: @Sendable (Migration) throws -> [UInt8]

  /// Makes an environment from its parts.
  public init(
    now: @escaping @Sendable () -> Double, uptime: @escaping @Sendable () -> Double,
    sleep: @escaping @Sendable (Double) async throws -> Void, random: @escaping @Sendable () -> Double,
    evidence: @escaping @Sendable (MigrationID, Snapshot) -> Evidence,
    accessChange: @escaping @Sendable (Snapshot, Snapshot) -> AccessChange = { _, _ in AccessChange() },
    snapshot: @escaping @Sendable () async throws -> Snapshot,
    snapshotBefore: (@Sendable (_ lockTimeout: Double) async throws -> Snapshot)? = nil,
    touched: TouchedVerification? = nil,
    source: @escaping @Sendable (Migration) throws -> [UInt8]
  ) {
    self.now = now
    self.uptime = uptime
    self.sleep = sleep
    self.random = random
    self.evidence = evidence
    self.accessChange = accessChange
    self.snapshot = snapshot
    self.snapshotBefore = snapshotBefore ?? { _ in try await snapshot() }
    self.touched = touched
    self.source = source
  }
}

/// How a run verifies a migration by a look at the objects that it touches, in the message that runs it.
public struct TouchedVerification: Sendable {
  /// Which schemas are read, and how closely.
  public var scope: SnapshotScope
  /// Looks at what a migration should have left, in a snapshot of the objects that it touches.
  public var evidence: @Sendable (MigrationID, Snapshot) -> Evidence

  /// Makes it from its parts.
  public init(
    scope: SnapshotScope, evidence: @escaping @Sendable (MigrationID, Snapshot) -> Evidence
  ) {
    self.scope = scope
    self.evidence = evidence
  }
}
