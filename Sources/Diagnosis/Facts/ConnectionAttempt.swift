/// An attempt to connect that failed.
public struct ConnectionAttempt: Sendable, Hashable {
  /// The host.
  public var host: String
  /// The port.
  public var port: String
  /// The user.
  public var user: String?
  /// The database.
  public var database: String?
  /// What libpq, the system or the server says, without a secret.
  public var message: String
  /// What kind of failure it was.
  public var kind: FailureKind

  /// Makes an attempt from its parts.
  public init(
    host: String, port: String, user: String? = nil, database: String? = nil, message: String,
    kind: FailureKind
  ) {
    self.host = host
    self.port = port
    self.user = user
    self.database = database
    self.message = message
    self.kind = kind
  }

  /// Whether it went over a Unix socket.
  public var isSocket: Bool { host.hasPrefix("/") || host.hasPrefix("@") }
}
