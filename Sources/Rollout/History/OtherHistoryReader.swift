import Migrations
import Postgres
import Schema

/// Reads the history tables of other migration tools, in the schemas where the tools put them by default.
struct OtherHistoryReader: Sendable {
  private let source: OtherHistorySource
  private let table: String

  /// What finds the tables: tools share names for them, and let people choose others, so the columns tell whose a table is.
  ///
  /// By name through an index, by column in one pass: as conditions on each table the two took ten times as long.
  static let search = """
    SELECT n.nspname, c.relname, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS qualified,
           ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
                 WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) AS columns
    FROM (SELECT oid FROM pg_catalog.pg_class
          WHERE relname = ANY (ARRAY[\(OtherHistorySource.usualTables.map(SQLLiteral.text).joined(separator: ", "))]::name[])
          UNION
          SELECT attrelid FROM pg_catalog.pg_attribute
          WHERE attname IN (\(OtherHistorySource.tellingColumns.map(SQLLiteral.text).joined(separator: ", ")))) found
    JOIN pg_catalog.pg_class c ON c.oid = found.oid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname NOT IN ('auth', 'storage', 'realtime', '_realtime')
      AND has_table_privilege(c.oid, 'SELECT')
    ORDER BY 1, 2
    """

  /// The histories that are there, from the answer to ``search``.
  static func sources(_ found: QueryResult) throws -> [OtherHistoryReader] {
    try found.rows.compactMap { row in
      let source = OtherHistorySource(
        schema: try row.text("nspname"), table: try row.text("relname"),
        columns: try row.array("columns").compactMap { $0 })
      let table = try row.text("qualified")
      return source.map { OtherHistoryReader(source: $0, table: table) }
    }
  }

  /// What asks for the rows of a history.
  var request: PipelineRequest {
    PipelineRequest(
      """
      SELECT (\(source.version))::text AS version, (\(source.name))::text AS name, \(source.isApplied) AS is_applied,
             (\(source.appliedAt))::double precision AS applied_at, (\(source.script))::text AS script,
             \(source.coversEarlier) AS covers_earlier, (\(source.checksum))::text AS checksum,
             (\(source.statements))::text[] AS statements
      FROM \(table) \(source.tail)
      """, synchronizes: true)
  }

  /// What the answer to ``request`` says.
  func history(_ result: QueryResult) throws -> OtherHistory {
    let rows = try result.rows.map { row in
      OtherHistory.Row(
        version: try row.text("version"), name: row["name"], isApplied: try row.bool("is_applied"),
        appliedAt: try row.optionalDouble("applied_at"), script: row["script"],
        coversEarlier: try row.bool("covers_earlier"),
        checksum: row["checksum"].flatMap(source.recordedChecksum),
        statements: try row.optionalArray("statements")?.compactMap { $0 })
    }
    return OtherHistory(tool: source.tool, table: table, rows: rows)
  }
}
