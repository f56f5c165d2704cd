import Migrations
import Postgres

extension Runner {
  /// Looks, over the observer's session, who holds what a statement waits for, while the statement runs.
  ///
  /// The first look comes after half a second: most statements have ended by then and cost nothing.
  func watchBlockers(
    of id: MigrationID, statement: @escaping @Sendable () -> Int
  ) -> Task<Void, Never>? {
    guard let observer else { return nil }
    let pid = connection.server.processID
    return Task { [log, environment] in
      var last: [SessionDescription] = []
      do {
        try await environment.sleep(0.5)
        while !Task.isCancelled {
          let blockers = try await Self.blockers(of: pid, over: try await observer.connection())
          if blockers.map(\.pid) != last.map(\.pid) {
            log.emit(.blocked(id, statement: statement(), by: blockers))
            last = blockers
          }
          try await environment.sleep(1)
        }
      } catch {
        // Ended with its statement, or the observer's session is gone: the run itself does not depend on it.
        return
      }
    }
  }

  private static func blockers(
    of pid: Int32, over observer: Connection
  ) async throws -> [SessionDescription] {
    let result = try await observer.query(
      """
      SELECT pid, usename, application_name, host(client_addr) AS address, query,
             extract(epoch FROM clock_timestamp() - coalesce(xact_start, query_start, backend_start)) AS seconds
      FROM pg_stat_activity WHERE pid = ANY (pg_blocking_pids($1::integer)) ORDER BY pid
      """, [.integer(pid)])
    return try result.rows.map { row in
      SessionDescription(
        pid: Int32(clamping: try row.int("pid")), user: row["usename"], application: row["application_name"],
        address: row["address"], query: row["query"], seconds: try row.optionalDouble("seconds"))
    }
  }
}
