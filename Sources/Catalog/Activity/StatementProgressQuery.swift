import Postgres
import Schema
import ServerActivity

extension StatementProgress {
  /// What the server reports on; `COPY` since version 14.
  static func sql(version: Int) -> String {
    var sources = [
      // Which counter moves depends on the phase: tuples while sorting and loading, blocks while scanning.
      """
      SELECT pid, command, phase, datid, relid,
        CASE WHEN tuples_total > 0 THEN tuples_done WHEN blocks_total > 0 THEN blocks_done ELSE lockers_done END AS done,
        CASE WHEN tuples_total > 0 THEN tuples_total WHEN blocks_total > 0 THEN blocks_total ELSE lockers_total END AS total
      FROM pg_catalog.pg_stat_progress_create_index
      """,
      """
      SELECT pid, 'VACUUM', phase, datid, relid, heap_blks_scanned, heap_blks_total
      FROM pg_catalog.pg_stat_progress_vacuum
      """,
      """
      SELECT pid, 'ANALYZE', phase, datid, relid, sample_blks_scanned, sample_blks_total
      FROM pg_catalog.pg_stat_progress_analyze
      """,
      """
      SELECT pid, command, phase, datid, relid, heap_blks_scanned, heap_blks_total
      FROM pg_catalog.pg_stat_progress_cluster
      """,
    ]
    if version >= 140000 {
      sources.append(
        """
        SELECT pid, command, type, datid, relid, bytes_processed, bytes_total FROM pg_catalog.pg_stat_progress_copy
        """)
    }
    return """
      SELECT p.pid, p.command, p.phase, p.done, p.total, n.nspname AS schema, c.relname AS name, c.relkind AS kind
      FROM (\(sources.joined(separator: "\nUNION ALL\n"))) p
        JOIN pg_catalog.pg_database d ON d.oid = p.datid AND d.datname = pg_catalog.current_database()
        LEFT JOIN pg_catalog.pg_class c ON c.oid = p.relid LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      ORDER BY p.pid
      """
  }

  init(_ row: Row) throws(PostgresError) {
    self.init(
      session: Int32(truncatingIfNeeded: try row.int("pid")), command: try row.text("command"),
      phase: try row.optionalText("phase"), done: try row.optionalInt("done") ?? 0,
      total: try row.optionalInt("total") ?? 0)
    if let kind = try row.optionalText("kind") {
      relation = ObjectIdentity(
        ObjectKind(relationKind: kind), schema: try row.text("schema"), name: try row.text("name"))
    }
  }
}
