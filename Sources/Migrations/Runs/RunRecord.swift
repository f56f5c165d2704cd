/// One run as a target remembers it.
public struct RunRecord: Sendable, Hashable {
  /// Its number.
  public var id: Int64
  /// When it began, in seconds since 1970, UTC.
  public var startedAt: Double
  /// When it ended; nil if nobody saw its end.
  public var finishedAt: Double?
  /// The account that ran it.
  public var operatorName: String
  /// The machine that it was run from.
  public var host: String
  /// The Signalbox that ran it; empty if nobody asked.
  public var clientVersion: String
  /// What it did (`straight`, `step`, `adopt`, `repair`, `revert`).
  public var mode: String
  /// How it ended; nil if nobody saw its end.
  public var outcome: String?
  /// What became of the migrations in it, in order.
  public var migrations: [Entry]

  /// Makes a record from its parts.
  public init(
    id: Int64, startedAt: Double, finishedAt: Double? = nil, operatorName: String, host: String,
    clientVersion: String = "", mode: String, outcome: String? = nil, migrations: [Entry] = []
  ) {
    self.id = id
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.operatorName = operatorName
    self.host = host
    self.clientVersion = clientVersion
    self.mode = mode
    self.outcome = outcome
    self.migrations = migrations
  }

  /// What became of one migration in a run.
  public struct Entry: Sendable, Hashable {
    /// The migration.
    public var id: MigrationID
    /// How it ended (`applied`, `failed`, `adopted`, …).
    public var outcome: String
    /// How long it took, in milliseconds, where that is known.
    public var milliseconds: Double?

    /// Makes an entry from its parts.
    public init(id: MigrationID, outcome: String, milliseconds: Double? = nil) {
      self.id = id
      self.outcome = outcome
      self.milliseconds = milliseconds
    }
  }
}
