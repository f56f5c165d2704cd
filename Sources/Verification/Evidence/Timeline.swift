import Migrations
import Schema
import Script

/// How the files change one facet of one object, from the first migration to the last.
struct FacetTimeline: Sendable {
  /// What it is before the first migration.
  var initial: FacetValue
  /// Whether the first migration that makes the object allows for its being there already (`IF NOT EXISTS`, `OR
  /// REPLACE`, `DROP … IF EXISTS` before `CREATE`), so that the initial value is only likely.
  var isInitialLikely = false
  /// The migrations that change it, in order; two neighbours never leave the same value.
  var points: [ChangePoint] = []
}

extension FacetTimeline {
  /// Whether it can tell more than whether the object is there: a fingerprint of which the files know but one cannot.
  func isTelling(_ facet: Facet) -> Bool {
    if facet.isExact { return true }
    let known = ([initial] + points.map(\.value)).filter { $0 != .absent && $0 != .unknown }
    return known.contains { $0 != known[0] }
  }
}

extension FacetTable<FacetTimeline> {
  /// Leaves out the histories of facets that tell no more than whether the object is there.
  mutating func removeWhatTellsNothing() {
    if !allSatisfy({ $0.value.isTelling($0.key) }) { self = filter { $0.value.isTelling($0.key) } }
  }
}

extension FacetTimeline {
  /// The history with the name of the role that runs the migrations; unknown where the catalog does not tell it.
  func naming(creator: FacetValue) -> FacetTimeline {
    guard initial == .creator || points.contains(where: { $0.value == .creator }) else { return self }
    var named = self
    if initial == .creator { named.initial = creator }
    for place in points.indices where points[place].value == .creator { named.points[place].value = creator }
    return named
  }
}

/// A migration that changes a facet.
struct ChangePoint: Sendable {
  /// The migration's place in the order.
  var migration: Int
  /// What the facet is after it.
  var value: FacetValue
  /// What must be there for the migration to do it; it does nothing, and does not fail, where one of these is missing.
  var hosts: [ObjectIdentity] = []
}

/// The objects of a database as some migrations leave them, followed in order.
struct FoldedSchema: Sendable {
  var migrations: [MigrationID]
  var platform: Platform
  var objects: [ObjectIdentity: TrackedObject]
  /// The names that objects have got instead of others, in order.
  var renames: [NameChange]
}

/// What one migration does to one object, all its statements together.
struct Touch: Sendable {
  var object: ObjectIdentity
  var action: EffectAction
  var position: SourcePosition?
  /// Whether it merely follows from what the migration does to the object that this one belongs to.
  var isImplied = false
  /// What must be there for the migration to do it (see ``ChangePoint/hosts``).
  var hosts: [ObjectIdentity] = []
}

/// What the files do to the objects of a database: the outcome of folding their effects in order.
struct Timelines: Sendable {
  /// The history of every facet that some migration changes.
  var facets: [ObjectIdentity: FacetTable<FacetTimeline>] = [:]
  /// By migration: the objects whose facets it changes, in the order of its file; without those that go, or get another
  /// name, only because what they belong to does.
  var touches: [[Touch]] = []
  /// The objects that belonged to whoever ran the files when they were made, with the roles that the files have given them
  /// to since.
  var createdObjects: [ObjectIdentity: Set<String>] = [:]
}
