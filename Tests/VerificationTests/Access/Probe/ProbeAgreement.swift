import Catalog
import Postgres
import Schema
import Verification

/// The report of probing these tables, or of all.
func probe(
  _ matrix: AccessMatrix, _ connection: Connection, relations: [ObjectIdentity]? = nil,
  roles: [String] = ["anon", "authenticated", "service_role"]
) async throws -> (plan: ProbePlan, report: ProbeReport) {
  let plan = ProbePlanner(matrix).plan(for: relations ?? matrix.relations, roles: roles)
  let outcomes = try await RolledBackSession(connection).run(
    preparing: plan.seeds.map(\.statement), trying: plan.trials.map(\.statement))
  return (plan, ProbeReport(plan, preparations: outcomes.preparations, trials: outcomes.trials))
}

extension ProbeReport {
  /// Where the matrix says something else than was found, in words.
  func disagreements(with matrix: AccessMatrix) -> [String] {
    entries.filter { !agrees($0, with: matrix) }.map { entry in
      let cell = matrix.cell(entry.table, entry.command, role: entry.role)
      return
        "\(entry.table.qualifiedName) \(entry.command.rawValue) as \(entry.role): matrix \(cell.value.rawValue), probe \(entry.value?.rawValue ?? "") (\(entry.detail))"
    }
  }
}
