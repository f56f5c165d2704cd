import Schema

/// What a server says over a connection that stands, and what was measured on it.
public struct ServerReading: Sendable, Hashable {
  /// The host that was connected to.
  public var host: String
  /// The port; nil for a Unix socket.
  public var port: Int?
  /// What the session says of itself and of the server.
  public var session: SessionFacts
  /// The extensions that the server has the files of.
  public var extensions: [String: AvailableExtension]
  /// How long a round trip takes, in milliseconds, the median of several.
  public var latencyMilliseconds: Double
  /// How far the server's clock is ahead of this machine's, in seconds.
  public var clockDifference: Double
  /// How exact that is, in seconds: half of the round trip that it was measured with.
  public var clockUncertainty: Double
  /// The names and texts that are no UTF-8.
  public var unreadableTexts: [UnreadableText]
  /// What stands between here and the server.
  public var pooling: Pooling

  /// What stands between a client and its server.
  public enum Pooling: String, Sendable, Hashable {
    /// The process that greeted is the one that answers.
    case direct
    /// Another process answers than greeted, and always the same one.
    case session
    /// Another process answers than greeted, and it changes between transactions.
    case transaction
    /// A pooler is there; how it shares its servers could not be found out.
    case unknown
  }

  /// Makes a reading from its parts.
  public init(
    host: String, port: Int? = nil, session: SessionFacts, extensions: [String: AvailableExtension] = [:],
    latencyMilliseconds: Double = 0, clockDifference: Double = 0, clockUncertainty: Double = 0,
    unreadableTexts: [UnreadableText] = [], pooling: Pooling = .direct
  ) {
    self.host = host
    self.port = port
    self.session = session
    self.extensions = extensions
    self.latencyMilliseconds = latencyMilliseconds
    self.clockDifference = clockDifference
    self.clockUncertainty = clockUncertainty
    self.unreadableTexts = unreadableTexts
    self.pooling = pooling
  }

  /// Whether the database has what Supabase gives to every project: its roles and the accounts.
  public var isSupabase: Bool {
    ["anon", "authenticated", "service_role"].allSatisfy(session.platformRoles.contains)
      && session.platformSchemas.contains("auth")
  }

  /// Whether the server is on this machine.
  public var isLocal: Bool { port == nil || ["localhost", "127.0.0.1", "::1"].contains(host) }
}
