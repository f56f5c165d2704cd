import Migrations
import Postgres

/// Reads the history tables of other migration tools, in the schemas where the tools put them by default.
struct OtherHistoryReader: Sendable {
  /// The connection that reads.
  let connection: Connection

  /// Reads every history that is there.
  func read() async throws -> [OtherHistory] {
    // Tools share names for their tables, and let people choose others: the columns tell whose a table is.
    let found = try await connection.query(
      """
      SELECT n.nspname, c.relname, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS qualified,
             array_agg(a.attname::text ORDER BY a.attnum) AS columns
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind = 'r' AND n.nspname NOT IN ('auth', 'storage', 'realtime', '_realtime')
        AND (c.relname = ANY ($1)
             OR c.oid IN (SELECT attrelid FROM pg_attribute WHERE attname IN ('installed_rank', 'is_applied')))
        AND has_table_privilege(c.oid, 'SELECT')
      GROUP BY 1, 2, 3 ORDER BY 1, 2
      """, [.array(OtherHistorySource.usualTables)])
    var histories: [OtherHistory] = []
    for row in found.rows {
      let name = try row.text("qualified")
      guard
        let source = OtherHistorySource(
          schema: try row.text("nspname"), table: try row.text("relname"),
          columns: try row.array("columns").compactMap { $0 })
      else { continue }
      histories.append(
        OtherHistory(tool: source.tool, table: name, rows: try await rows(of: source, table: name)))
    }
    return histories
  }

  private func rows(of source: OtherHistorySource, table: String) async throws -> [OtherHistory.Row] {
    let result = try await connection.query(
      """
      SELECT (\(source.version))::text AS version, (\(source.name))::text AS name, \(source.isApplied) AS is_applied,
             (\(source.appliedAt))::double precision AS applied_at, (\(source.script))::text AS script,
             \(source.coversEarlier) AS covers_earlier, (\(source.checksum))::text AS checksum,
             (\(source.statements))::text[] AS statements
      FROM \(table) \(source.tail)
      """)
    return try result.rows.map { row in
      OtherHistory.Row(
        version: try row.text("version"), name: row["name"], isApplied: try row.bool("is_applied"),
        appliedAt: try row.optionalDouble("applied_at"), script: row["script"],
        coversEarlier: try row.bool("covers_earlier"),
        checksum: row["checksum"].flatMap(source.recordedChecksum),
        statements: try row.optionalArray("statements")?.compactMap { $0 })
    }
  }
}
