import Migrations
import Schema

extension RequirementJudge {
  /// What stands in the way of the migrations that are still to run on a database.
  ///
  /// Of those that are in, the database itself has proved that they found what they use; and what is there already is
  /// provided, whoever made it.
  public static func findings(
    of project: Project, graph: RequirementGraph, statuses: [MigrationStatus], snapshot: Snapshot,
    selection: Set<MigrationID>? = nil
  ) -> [Finding] {
    let open = Set(
      statuses.filter { [.pending, .partial, .failed, .interrupted].contains($0.state) }.map(\.id))
    guard !open.isEmpty else { return [] }
    return findings(of: project, graph: graph).filter { finding in
      guard finding.severity != .pass, let migration = finding.migration, open.contains(migration),
        selection?.contains(migration) ?? true
      else { return false }
      return finding.object.map { !isThere($0, in: snapshot) } ?? true
    }
  }

  /// Whether the catalog has it, under whichever kind a statement may mean.
  private static func isThere(_ object: ObjectIdentity, in snapshot: Snapshot) -> Bool {
    var kinds = [object.kind]
    if object.isRelation { kinds = ObjectKind.relations + [.sequence] }
    if ObjectKind.routines.contains(object.kind) { kinds = ObjectKind.routines }
    if ObjectKind.typeKinds.contains(object.kind) { kinds = [.type, .domain] + ObjectKind.relations }
    if kinds.contains(where: { snapshot.contains(object.with(kind: $0)) }) { return true }
    guard object.signature == nil, ObjectKind.routines.contains(object.kind) else { return false }
    return snapshot.objects.keys.contains {
      ObjectKind.routines.contains($0.kind) && $0.schema == object.schema && $0.name == object.name
    }
  }
}
