import Schema

/// The objects that a migration touches, as far as the catalog is looked at again for them.
public struct TouchedObjects: Sendable, Hashable {
  /// Tables, and sequences of their own; what belongs to them is read along.
  public var relations: Set<ObjectIdentity> = []
  /// Functions and procedures, by schema and name: all that share a name are read.
  public var routines: Set<ObjectIdentity> = []
  /// The kinds of objects that are read besides tables with their columns, indexes, constraints and sequences.
  public var kinds: Set<ObjectKind> = []
  /// Whether comments can stand on more than tables and their columns.
  public var hasCommentsOnParts = false

  /// The kinds that can be read for some objects alone.
  public static let readableKinds: Set<ObjectKind> = [
    .table, .column, .index, .constraint, .sequence, .rowSecurity, .forcedRowSecurity, .policy, .trigger,
    .function, .procedure, .comment, .grant,
  ]

  /// The kinds that are always read with a relation.
  static let kindsOfRelations: Set<ObjectKind> = [
    .table, .foreignTable, .view, .materializedView, .column, .index, .constraint, .sequence, .rowSecurity,
    .forcedRowSecurity, .grant,
  ]

  /// Makes an empty set.
  public init() {}

  /// Adds others, which are looked at together with these.
  public mutating func formUnion(_ others: TouchedObjects) {
    relations.formUnion(others.relations)
    routines.formUnion(others.routines)
    kinds.formUnion(others.kinds)
    hasCommentsOnParts = hasCommentsOnParts || others.hasCommentsOnParts
  }

  /// The kinds that a look at these objects shows; of all others it says nothing.
  public var shownKinds: Set<ObjectKind> {
    var shown = kinds.intersection([.policy, .trigger, .comment])
    if !relations.isEmpty { shown.formUnion(Self.kindsOfRelations) }
    if !routines.isEmpty { shown.formUnion([.function, .procedure, .aggregate, .grant]) }
    return shown
  }
}
