import Postgres
import Schema

/// How large a table is.
public struct TableSize: Sendable, Hashable {
  /// The table.
  public var table: ObjectIdentity
  /// Estimated rows (`pg_class.reltuples`), or nil if it was never analysed.
  public var estimatedRows: Double?
  /// Size of its rows on disk, those kept out of line included, in bytes.
  public var tableBytes: Int
  /// Size of its indexes on disk, in bytes.
  public var indexBytes: Int

  /// Makes a size from its parts.
  public init(table: ObjectIdentity, estimatedRows: Double? = nil, tableBytes: Int = 0, indexBytes: Int = 0) {
    self.table = table
    self.estimatedRows = estimatedRows
    self.tableBytes = tableBytes
    self.indexBytes = indexBytes
  }

  /// Size on disk with all that belongs to it, in bytes.
  public var totalBytes: Int { tableBytes + indexBytes }
}

extension TableSize {
  static let sql = """
    SELECT n.nspname AS schema, c.relname AS name,
      CASE WHEN c.reltuples >= 0 AND (c.relpages > 0 OR c.reltuples > 0) THEN c.reltuples END::float8 AS rows,
      pg_catalog.pg_table_size(c.oid) AS table_bytes, pg_catalog.pg_indexes_size(c.oid) AS index_bytes
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ORDER BY pg_catalog.pg_total_relation_size(c.oid) DESC, n.nspname, c.relname
    """

  init(_ row: Row) throws(PostgresError) {
    self.init(
      table: .table(try row.text("schema"), try row.text("name")),
      estimatedRows: try row.optionalDouble("rows"),
      tableBytes: try row.optionalInt("table_bytes") ?? 0, indexBytes: try row.optionalInt("index_bytes") ?? 0
    )
  }
}
