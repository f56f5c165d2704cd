/// What a server says of itself and of a session when the session begins.
public struct ServerInformation: Sendable, Hashable {
  /// The version as a number: 170006 for 17.6.
  public var version: Int
  /// The process that serves the session.
  public var processID: Int32
  /// The database of the session.
  public var database: String
  /// The user who connected.
  public var user: String
  /// The host name, address, or directory of the Unix socket that was connected to.
  public var host: String
  /// The port, or nil for a Unix socket.
  public var port: Int?
  /// Whether the connection is encrypted with TLS.
  public var isEncrypted: Bool
  /// The settings that the server reported, by name: `server_encoding`, `TimeZone`, `in_hot_standby`, ….
  public var parameters: [String: String]

  /// Creates a description, for callers that have no server.
  public init(
    version: Int, processID: Int32 = 0, database: String, user: String, host: String, port: Int? = nil,
    isEncrypted: Bool = false, parameters: [String: String] = [:]
  ) {
    self.version = version
    self.processID = processID
    self.database = database
    self.user = user
    self.host = host
    self.port = port
    self.isEncrypted = isEncrypted
    self.parameters = parameters
  }

  /// The version as people write it, such as `17.6`.
  public var versionText: String { "\(version / 10_000).\(version % 10_000)" }

  init(_ connection: LibpqConnection) {
    let host = connection.host
    self.init(
      version: connection.serverVersion, processID: connection.processID, database: connection.database,
      user: connection.user, host: host, port: host.hasPrefix("/") ? nil : Int(connection.port),
      isEncrypted: connection.isEncrypted,
      parameters: Dictionary(
        uniqueKeysWithValues: Self.reportedParameters.compactMap { name in
          connection.parameterStatus(name).map { (name, $0) }
        }))
  }

  /// The settings that servers report unasked (protocol documentation, "Asynchronous Operations").
  private static let reportedParameters = [
    "application_name", "client_encoding", "DateStyle", "default_transaction_read_only", "in_hot_standby",
    "integer_datetimes", "IntervalStyle", "is_superuser", "scram_iterations", "search_path",
    "server_encoding",
    "server_version", "session_authorization", "standard_conforming_strings", "TimeZone",
  ]
}
