import Catalog
import Console
import Migrations
import Verification

extension TargetSession {
  /// Answers the Access screen; the operator has confirmed what is asked.
  func answer(_ request: AccessRequest, about project: LoadedProject) async throws -> AccessAnswer {
    switch request {
    case .probe(let relations):
      guard !target.isReadOnly else {
        throw Trouble("the probe makes rows, if only to roll them back: not with --read-only")
      }
      let snapshot = try await CatalogReader(connection).snapshot(project.project.snapshotScope)
      let matrix = AccessMatrix(snapshot)
      let plan = ProbePlanner(matrix).plan(for: relations, roles: matrix.roles)
      let outcomes = try await unlocked { session in
        try await RolledBackSession(session.connection).run(
          preparing: plan.seeds.map(\.statement), trying: plan.trials.map(\.statement))
      }
      let report = ProbeReport(plan, preparations: outcomes.preparations, trials: outcomes.trials)
      return .probed(report, omissions: plan.omissions, catalog: snapshot)
    }
  }
}
