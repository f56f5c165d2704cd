import Migrations
import Postgres
import Script

/// The Supabase CLI's own history, written along with ours so that `supabase migration list` agrees.
///
/// Only where its table is there already, and without touching columns that only the Management API fills.
struct SupabaseHistory: Sendable {
  /// The connection that writes, inside the migration's transaction.
  let connection: Connection

  /// Records a migration whose file name is one that the Supabase CLI counts (`^[0-9]+_.*\.sql$`).
  func record(_ migration: Migration) async throws {
    guard let request = Self.request(for: migration) else { return }
    let presence = try await connection.query(Self.presence)
    guard try presence.rows.first?.bool("is_there") == true else { return }
    _ = try await connection.query(request.sql, request.parameters)
  }

  /// Asks whether the table is there.
  static let presence =
    "SELECT to_regclass('supabase_migrations.schema_migrations') IS NOT NULL AS is_there"

  /// What records a migration where the table is there; nil if the Supabase CLI does not count the file.
  static func request(for migration: Migration) -> PipelineRequest? {
    guard !migration.version.isEmpty, migration.version.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return PipelineRequest(
      """
      INSERT INTO supabase_migrations.schema_migrations (version, name, statements)
      VALUES ($1, $2, $3::text[]) ON CONFLICT (version) DO NOTHING
      """,
      [
        .text(migration.version), .text(migration.name),
        .array(migration.script.statements.map(\.text)),
      ])
  }
}
