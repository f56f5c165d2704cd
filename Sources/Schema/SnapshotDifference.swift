/// What changed from one snapshot to another.
public struct SnapshotDifference: Sendable, Hashable {
  /// An object that is in both snapshots with different definitions.
  public struct Change: Sendable, Hashable {
    /// The object as it was.
    public var before: SchemaObject
    /// The object as it is.
    public var after: SchemaObject
  }

  /// The objects that are only in the later snapshot, in order.
  public var added: [SchemaObject]
  /// The objects that are only in the earlier snapshot, in order.
  public var removed: [SchemaObject]
  /// The objects whose definition differs, in order.
  public var changed: [Change]

  /// Compares two snapshots by definition; sizes, statistics and column positions make no difference.
  public init(from before: Snapshot, to after: Snapshot) {
    var added: [SchemaObject] = []
    var changed: [Change] = []
    for (identity, object) in after.objects {
      guard let old = before.objects[identity] else {
        added.append(object)
        continue
      }
      if old.definition != object.definition { changed.append(Change(before: old, after: object)) }
    }
    self.added = added.sorted { $0.identity < $1.identity }
    self.removed = before.objects.values.filter { after.objects[$0.identity] == nil }
      .sorted { $0.identity < $1.identity }
    self.changed = changed.sorted { $0.after.identity < $1.after.identity }
  }

  /// Whether nothing changed.
  public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }
}
