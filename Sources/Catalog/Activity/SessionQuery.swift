import Postgres
import ServerActivity

extension Session {
  /// All sessions with this database or none; a parallel worker's blockers are those of its leader.
  ///
  /// `pg_blocking_pids` takes the lock manager's locks, so it is asked only of those that wait for a lock.
  static let sql = """
    SELECT a.pid, a.usename AS user, a.datname AS database, a.application_name AS application,
      host(a.client_addr) AS address, extract(epoch FROM a.backend_start)::float8 AS started_at,
      a.backend_type AS kind, a.state, a.wait_event_type, a.wait_event, a.query,
      extract(epoch FROM clock_timestamp() - a.state_change)::float8 AS state_seconds,
      extract(epoch FROM clock_timestamp() - a.xact_start)::float8 AS transaction_seconds,
      CASE WHEN a.wait_event_type = 'Lock' THEN
        (SELECT array_agg(DISTINCT pid) FROM unnest(pg_catalog.pg_blocking_pids(a.pid)) pid) END AS blocked_by,
      a.pid = pg_catalog.pg_backend_pid() AS is_own
    FROM pg_catalog.pg_stat_activity a
    WHERE a.datname = pg_catalog.current_database() OR a.datname IS NULL
    ORDER BY a.pid
    """

  init(_ row: Row) throws(PostgresError) {
    self.init(
      id: Int32(truncatingIfNeeded: try row.int("pid")), startedAt: try row.optionalDouble("started_at") ?? 0,
      user: try row.optionalText("user"),
      database: try row.optionalText("database"), application: try row.optionalText("application"),
      address: try row.optionalText("address"), kind: try row.optionalText("kind"),
      state: try row.optionalText("state"), waitEventType: try row.optionalText("wait_event_type"),
      waitEvent: try row.optionalText("wait_event"), query: try row.optionalText("query"),
      stateSeconds: try row.optionalDouble("state_seconds"),
      transactionSeconds: try row.optionalDouble("transaction_seconds"),
      blockedBy: try row.optionalArray("blocked_by")?.compactMap { $0.flatMap { Int32($0) } } ?? [],
      isOwn: try row.bool("is_own"))
  }
}
