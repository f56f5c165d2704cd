import Catalog
import Migrations
import Postgres
import Schema
import Verification

/// Finds out by doing who reaches what, after asking; everything is rolled back.
struct AccessProbe {
  let session: TargetSession
  /// Whether the question was answered on the command line.
  let isConfirmed: Bool
  /// The name of a protected database, given on the command line.
  var typedName: String?

  /// Tries every command on these relations as each role; nil if the operator does not want it.
  ///
  /// - Throws: ``CommandFailure`` if nothing may be tried, or there is nobody to ask.
  func run(
    _ matrix: AccessMatrix, _ relations: [ObjectIdentity], _ roles: [String]
  ) async throws -> (plan: ProbePlan, report: ProbeReport)? {
    guard !session.target.isReadOnly else {
      throw CommandFailure(.usage, "the probe makes rows, if only to roll them back: not with --read-only")
    }
    let question =
      "Try reading and writing in \(session.connection.server.database), in a transaction that is rolled back?"
    let confirmation = Confirmation(
      isGiven: isConfirmed, typedName: typedName, target: session.target, session: session)
    guard try confirmation.ask(question) else { return nil }
    let plan = ProbePlanner(matrix).plan(for: relations, roles: roles)
    let outcomes = try await session.unlocked { session in
      try await RolledBackSession(session.connection).run(
        preparing: plan.seeds.map(\.statement), trying: plan.trials.map(\.statement))
    }
    return (plan, ProbeReport(plan, preparations: outcomes.preparations, trials: outcomes.trials))
  }

  /// What doing says of the project's expectations about access; nil if the operator does not want it.
  func findings(
    of assessment: Assessment, selection: Set<MigrationID>? = nil
  ) async throws -> [Finding]? {
    let matrix = AccessMatrix(assessment.snapshot)
    let judge = AccessProbeJudge(
      matrix, project: assessment.loaded.project, statuses: assessment.statuses, selection: selection)
    guard !judge.relations.isEmpty else { return [] }
    guard let (plan, report) = try await run(matrix, judge.relations, judge.roles) else { return nil }
    return judge.findings(plan, report)
  }
}
