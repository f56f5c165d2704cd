import Migrations
import Schema
import Script

/// Decides which objects prove each migration, and what the live catalog says of them.
///
/// **What is evidence.** The effects of all migrations are folded in order, so that each object has a history: a list
/// of the migrations that change it, with what it is after each one, facet by facet (is it there; a column's type,
/// nullability and default; a function's body; what else defines it). A migration that leaves a facet as it already
/// was, because an earlier file or the platform made the same, does not stand in the list: it would prove nothing.
///
/// **Which migrations are in.** Nobody says; it is concluded from the same histories. A history whose last migration
/// that is in is number *j* shows value *j*. Turned round: the values that equal what the catalog shows are the
/// candidates for the last one that is in (0, the value before the first migration, among them). When all candidates
/// come before *j*, migration *j* cannot be in. When all are *j* itself (or *j* followed by changes whose outcome
/// cannot be known), it is. What follows for a migration rules out candidates in the histories of other objects: a
/// history cannot have stopped before a migration that is in, nor at one that is out. This goes on until nothing new
/// follows. No order of the migrations or of the objects matters, and nothing is assumed about which set was applied.
///
/// **Why it is sound.** If exactly the first *k* migrations were applied and the effects are right, then in every
/// history the true last one is a candidate from the start, and no true conclusion ever rules it out; so each
/// conclusion holds: *found* only for migrations up to *k*, *missing* only for those after. Where a history leaves
/// several answers (a table made and dropped again looks like one that was never made, unless something else tells the
/// two apart) the object is left out, and a migration without any other is *inconclusive*.
///
/// **What the verdicts mean.** An object is evidence for the migrations whose changes no later migration that is in has
/// undone: made by 004, altered by 010 and dropped by 031, it proves 004 and 010 until 031 is in, and then only 031.
/// A drop is proved by the absence of what was there; where the files before it have left nothing else to show for
/// themselves, those that come before one that is in are taken to be in for that. When the catalog shows a value that no history explains, the
/// last migration that is in and should have set it is the one whose object *differs*: somebody changed it since.
///
/// **What the whole server has in common** (roles, their memberships and settings, tablespaces) may be there because the
/// same migrations ran in another database. Where it is not as a migration leaves it, the migration is not in; where it is,
/// that says nothing, but completes what other objects say of a migration.
///
/// Texts are compared as the server stores them only where it stores them as they are (function bodies). Expressions
/// are compared by a fingerprint that survives the server's rewriting; it is trusted when it is equal to exactly one
/// of the definitions in the files, never when it is equal to none.
public struct EvidenceJudge: Sendable {
  private let ids: [MigrationID]
  private let places: [MigrationID: Int]
  private let others: [MigrationID]
  private let timelines: Timelines
  /// The schema as the last migration leaves it.
  let folded: FoldedSchema

  /// Folds the effects of a project's migrations.
  public init(_ project: Project) {
    self.init(migrations: project.migrations, platform: project.platform)
  }

  /// Folds the effects of migrations, given in order; skipped and archived ones have none.
  public init(migrations: [Migration], platform: Platform = .none) {
    let run = migrations.filter { $0.place == .active || $0.place == .applied }
    let makings = run.reduce(0) { sum, migration in
      sum + migration.script.statements.reduce(0) { $0 + $1.effects.count { $0.action == .creates } }
    }
    var fold = EffectFold(
      platform: platform, altered: AlteredParts(run.map(\.script)), objectCount: makings)
    for migration in run { fold.fold(migration.script) }
    ids = run.map(\.id)
    places = Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    others = migrations.filter { $0.place != .active && $0.place != .applied }.map(\.id)
    timelines = fold.finish()
    folded = FoldedSchema(
      migrations: ids, platform: platform, objects: fold.objects, renames: fold.renames)
  }

  /// The evidence of every migration; empty for those that nothing can prove.
  ///
  /// `applied` are migrations that are in without a doubt, such as one that has just run in the open transaction: their
  /// objects are expected, whatever the catalog shows.
  public func evidence(
    in snapshot: Snapshot, applied: Set<MigrationID> = []
  ) -> [MigrationID: Evidence] {
    var solver = EvidenceSolver(
      timelines, Observation(snapshot, created: timelines.createdObjects),
      included: Set(ids.indices.filter { applied.contains(ids[$0]) }))
    solver.solve()
    var evidence = Dictionary(others.map { ($0, Evidence()) }, uniquingKeysWith: { first, _ in first })
    for (index, id) in ids.enumerated() { evidence[id] = self.evidence(of: index, by: solver) }
    guard let presuming = solver.presumingOrder() else { return evidence }
    for index in solver.undecidedAtTheEnd where evidence[ids[index]]?.isInconclusive ?? true {
      evidence[ids[index]] = self.evidence(of: index, by: presuming)
    }
    return evidence
  }

  /// The evidence of one migration where it is known which are in: those that `applied` names, and no others.
  ///
  /// `snapshot` need show no more than the objects that the migration touches.
  public func evidence(
    of id: MigrationID, in snapshot: Snapshot, applied: Set<MigrationID>
  ) -> Evidence {
    guard let index = places[id] else { return Evidence() }
    let solver = EvidenceSolver(
      timelines, Observation(snapshot, created: timelines.createdObjects),
      objects: Set(timelines.touches[index].map(\.object))
    ) { applied.contains(ids[$0]) }
    return evidence(of: index, by: solver)
  }

  private func evidence(of index: Int, by solver: EvidenceSolver) -> Evidence {
    Evidence(
      items: timelines.touches[index].compactMap { touch in
        solver.verdict(of: touch.object, in: index) { ids[$0].rawValue }
          .map {
            EvidenceItem(
              object: touch.object, action: touch.action, position: touch.position, verdict: $0.verdict,
              absentHost: $0.absentHost)
          }
      })
  }
}
