public import Migrations
public import Schema
import Synchronization

/// The evidence of migrations while they run, from looks at what each touches: which migrations are in is known.
///
/// ``EvidenceJudge`` concludes from the whole catalog which migrations are in; during a run that would be to ask for what
/// is known, once for each migration, at a price that grows with the project.
public final class EvidenceOfRun: Sendable {
  private let judge: EvidenceJudge
  private let included: Mutex<Set<MigrationID>>

  /// Begins with the migrations that are in before the run; all others count as out until they have run.
  public init(_ judge: EvidenceJudge, applied: Set<MigrationID>) {
    self.judge = judge
    included = Mutex(applied)
  }

  /// Notes that a migration has run.
  public func include(_ id: MigrationID) { included.withLock { _ = $0.insert(id) } }

  /// The evidence of a migration that has just run; `snapshot` shows at least the objects that it touches.
  public func evidence(of id: MigrationID, in snapshot: Snapshot) -> Evidence {
    include(id)
    return included.withLock { judge.evidence(of: id, in: snapshot, applied: $0) }
  }
}
