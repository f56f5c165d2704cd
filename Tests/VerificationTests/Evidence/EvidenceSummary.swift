import Migrations
import Schema
import Script
import Verification

/// `004 2/2, 010 0/1` for migrations with evidence, in order.
func summary(
  _ migrations: [Migration], _ objects: [SchemaObject], platform: Platform = .none,
  applied: Set<MigrationID> = []
) -> String {
  let evidence = EvidenceJudge(migrations: migrations, platform: platform)
    .evidence(in: Snapshot(objects: objects), applied: applied)
  return migrations.map { migration in
    let one = evidence[migration.id] ?? Evidence()
    return one.isInconclusive ? "\(migration.id) -" : "\(migration.id) \(one.found)/\(one.expected)"
  }.joined(separator: ", ")
}

/// What is said of each object of one migration.
func verdicts(
  _ id: MigrationID, _ migrations: [Migration], _ objects: [SchemaObject]
) -> [EvidenceItem.Verdict] {
  EvidenceJudge(migrations: migrations).evidence(in: Snapshot(objects: objects))[id]?.items.map(\.verdict)
    ?? []
}
