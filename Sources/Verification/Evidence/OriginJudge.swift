import Migrations
import Schema
import Script

/// Finds out from which origin a database was built where a project has baselines, and judges evidence accordingly.
///
/// A baseline makes the same objects as the migrations that it covers, so that only one of the two can be proved: which
/// one, the histories tell, and where they are silent the catalog. With nothing of the project there, the database is
/// empty, and a baseline is where it begins. With something there that the covered files make, it was built from them,
/// unless something else is there that only the baseline makes.
public struct OriginJudge: Sendable {
  /// The evidence of a project's migrations, and the origin that it is judged for.
  public struct Judgement: Sendable {
    /// How the database was, or will be, built.
    public var origin: DatabaseOrigin
    /// By migration; those that have no place in a database of this origin have none.
    public var evidence: [MigrationID: Evidence]
    /// What has judged the evidence, for judging it again when the catalog has changed.
    public var judge: EvidenceJudge
  }

  /// The kinds that everybody names: names that the server chooses prove little.
  private static let bulky: Set<ObjectKind> = [.table, .view, .materializedView, .function, .type]

  private let project: Project

  /// Makes a judge of one project.
  public init(_ project: Project) { self.project = project }

  /// Judges a target by its catalog and histories.
  ///
  /// - Parameter judge: one that has followed the project's files already; of use where it has no baselines.
  public func judge(
    _ snapshot: Snapshot, history: History, following judge: EvidenceJudge? = nil
  ) -> Judgement {
    guard let baseline = project.baselines.last else { return judgement(.files, snapshot, following: judge) }
    if let told = project.origin(in: history) { return judgement(told, snapshot) }
    let fromBaseline = judgement(.baseline(baseline.id), snapshot)
    let covered = project.migrations.filter { baseline.covers.contains($0.id) }
    guard Self.isAnythingThere(of: covered, in: snapshot) else { return fromBaseline }
    let whole = fromBaseline.evidence[baseline.id] ?? Evidence()
    // What the other files cannot explain only the baseline can have made.
    let explained = Self.created(by: project.migrations.filter { !$0.isBaseline })
    let isUnexplained = whole.items.contains {
      Self.bulky.contains($0.object.kind) && $0.action == .creates && $0.verdict == .found
        && !explained.contains($0.object)
    }
    if isUnexplained { return fromBaseline }
    let isWhole = !whole.isInconclusive && whole.found == whole.expected
    return isWhole && !isComplete(covered, in: snapshot) ? fromBaseline : judgement(.files, snapshot)
  }

  /// Whether the catalog has everything that the covered migrations make, those in the archive among them.
  private func isComplete(_ covered: [Migration], in snapshot: Snapshot) -> Bool {
    let chain = covered.map { migration -> Migration in
      var copy = migration
      if copy.place == .archived { copy.place = .active }
      return copy
    }
    return EvidenceJudge(migrations: chain, platform: project.platform).evidence(in: snapshot).values
      .allSatisfy { $0.found == $0.expected }
  }

  private static func isAnythingThere(of migrations: [Migration], in snapshot: Snapshot) -> Bool {
    created(by: migrations).contains { snapshot.contains($0) && !snapshot.isPlatform($0) }
  }

  private static func created(by migrations: [Migration]) -> Set<ObjectIdentity> {
    Set(
      migrations.flatMap(\.script.statements).flatMap(\.effects).filter { $0.action == .creates }.map(
        \.object))
  }

  private func judgement(
    _ origin: DatabaseOrigin, _ snapshot: Snapshot, following known: EvidenceJudge? = nil
  ) -> Judgement {
    let judge = known ?? EvidenceJudge(project.baselines.isEmpty ? project : project.seen(from: origin))
    return Judgement(origin: origin, evidence: judge.evidence(in: snapshot), judge: judge)
  }
}
