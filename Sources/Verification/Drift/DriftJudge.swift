import Migrations
import Schema
import Script

/// Compares the live schema with what the migrations that are in have left.
///
/// **What should be there** follows from the effects of the migrations, folded in order (``EvidenceJudge`` folds the
/// same): each object with the statement that made it and those that changed it since.
///
/// **How definitions are compared.** What the catalog keeps as facts (types, flags, columns, methods, roles, timing,
/// actions) is compared as facts. Expressions and queries are not compared as texts: the server plans both sides in one
/// query each, under the search path that the file had, and equal plans are equal meanings. Nothing is written for it,
/// and all questions go to the server at once.
///
/// **What cannot be told** is said: a name in the file's text that is no longer there, an object that hangs on a
/// condition, a body that the server writes anew. It is never taken for equal, nor for different.
public struct DriftJudge: Sendable {
  private let project: Project
  private let expected: ExpectedSchema
  private let snapshot: Snapshot
  private let observation: Observation
  private let superseded: Set<MigrationID>

  /// Prepares the comparison of a snapshot with the migrations that are in.
  ///
  /// - Parameter judge: what has judged their evidence, and so followed the objects through all migrations already.
  public init(
    _ project: Project, statuses: [MigrationStatus], snapshot: Snapshot, following judge: EvidenceJudge? = nil
  ) {
    self.project = project
    self.snapshot = snapshot
    expected = ExpectedSchema(project, statuses: statuses, folded: judge?.folded)
    observation = Observation(snapshot)
    superseded = Set(statuses.filter { $0.state == .superseded }.map(\.id))
  }

  /// What disagrees.
  ///
  /// - Parameter compare: puts pairs of queries to the server, and answers in their order. What it throws ends the
  ///   comparison.
  public func report(
    compare: ([QueryPair]) async throws -> [QueryComparison]
  ) async throws -> DriftReport {
    let (missing, undropped) = presence()
    let gone = Set(missing.map(\.object))
    let changes = try await changes(compare: compare)
    var opaque = expected.opacities.map { OpaqueStatement(location: $0.location, reason: $0.reason) }
    var unmanaged: [Drift] = []
    var omission: String?
    if project.layout == .patch {
      omission = "the project is a patch for a living database, in which most objects are others' work"
    } else {
      let archive = ArchivedMakers(project, superseded: superseded)
      let found = UnmanagedObjects(expected: expected, snapshot: snapshot, platform: project.platform)
        .found(archive)
      let makers = expected.possibleMakers
      for object in found.unmanaged {
        if let place = makers.firstNumber(concerning: object) {
          opaque[place].possibleWork.append(object)
        } else {
          unmanaged.append(Drift(kind: .unmanaged, object: object))
        }
      }
      unmanaged += found.archived.map { object in
        let maker = archive.maker(of: object)
        return Drift(
          kind: .archived, object: object, migration: maker?.migration, location: maker?.location)
      }
    }
    let known = changes.drifts.filter { !gone.contains($0.object) }
    let drifts =
      known.filter { $0.kind == .changed } + missing + undropped + unmanaged
      + known.filter { $0.kind == .unknown }
    return DriftReport(
      drifts: drifts, compared: changes.compared, opaqueStatements: opaque,
      unmanagedOmission: omission)
  }

  /// The objects that are there and should not be otherwise than the files say; without those that are missing and those
  /// that no migration made.
  public func changes(
    compare: ([QueryPair]) async throws -> [QueryComparison]
  ) async throws -> (drifts: [Drift], compared: Int) {
    var comparison = DefinitionComparison(expected: expected, snapshot: snapshot)
    for object in expected.objects.keys.sorted() { comparison.compare(object) }
    let answers = comparison.questions.isEmpty ? [] : try await compare(comparison.questions.map(\.pair))
    return (comparison.drifts(answers), comparison.compared)
  }

  // MARK: Presence

  private func presence() -> (missing: [Drift], undropped: [Drift]) {
    var missing: [ObjectIdentity] = []
    var undropped: [ObjectIdentity] = []
    for (object, state) in expected.objects where ObservableKinds.contains(object) {
      if object.kind == .role || object.parent == ObjectKind.role.rawValue { continue }
      switch (state.existence, observation.value(of: .existence, object: object)) {
      case (.present, .absent) where !isUnderAnotherKind(object): missing.append(object)
      case (.absent, .present) where state.droppedAt != nil: undropped.append(object)
      default: continue
      }
    }
    let restoration = Restoration(expected: expected, snapshot: snapshot)
    return (
      inFileOrder(withoutParts(missing)).map { object in
        let place = expected.objects[object]?.account?.place
        return Drift(
          kind: .missing, object: object, migration: place.flatMap { expected.migration(of: $0)?.id },
          location: place.flatMap(expected.location), restoration: restoration.making(object))
      },
      withoutParts(undropped).map { object in
        let place = expected.objects[object]?.droppedAt
        return Drift(
          kind: .undropped, object: object, migration: place.flatMap { expected.migration(of: $0)?.id },
          location: place.flatMap(expected.location), restoration: restoration.dropping(object))
      }
    )
  }

  /// The objects in the order in which the files make them, so that what proposes to make them again can be run in order.
  private func inFileOrder(_ objects: [ObjectIdentity]) -> [ObjectIdentity] {
    func precedes(_ left: ObjectIdentity, _ right: ObjectIdentity) -> Bool {
      let first = expected.objects[left]?.account?.place ?? StatementPlacement()
      let second = expected.objects[right]?.account?.place ?? StatementPlacement()
      if (first.migration, first.statement) == (second.migration, second.statement) { return left < right }
      return (first.migration, first.statement) < (second.migration, second.statement)
    }
    return objects.sorted(by: precedes)
  }

  /// Whether the catalog has it as another kind of relation or routine, as where a statement calls a view a table.
  private func isUnderAnotherKind(_ object: ObjectIdentity) -> Bool {
    if object.isRelation {
      return ObjectKind.relations.contains { snapshot.contains(object.with(kind: $0)) }
    }
    if ObjectKind.routines.contains(object.kind) {
      return ObjectKind.routines.contains { snapshot.contains(object.with(kind: $0)) }
    }
    return false
  }

  /// The objects of a list without those that go with another one of it.
  private func withoutParts(_ objects: [ObjectIdentity]) -> [ObjectIdentity] {
    let all = Set(objects)
    let owners = objects.filter(\.canHaveParts) + objects.filter { !$0.canHaveParts }
    return objects.filter { object in
      if owners.contains(where: { $0 != object && object.isPart(of: $0) }) { return false }
      guard let state = expected.objects[object] else { return true }
      if let owner = state.ownedBy, all.contains(owner) { return false }
      let table = object.table ?? state.table
      if let table, ObjectKind.relations.contains(where: { all.contains(table.with(kind: $0)) }) {
        return false
      }
      guard object.kind != .column, let table, let schema = table.schema, let columns = state.columns else {
        return true
      }
      return !columns.contains { all.contains(.column(schema, table.name, $0)) }
    }.sorted()
  }
}
