/// The server that the console is connected to, as the header shows it.
public struct ServerSummary: Sendable, Hashable {
  /// Where it is: `postgres@db.internal:5432/postgres`, never with a password.
  public var address: String
  /// The database's name, which is typed out to confirm on a protected target.
  public var database: String
  /// The server's version (`17.6`).
  public var version: String
  /// How long a question and its answer took, in milliseconds.
  public var latencyMilliseconds: Double?
  /// Whether the session cannot write: a standby, or a role or database that is set so.
  public var isReadOnly: Bool

  /// Makes a summary from its parts.
  public init(
    address: String, database: String, version: String, latencyMilliseconds: Double? = nil,
    isReadOnly: Bool = false
  ) {
    self.address = address
    self.database = database
    self.version = version
    self.latencyMilliseconds = latencyMilliseconds
    self.isReadOnly = isReadOnly
  }
}

/// Something that did not work: what happened and what to do next.
public struct Trouble: Error, Sendable, Hashable {
  /// What happened, in one sentence.
  public var message: String
  /// What the operator can do next.
  public var advice: String?

  /// Makes a trouble from its parts.
  public init(_ message: String, advice: String? = nil) {
    self.message = message
    self.advice = advice
  }
}
