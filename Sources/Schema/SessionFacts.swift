/// What a session says of itself: the server, the role and its rights, and what is in the way of migrations.
public struct SessionFacts: Sendable, Hashable {
  /// The version as the server spells it (`17.6 (Debian 17.6-1)`).
  public var version: String
  /// The version as a number (`170006`).
  public var versionNumber: Int
  /// The database.
  public var database: String
  /// The role whose rights count.
  public var role: String
  /// The role that logged in.
  public var login: String
  /// The role's attributes and its rights in the database.
  public var rights: Set<Right>
  /// The roles that it is a member of, directly or through others, in order.
  public var memberships: [String]
  /// Whether the server is a standby, on which nothing can be written.
  public var isInRecovery: Bool
  /// Whether transactions are read only unless they say otherwise.
  public var isReadOnly: Bool
  /// The process that serves the session.
  public var process: Int
  /// The server's own address and port; nil over a Unix socket.
  public var serverAddress: String?
  /// The TLS version and cipher of the connection to the server itself; nil if it is not encrypted.
  public var encryption: String?
  /// How many connections the server takes.
  public var maximumConnections: Int
  /// Which of Supabase's roles are there.
  public var platformRoles: Set<String>
  /// Which of Supabase's schemas are there.
  public var platformSchemas: Set<String>
  /// Whether Signalbox's history is there already.
  public var hasHistory: Bool

  /// A right that decides what migrations can do.
  public enum Right: String, Sendable, Hashable, CaseIterable {
    case superuser
    case createRole = "createrole"
    case createDatabase = "createdb"
    case bypassRowSecurity = "bypassrls"
    case replication
    case createSchema = "create-schema"
    case createInPublic = "create-in-public"
  }

  /// Makes facts from their parts.
  public init(
    version: String, versionNumber: Int, database: String, role: String, login: String? = nil,
    rights: Set<Right> = [], memberships: [String] = [], isInRecovery: Bool = false, isReadOnly: Bool = false,
    process: Int = 0, serverAddress: String? = nil, encryption: String? = nil, maximumConnections: Int = 100,
    platformRoles: Set<String> = [], platformSchemas: Set<String> = [], hasHistory: Bool = false
  ) {
    self.version = version
    self.versionNumber = versionNumber
    self.database = database
    self.role = role
    self.login = login ?? role
    self.rights = rights
    self.memberships = memberships
    self.isInRecovery = isInRecovery
    self.isReadOnly = isReadOnly
    self.process = process
    self.serverAddress = serverAddress
    self.encryption = encryption
    self.maximumConnections = maximumConnections
    self.platformRoles = platformRoles
    self.platformSchemas = platformSchemas
    self.hasHistory = hasHistory
  }
}
