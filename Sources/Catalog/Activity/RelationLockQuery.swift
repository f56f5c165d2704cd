import Postgres
import Schema
import ServerActivity

extension RelationLock {
  /// Locks of user relations in this database, without those of the session that asks.
  static let sql = """
    SELECT l.pid, n.nspname AS schema, c.relname AS name, c.relkind AS kind, l.mode, l.granted
    FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE l.locktype = 'relation' AND l.pid <> pg_catalog.pg_backend_pid()
      AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
      AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ORDER BY l.pid, n.nspname, c.relname, l.mode
    """

  init(_ row: Row) throws(PostgresError) {
    self.init(
      session: Int32(truncatingIfNeeded: try row.int("pid")),
      relation: ObjectIdentity(
        ObjectKind(relationKind: try row.text("kind")), schema: try row.text("schema"),
        name: try row.text("name")),
      mode: try row.text("mode"), isGranted: try row.bool("granted"))
  }
}

extension ObjectKind {
  /// The kind that a letter of `pg_class.relkind` stands for.
  init(relationKind letter: String) {
    switch letter {
    case "v": self = .view
    case "m": self = .materializedView
    case "f": self = .foreignTable
    case "S": self = .sequence
    case "i", "I": self = .index
    default: self = .table
    }
  }
}
