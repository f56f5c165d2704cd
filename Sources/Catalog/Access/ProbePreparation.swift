import Postgres

/// What a probe must know of its session before it begins, and of sequences before and after.
extension CatalogReader {
  /// Of these roles those that the session cannot take on with SET ROLE.
  ///
  /// What counts is who logged in, not who the session has become; since PostgreSQL 16 a membership says by itself
  /// whether it lets its member do that.
  ///
  /// - Throws: ``PostgresError``.
  public func rolesOutOfReach(_ roles: [String]) async throws -> (sessionUser: String, roles: [String]) {
    try await withLease { lease in
      let right = lease.server.version < 160000 ? "MEMBER" : "SET"
      let result = try await lease.query(
        """
        SELECT session_user AS session_user, (SELECT array_agg(r.rolname ORDER BY r.rolname) FROM pg_catalog.pg_roles r
          WHERE r.rolname = ANY (\(SQLText.nameArray(Set(roles)))) AND NOT pg_has_role(session_user, r.oid, '\(right)')) AS roles
        """)
      guard let row = result.rows.first else {
        throw PostgresError(.unexpectedValue, "the server does not say who this session is")
      }
      return (try row.text("session_user"), (try row.optionalArray("roles") ?? []).compactMap { $0 })
    }
  }

  /// How far each sequence is that was used, as far as the session may see it, by qualified name.
  ///
  /// - Throws: ``PostgresError``.
  public func sequencePositions() async throws -> [String: Int] {
    try await withLease { lease in
      let result = try await lease.query(
        """
        SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename) AS name, last_value
        FROM pg_catalog.pg_sequences WHERE last_value IS NOT NULL
        """)
      var positions: [String: Int] = [:]
      for row in result.rows { positions[try row.text("name")] = try row.int("last_value") }
      return positions
    }
  }
}
