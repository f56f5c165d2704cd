import Migrations
import Postgres

/// Reads the history tables of other migration tools, in the schemas where the tools put them by default.
struct OtherHistoryReader: Sendable {
  /// The connection that reads.
  let connection: Connection

  /// Reads every history that is there.
  func read() async throws -> [OtherHistory] {
    // Two tools call their table `schema_migrations`; its columns tell whose it is.
    let found = try await connection.query(
      """
      SELECT n.nspname, c.relname, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS qualified,
             array_agg(a.attname::text ORDER BY a.attnum) AS columns
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind = 'r' AND n.nspname NOT IN ('auth', 'storage', 'realtime', '_realtime')
        AND c.relname IN ('schema_migrations', '_prisma_migrations', 'flyway_schema_history', 'goose_db_version',
                          'alembic_version', 'changes')
        AND has_table_privilege(c.oid, 'SELECT')
      GROUP BY 1, 2, 3 ORDER BY 1, 2
      """)
    var histories: [OtherHistory] = []
    for row in found.rows {
      let name = try row.text("qualified")
      guard
        let source = Source(
          schema: try row.text("nspname"), table: try row.text("relname"),
          columns: try row.array("columns").compactMap { $0 })
      else { continue }
      histories.append(
        OtherHistory(tool: source.tool, table: name, rows: try await rows(of: source, table: name)))
    }
    return histories
  }

  private func rows(of source: Source, table: String) async throws -> [OtherHistory.Row] {
    let result = try await connection.query(
      """
      SELECT version, name, is_applied, applied_at
      FROM (SELECT \(source.columns) FROM \(table) \(source.tail)) AS t(version, name, is_applied, applied_at)
      """)
    return try result.rows.map { row in
      OtherHistory.Row(
        version: try row.text("version"), name: row["name"], isApplied: try row.bool("is_applied"),
        appliedAt: try row.optionalDouble("applied_at"))
    }
  }

  /// How to read one tool's table: version, name, whether applied, when.
  struct Source: Sendable, Hashable {
    var tool: String
    var columns: String
    var tail: String

    /// Recognises a tool by schema, table and columns; nil if the table is nobody's history.
    init?(schema: String, table: String, columns: [String]) {
      switch table {
      case "schema_migrations" where schema == "supabase_migrations":
        let name = columns.contains("name") ? "name" : "NULL::text"
        self.init("supabase", "version, \(name), true, NULL::double precision", "ORDER BY version")
      case "schema_migrations" where columns.contains("dirty"):
        self.init("golang-migrate", "version::text, NULL::text, NOT dirty, NULL::double precision", "")
      case "schema_migrations" where columns == ["version"]:
        self.init("dbmate", "version::text, NULL::text, true, NULL::double precision", "ORDER BY version")
      case "_prisma_migrations":
        self.init(
          "prisma",
          "migration_name, NULL::text, finished_at IS NOT NULL AND rolled_back_at IS NULL, "
            + "extract(epoch FROM finished_at)", "ORDER BY started_at")
      case "flyway_schema_history":
        self.init(
          "flyway", "coalesce(version, script), description, success, extract(epoch FROM installed_on)",
          "ORDER BY installed_rank")
      case "goose_db_version":
        self.init(
          "goose", "version_id::text, NULL::text, is_applied, extract(epoch FROM tstamp)",
          "WHERE version_id > 0 ORDER BY id")
      case "alembic_version":
        self.init("alembic", "version_num, NULL::text, true, NULL::double precision", "")
      case "changes" where columns.contains("script_hash"):
        self.init(
          "sqitch", "change, note, true, extract(epoch FROM committed_at)", "ORDER BY committed_at")
      default:
        return nil
      }
    }

    private init(_ tool: String, _ columns: String, _ tail: String) {
      self.tool = tool
      self.columns = columns
      self.tail = tail
    }
  }
}
