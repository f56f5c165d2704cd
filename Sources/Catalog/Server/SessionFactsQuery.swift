import Postgres
import Schema

/// What a session is, asked in one statement.
extension SessionFacts {
  static let sql = """
    SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS version_number,
      pg_catalog.current_database() AS database, current_user AS role, session_user AS login,
      pg_catalog.array_remove(ARRAY[
        CASE WHEN r.rolsuper THEN 'superuser' END, CASE WHEN r.rolcreaterole THEN 'createrole' END,
        CASE WHEN r.rolcreatedb THEN 'createdb' END, CASE WHEN r.rolbypassrls THEN 'bypassrls' END,
        CASE WHEN r.rolreplication THEN 'replication' END,
        CASE WHEN has_database_privilege(d.oid, 'CREATE') THEN 'create-schema' END,
        CASE WHEN has_schema_privilege(p.oid, 'CREATE') THEN 'create-in-public' END], NULL) AS rights,
      ARRAY(
        WITH RECURSIVE member(role) AS (
          SELECT roleid FROM pg_catalog.pg_auth_members WHERE member = r.oid
          UNION SELECT m.roleid FROM pg_catalog.pg_auth_members m JOIN member ON m.member = member.role)
        SELECT g.rolname FROM member JOIN pg_catalog.pg_roles g ON g.oid = member.role ORDER BY g.rolname)
        AS memberships,
      pg_catalog.pg_is_in_recovery() AS in_recovery, current_setting('default_transaction_read_only')::bool AS read_only,
      pg_catalog.pg_backend_pid() AS process,
      host(pg_catalog.inet_server_addr()) || ':' || pg_catalog.inet_server_port() AS server_address,
      (SELECT s.version || ' ' || s.cipher FROM pg_catalog.pg_stat_ssl s
        WHERE s.pid = pg_catalog.pg_backend_pid() AND s.ssl) AS encryption,
      current_setting('max_connections') AS maximum_connections,
      ARRAY(SELECT g.rolname FROM pg_catalog.pg_roles g
        WHERE g.rolname IN ('anon', 'authenticated', 'service_role', 'supabase_admin')) AS platform_roles,
      ARRAY(SELECT n.nspname FROM pg_catalog.pg_namespace n
        WHERE n.nspname IN ('auth', 'storage', 'realtime', 'extensions', 'vault')) AS platform_schemas,
      to_regnamespace('signalbox') IS NOT NULL AS has_history
    FROM pg_catalog.pg_roles r
    JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
    LEFT JOIN pg_catalog.pg_namespace p ON p.nspname = 'public'
    WHERE r.rolname = current_user
    """

  init(_ row: Row) throws(PostgresError) {
    func texts(_ column: String) throws(PostgresError) -> [String] {
      try row.array(column).compactMap(\.self)
    }
    self.init(
      version: try row.text("version"), versionNumber: try row.int("version_number"),
      database: try row.text("database"), role: try row.text("role"), login: try row.text("login"),
      rights: Set(try texts("rights").compactMap(Right.init)), memberships: try texts("memberships"),
      isInRecovery: try row.bool("in_recovery"), isReadOnly: try row.bool("read_only"),
      process: try row.int("process"), serverAddress: try row.optionalText("server_address"),
      encryption: try row.optionalText("encryption"), maximumConnections: try row.int("maximum_connections"),
      platformRoles: Set(try texts("platform_roles")), platformSchemas: Set(try texts("platform_schemas")),
      hasHistory: try row.bool("has_history"))
  }
}
