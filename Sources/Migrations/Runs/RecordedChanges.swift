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
  /// The same objects with their definitions before and after; empty where the history has not kept them.
  public var objects: [ObjectChange]

  /// Makes a record from its parts.
  public init(
    migration: MigrationID, run: Int64, time: Double, created: [String] = [], altered: [String] = [],
    dropped: [String] = [], objects: [ObjectChange] = []
  ) {
    self.migration = migration
    self.run = run
    self.time = time
    self.created = created
    self.altered = altered
    self.dropped = dropped
    self.objects = objects
  }

  /// What happened to each object, with definitions where the history has them.
  public var list: [ObjectChange] {
    guard objects.isEmpty else { return ObjectChange.sorted(objects) }
    return created.map { ObjectChange(object: $0, kind: .added) }
      + altered.map { ObjectChange(object: $0, kind: .changed) }
      + dropped.map { ObjectChange(object: $0, kind: .removed) }
  }

  /// Whether nothing changed.
  public var isEmpty: Bool { created.isEmpty && altered.isEmpty && dropped.isEmpty }
}
