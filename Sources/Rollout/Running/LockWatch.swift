import Migrations
import Postgres

extension Runner {
  /// Looks, over the observer's session, who holds what the run waits for, and who waits for the run, while a statement runs
  /// or the operator is asked.
  ///
  /// The first look comes after half a second: most statements have ended by then and cost nothing.
  func watchLocks(
    of id: MigrationID, statement: @escaping @Sendable () -> Int
  ) -> Task<Void, Never>? {
    guard let observer else { return nil }
    let pid = connection.server.processID
    return Task { [log, environment] in
      var last = LockNeighbours()
      do {
        try await environment.sleep(0.5)
        while !Task.isCancelled {
          let now = try await LockNeighbours.look(around: pid, over: try await observer.connection())
          log.emit(now, since: last, id, statement())
          last = now
          try await environment.sleep(1)
        }
      } catch {
        // Ended with its statement, or the observer's session is gone: the run itself does not depend on it.
        return
      }
    }
  }
}

extension EventLog {
  /// Says who is in the way now, and who waits, where that is not who it was.
  func emit(
    _ now: LockNeighbours, since last: LockNeighbours, _ id: MigrationID, _ statement: Int
  ) {
    if now.blockers.map(\.pid) != last.blockers.map(\.pid) {
      emit(.blocked(id, statement: statement, by: now.blockers))
    }
    if now.waiters.map(\.pid) != last.waiters.map(\.pid) {
      emit(.queued(id, statement: statement, behind: now.waiters))
    }
  }
}

/// The sessions before and behind a session in the queues for locks.
struct LockNeighbours: Sendable {
  /// Those that hold what it waits for, or stand before it.
  var blockers: [SessionDescription] = []
  /// Those that wait for what it holds, or stand behind it.
  var waiters: [SessionDescription] = []

  /// Looks around a session of the server, in one round trip.
  static func look(around pid: Int32, over observer: Connection) async throws -> LockNeighbours {
    // Since when a lock is waited for, the server tells from version 14 on.
    let waitStart =
      observer.server.version >= 140_000
      ? "(SELECT min(l.waitstart) FROM pg_locks l WHERE l.pid = a.pid AND NOT l.granted)"
      : "NULL::timestamptz"
    let result = try await observer.query(
      """
      WITH before AS MATERIALIZED (SELECT pg_blocking_pids($1::integer) AS pids)
      SELECT a.pid, a.usename, a.application_name, host(a.client_addr) AS address, a.query,
             a.pid = ANY (before.pids) AS blocks,
             extract(epoch FROM clock_timestamp() - CASE WHEN a.pid = ANY (before.pids)
               THEN coalesce(a.xact_start, a.query_start, a.backend_start)
               ELSE coalesce(\(waitStart), a.query_start) END) AS seconds
      FROM pg_stat_activity a, before
      WHERE a.pid = ANY (before.pids)
        OR (a.wait_event_type = 'Lock' AND $1::integer = ANY (pg_blocking_pids(a.pid)))
      ORDER BY a.pid
      """, [.integer(pid)])
    var neighbours = LockNeighbours()
    for row in result.rows {
      let session = SessionDescription(
        pid: Int32(clamping: try row.int("pid")), user: row["usename"], application: row["application_name"],
        address: row["address"], query: row["query"], seconds: try row.optionalDouble("seconds"))
      if try row.bool("blocks") {
        neighbours.blockers.append(session)
      } else {
        neighbours.waiters.append(session)
      }
    }
    return neighbours
  }
}
