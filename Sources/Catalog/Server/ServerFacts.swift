import Postgres
import Schema

/// What decides whether and how migrations can run on a server, as the current role sees it.
public struct ServerFacts: Sendable, Hashable {
  /// The version as the server spells it (`17.6 (Debian 17.6-1)`).
  public var version: String
  /// The version as a number (`170006`).
  public var versionNumber: Int
  /// The database.
  public var database: String
  /// The role whose rights count.
  public var currentUser: String
  /// The role that logged in.
  public var sessionUser: String
  /// Whether the current role is a superuser.
  public var isSuperuser: Bool
  /// Whether the current role may create schemas in the database.
  public var canCreateSchemas: Bool
  /// Whether the server is a standby, on which nothing can be written.
  public var isInRecovery: Bool
  /// Whether transactions are read only unless they say otherwise.
  public var isReadOnly: Bool
  /// The database's encoding.
  public var encoding: String
  /// Size of the database on disk in bytes; nil without the right to see it.
  public var databaseBytes: Int?
  /// How many connections the server takes.
  public var maximumConnections: Int
  /// The extensions that the server has files for, by name.
  public var extensions: [String: AvailableExtension]
}

extension ServerFacts {
  static let sql = """
    SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS version_number,
      pg_catalog.current_database() AS database, current_user AS current_user_name, session_user AS session_user_name,
      r.rolsuper AS is_superuser, has_database_privilege(d.oid, 'CREATE') AS can_create,
      pg_catalog.pg_is_in_recovery() AS in_recovery, current_setting('default_transaction_read_only')::bool AS read_only,
      pg_catalog.pg_encoding_to_char(d.encoding) AS encoding, current_setting('max_connections') AS maximum_connections,
      CASE WHEN has_database_privilege(d.oid, 'CONNECT') THEN pg_catalog.pg_database_size(d.oid) END AS bytes
    FROM pg_catalog.pg_database d, pg_catalog.pg_roles r
    WHERE d.datname = pg_catalog.current_database() AND r.rolname = current_user
    """

  init(_ row: Row, extensions: [String: AvailableExtension]) throws(PostgresError) {
    self.init(
      version: try row.text("version"), versionNumber: try row.int("version_number"),
      database: try row.text("database"), currentUser: try row.text("current_user_name"),
      sessionUser: try row.text("session_user_name"), isSuperuser: try row.bool("is_superuser"),
      canCreateSchemas: try row.bool("can_create"), isInRecovery: try row.bool("in_recovery"),
      isReadOnly: try row.bool("read_only"), encoding: try row.text("encoding"),
      databaseBytes: try row.optionalInt("bytes"), maximumConnections: try row.int("maximum_connections"),
      extensions: extensions)
  }
}
