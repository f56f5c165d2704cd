import JSON
import Migrations
import Postgres
import Script

/// Records migrations as applied without running them.
public struct Adoption: Sendable {
  private let amendment: HistoryAmendment

  /// Makes an adoption for one project over one connection.
  public init(connection: Connection, project: String, identity: OperatorIdentity) {
    amendment = HistoryAmendment(connection: connection, project: project, identity: identity)
  }

  /// Writes the rows of the migrations, all or none; in the Supabase CLI's history, too, where there is one.
  ///
  /// - Parameter reasons: why each is taken as applied, for the history's events.
  /// - Throws: ``RolloutError``, ``PostgresError``; nothing is written then.
  public func adopt(_ migrations: [Migration], because reasons: [MigrationID: String] = [:]) async throws {
    let supabase = SupabaseHistory(connection: amendment.connection)
    try await amendment.perform(as: "adopt") { store, run in
      var records: [HistoryAmendment.Record] = []
      for migration in migrations {
        let count = migration.script.statements.count
        try await store.record(
          HistoryRow(
            migration: migration, state: .adopted, run: run, statementsDone: count, statementsTotal: count))
        try await supabase.record(migration)
        records.append(
          HistoryAmendment.Record(
            id: migration.id, kind: "adopted", detail: ["reason": .optional(reasons[migration.id])]))
      }
      return records
    }
  }
}
