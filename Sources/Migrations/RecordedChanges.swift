/// What a run of a migration changed, as the history remembers it: the objects by their descriptions.
public struct RecordedChanges: Sendable, Hashable {
  /// The migration.
  public var migration: MigrationID
  /// The run.
  public var run: Int64
  /// When, in seconds since 1970, UTC.
  public var time: Double
  /// The objects that were made (`table public.agents`).
  public var created: [String]
  /// The objects that became different.
  public var altered: [String]
  /// The objects that were dropped.
  public var dropped: [String]

  /// Makes a record from its parts.
  public init(
    migration: MigrationID, run: Int64, time: Double, created: [String] = [], altered: [String] = [],
    dropped: [String] = []
  ) {
    self.migration = migration
    self.run = run
    self.time = time
    self.created = created
    self.altered = altered
    self.dropped = dropped
  }

  /// Whether nothing changed.
  public var isEmpty: Bool { created.isEmpty && altered.isEmpty && dropped.isEmpty }
}
