import Catalog
import Postgres
import Prisma
import Schema
import Verification

extension TargetSession {
  /// Compares a Prisma schema with the target and with the project's files.
  ///
  /// - Throws: ``PostgresError``.
  func prismaDrift(_ schema: PrismaSchema, of assessment: Assessment) async throws -> PrismaDriftReport {
    let reader = CatalogReader(connection)
    return try await PrismaDriftJudge(
      schema.database, project: assessment.loaded.project, statuses: assessment.statuses,
      snapshot: assessment.snapshot
    ).report { pairs in
      do {
        return try await reader.compare(pairs)
      } catch let error as PostgresError where error.code == .server {
        // A server that does not answer (no PL/pgSQL, a statement timeout) leaves the question open.
        return pairs.map { _ in .incomparable(error.message) }
      }
    }
  }
}
