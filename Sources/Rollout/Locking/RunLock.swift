import Migrations
import Postgres

/// The lock that lets one run at a time into a project on a database.
///
/// A session-level advisory lock, polled with `pg_try_advisory_lock`: a *waiting* lock would deadlock with
/// `CREATE INDEX CONCURRENTLY`, which waits for every older transaction, that of the waiter included. It goes with its
/// session, so a crashed holder leaves nothing behind.
struct RunLock: Sendable {
  /// The connection whose session holds it.
  let connection: Connection
  /// The project that it guards.
  let project: String

  private static let key = "hashtextextended('signalbox:' || $1, 0)"

  /// Tries once to take the lock.
  ///
  /// - Returns: Nil if it is ours now, else the session that holds it.
  /// - Throws: ``RolloutError/standby`` on a server that takes no changes, ``RolloutError/pooled`` if the session that took
  ///   it is not the one that answers.
  func tryToTake() async throws -> Holder? {
    let attempt = try await connection.query(
      """
      SELECT pg_is_in_recovery() AS standby, pg_backend_pid() AS pid,
             CASE WHEN NOT pg_is_in_recovery() THEN pg_try_advisory_lock(\(Self.key)) END AS taken
      """, [.text(project)])
    guard let row = attempt.rows.first else { throw RolloutError.historyUnreadable("no answer to the lock") }
    if try row.bool("standby") { throw RolloutError.standby }
    let taken = try row.bool("taken")
    let pid = try row.int("pid")
    let holder = try await grantedLock()
    if taken {
      guard let holder, try holder.int("pid") == pid, try holder.int("own") == pid else {
        throw RolloutError.pooled
      }
      return nil
    }
    return Holder(session: try holder.map(Self.session))
  }

  /// How a try of ``requests(unlessPooled:)`` ended.
  enum Attempt: Sendable, Hashable {
    case taken
    case refused
    /// It was not tried: the session is not the one that was connected to.
    case pooled
  }

  /// What tries once to take the lock, unless a pooler gives the connection another session than its own; the answers
  /// go to ``attempt(_:)``.
  func requests(unlessPooled process: Int32) -> [PipelineRequest] {
    [
      PipelineRequest(
        """
        SELECT pg_is_in_recovery() AS standby, pg_backend_pid() AS pid,
               CASE WHEN pg_backend_pid() = $2::integer AND NOT pg_is_in_recovery()
                 THEN pg_try_advisory_lock(\(Self.key)) END AS taken
        """, [.text(project), .integer(process)], synchronizes: true),
      holderRequest,
    ]
  }

  /// What came of a try.
  ///
  /// - Throws: ``RolloutError/standby`` on a server that takes no changes, ``RolloutError/pooled`` if the session that took
  ///   the lock is not the one that answers.
  func attempt(_ answers: [QueryResult]) throws -> Attempt {
    guard let row = answers.first?.rows.first else {
      throw RolloutError.historyUnreadable("no answer to the lock")
    }
    if try row.bool("standby") { throw RolloutError.standby }
    guard let taken = try row.optionalBool("taken") else { return .pooled }
    guard taken else { return .refused }
    let pid = try row.int("pid")
    guard let holder = answers.last?.rows.first, try holder.int("pid") == pid, try holder.int("own") == pid
    else { throw RolloutError.pooled }
    return .taken
  }

  /// The session that holds the lock, without trying to take it; nil if none does.
  func holder() async throws -> SessionDescription? { try await grantedLock().map(Self.session) }

  /// Whether this session holds it.
  func isHeld() async throws -> Bool {
    guard let row = try await grantedLock() else { return false }
    return try row.int("pid") == row.int("own")
  }

  private func grantedLock() async throws -> Row? {
    try await connection.query(holderRequest.sql, holderRequest.parameters).rows.first
  }

  private var holderRequest: PipelineRequest {
    PipelineRequest(
      """
      SELECT a.pid, pg_backend_pid() AS own, a.usename, a.application_name, host(a.client_addr) AS address, a.query,
             extract(epoch FROM clock_timestamp() - coalesce(a.xact_start, a.backend_start)) AS seconds
      FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND l.classid::bigint = (\(Self.key) >> 32) & 4294967295
        AND l.objid::bigint = \(Self.key) & 4294967295
      """, [.text(project)], synchronizes: true)
  }

  private static func session(_ row: Row) throws -> SessionDescription {
    SessionDescription(
      pid: Int32(clamping: try row.int("pid")), user: row["usename"],
      application: row["application_name"], address: row["address"], query: row["query"],
      seconds: try row.optionalDouble("seconds"))
  }

  /// Gives the lock back.
  func release() async throws {
    _ = try await connection.query(releasing.sql, releasing.parameters)
  }

  /// What gives the lock back.
  var releasing: PipelineRequest {
    PipelineRequest("SELECT pg_advisory_unlock(\(Self.key))", [.text(project)], synchronizes: true)
  }

  /// The session that holds the lock; nil inside if it went away before it could be asked.
  struct Holder: Sendable {
    let session: SessionDescription?
  }
}
