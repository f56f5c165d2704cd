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

  /// What was done, and what came of it.
  struct Run {
    var plan: ProbePlan
    var report: ProbeReport
    /// The roles that the session could not take on, each with what would let it.
    var unavailableRoles: [String: String]
    /// The sequences that moved meanwhile, in words.
    var movedSequences: [String]
  }

  /// Tries every command on these objects as each role; nil if the operator does not want it.
  ///
  /// - Throws: ``CommandFailure`` if nothing may be tried, or there is nobody to ask.
  func run(
    _ matrix: AccessMatrix, _ objects: [ObjectIdentity], _ roles: [String]
  ) async throws -> Run? {
    guard !session.target.isReadOnly else {
      throw CommandFailure(.usage, "the probe makes rows, if only to roll them back: not with --read-only")
    }
    let reader = CatalogReader(session.connection)
    let unavailable = try await unavailableRoles(roles, reader)
    let question =
      "Try reading and writing in \(session.connection.server.database), in a transaction that is rolled back?"
    let confirmation = Confirmation(
      isGiven: isConfirmed, typedName: typedName, target: session.target, session: session)
    guard try confirmation.ask(question) else { return nil }
    let plan = ProbePlanner(matrix, unavailableRoles: unavailable).plan(for: objects, roles: roles)
    let before = try await reader.sequencePositions()
    let outcomes = try await session.unlocked { session in
      try await RolledBackSession(session.connection).run(
        preparing: plan.seeds.map(\.statement), trying: plan.trials.map(\.statement))
    }
    let after = try await reader.sequencePositions()
    let moved = after.filter { $0.value != before[$0.key] }.sorted { $0.key < $1.key }
    return Run(
      plan: plan, report: ProbeReport(plan, preparations: outcomes.preparations, trials: outcomes.trials),
      unavailableRoles: unavailable,
      movedSequences: moved.map { "\($0.key) \(before[$0.key].map(String.init) ?? "unused") → \($0.value)" })
  }

  /// The roles that the session cannot take on, each with what would let it.
  private func unavailableRoles(_ roles: [String], _ reader: CatalogReader) async throws -> [String: String] {
    let wanted = roles.filter { $0 != AccessMatrix.owner }
    let (user, missing) = try await reader.rolesOutOfReach(wanted)
    func grant(_ roles: [String]) -> String {
      "GRANT \(roles.map(Identifier.quoted).joined(separator: ", ")) TO \(Identifier.quoted(user))"
        + (session.connection.server.version < 160000 ? "" : " WITH SET TRUE, INHERIT FALSE")
    }
    if !wanted.isEmpty, missing.count == wanted.count {
      throw CommandFailure(
        .usage, "\(user) may become none of the roles: \(missing.joined(separator: ", "))",
        advice: "\(grant(missing)) would let it, or connect as a superuser")
    }
    return Dictionary(
      missing.map { ($0, "\(user) may not become \($0); \(grant([$0])) would let it") },
      uniquingKeysWith: { first, _ in first })
  }

  /// What doing says of the project's expectations about access; nil if the operator does not want it.
  func findings(
    of assessment: Assessment, selection: Set<MigrationID>? = nil
  ) async throws -> [Finding]? {
    let matrix = AccessMatrix(assessment.snapshot)
    let judge = AccessProbeJudge(
      matrix, project: assessment.loaded.project, statuses: assessment.statuses, selection: selection)
    guard !judge.objects.isEmpty else { return [] }
    guard let run = try await run(matrix, judge.objects, judge.roles) else { return nil }
    return judge.findings(run.plan, run.report)
  }
}
