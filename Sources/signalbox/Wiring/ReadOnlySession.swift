import Postgres
import Rollout

extension TargetSession {
  /// Connects, and says to what: where a pooler takes no settings with the connection, the target is one without them.
  static func open(
    _ target: Target, onNotice: @escaping @Sendable (Notice) -> Void
  ) async throws -> (Connection, Target) {
    do {
      return (try await Connection.connect(target.configuration, onNotice: onNotice), target)
    } catch let error as PostgresError where target.isReadOnly && error.refusesStartupSettings {
      let plain = target.withoutReadOnlyStart
      return (try await Connection.connect(plain.configuration, onNotice: onNotice), plain)
    }
  }

  /// Makes the session read-only where the target asks for it.
  ///
  /// - Returns: whether a protected target's session was so before; nil for other targets.
  /// - Throws: ``CommandFailure`` if a pooler lends the session: nobody else's must be made read-only.
  static func keepFromWriting(_ connection: Connection, to target: Target) async throws -> Bool? {
    guard target.isReadOnly || target.isProtected else { return nil }
    do {
      try await refuseLentSession(connection, of: target)
    } catch RolloutError.pooled {
      throw CommandFailure(
        .usage,
        "the connection goes through a pooler that gives each transaction another session of the server: "
          + "none of them can be kept from writing without keeping others' from it",
        advice: "use a direct connection or the pooler's session mode (Supabase: port 5432)"
          + (target.isReadOnly ? ", or a role that can only read, without --read-only" : ""))
    }
    let wasReadOnly = try await isReadOnly(connection)
    if !target.isReadOnly || !wasReadOnly {
      try await connection.execute("SET default_transaction_read_only = on")
    }
    return target.isProtected ? wasReadOnly : nil
  }

  /// Refuses the connection where a pooler lends it a session for each transaction: what is set and locked in it would be
  /// set and locked in somebody else's.
  ///
  /// - Throws: ``RolloutError/pooled``, ``PostgresError``.
  func refuseLentSession() async throws { try await Self.refuseLentSession(connection, of: target) }

  private static func refuseLentSession(_ connection: Connection, of target: Target) async throws {
    guard try await !PoolerCheck.isDirect(connection) else { return }
    let other = try await Connection.connect(target.configuration)
    do {
      try await PoolerCheck(connection: connection, other: other).refusePooledSession()
      await other.close()
    } catch {
      await other.close()
      throw error
    }
  }
}

extension PostgresError {
  /// Whether a pooler takes no settings with a connection (PgBouncer: `unsupported startup parameter`).
  fileprivate var refusesStartupSettings: Bool {
    isConnectionFailure && message.contains("startup parameter")
  }
}
