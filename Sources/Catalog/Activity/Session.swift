import Postgres
import Schema

/// A session of the server, as `pg_stat_activity` shows it.
public struct Session: Sendable, Hashable, Identifiable {
  /// Its process number.
  public var id: Int32
  /// Its role; nil for the server's own processes.
  public var user: String?
  /// Its database; nil for processes that have none.
  public var database: String?
  /// What it calls itself.
  public var application: String?
  /// Its address, or nil for a local socket.
  public var address: String?
  /// What it is: `client backend`, `autovacuum worker`, ….
  public var kind: String?
  /// `active`, `idle`, `idle in transaction`, …; nil where it is kept from us.
  public var state: String?
  /// What it waits for (`Lock`, `IO`, …), if it waits.
  public var waitEventType: String?
  /// What exactly it waits for (`relation`, `DataFileRead`, …), if it waits.
  public var waitEvent: String?
  /// What it runs, or ran last.
  public var query: String?
  /// How long it has been in its state, in seconds.
  public var stateSeconds: Double?
  /// How long its transaction has been open, in seconds.
  public var transactionSeconds: Double?
  /// The sessions that hold what it waits for, or stand before it in the queue.
  public var blockedBy: [Int32]
  /// Whether it is the session that asks.
  public var isOwn: Bool

  /// Makes a session from its parts.
  public init(
    id: Int32, user: String? = nil, database: String? = nil, application: String? = nil,
    address: String? = nil,
    kind: String? = nil, state: String? = nil, waitEventType: String? = nil, waitEvent: String? = nil,
    query: String? = nil, stateSeconds: Double? = nil, transactionSeconds: Double? = nil,
    blockedBy: [Int32] = [],
    isOwn: Bool = false
  ) {
    self.id = id
    self.user = user
    self.database = database
    self.application = application
    self.address = address
    self.kind = kind
    self.state = state
    self.waitEventType = waitEventType
    self.waitEvent = waitEvent
    self.query = query
    self.stateSeconds = stateSeconds
    self.transactionSeconds = transactionSeconds
    self.blockedBy = blockedBy
    self.isOwn = isOwn
  }
}

extension Session {
  /// All sessions with this database or none; a parallel worker's blockers are those of its leader.
  ///
  /// `pg_blocking_pids` takes the lock manager's locks, so it is asked only of those that wait for a lock.
  static let sql = """
    SELECT a.pid, a.usename AS user, a.datname AS database, a.application_name AS application,
      host(a.client_addr) AS address, a.backend_type AS kind, a.state, a.wait_event_type, a.wait_event, a.query,
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
      id: Int32(truncatingIfNeeded: try row.int("pid")), user: try row.optionalText("user"),
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
