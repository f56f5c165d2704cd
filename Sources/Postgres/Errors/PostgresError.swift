/// The one error type of the Postgres room: what was attempted, what went wrong, and what the server said of it.
///
/// It never holds a password.
public struct PostgresError: Error, Sendable, Hashable {
  /// What kind of failure it was.
  public var code: Code
  /// What went wrong, in words for a person, without a line end.
  public var message: String
  /// The server's own report, when the failure came from the server.
  public var report: ServerReport?
  /// The statement that failed.
  public var statement: String?
  /// The server that was spoken to, or tried.
  public var endpoint: Endpoint?
  /// The failures behind this one: for a connection, one for each address that was tried.
  public var causes: [PostgresError]

  /// Creates an error.
  public init(
    _ code: Code, _ message: String, report: ServerReport? = nil, statement: String? = nil,
    endpoint: Endpoint? = nil, causes: [PostgresError] = []
  ) {
    self.code = code
    self.message = message
    self.report = report
    self.statement = statement
    self.endpoint = endpoint
    self.causes = causes
  }

  /// The SQLSTATE, when the server reported one.
  public var sqlState: String? { report.flatMap { $0.sqlState.isEmpty ? nil : $0.sqlState } }
}

extension PostgresError {
  /// The kinds of failure; more may come, so a switch over them needs a default.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The kind as one word, as it appears in logs and JSON.
    public let description: String

    /// The server refused or failed the statement; `report` says why.
    public static let server = Code(description: "server")
    /// No connection could be made.
    public static let connectionFailed = Code(description: "connectionFailed")
    /// A connection that stood was lost; whether the last statement took effect is not known.
    public static let connectionLost = Code(description: "connectionLost")
    /// A deadline passed.
    public static let timedOut = Code(description: "timedOut")
    /// The task was cancelled, or the statement was cancelled on the server.
    public static let cancelled = Code(description: "cancelled")
    /// A host name could not be resolved.
    public static let nameResolution = Code(description: "nameResolution")
    /// The server refused the user, the password, or the method of authentication.
    public static let authentication = Code(description: "authentication")
    /// The server is older than Signalbox supports.
    public static let unsupportedServer = Code(description: "unsupportedServer")
    /// The request was skipped because an earlier one of the same pipeline failed.
    public static let pipelineAborted = Code(description: "pipelineAborted")
    /// The connection settings are not valid.
    public static let configuration = Code(description: "configuration")
    /// The caller asked for something that cannot be, such as a NUL character in a text parameter.
    public static let misuse = Code(description: "misuse")
    /// A value in a result is absent or is not of the type that was asked for.
    public static let unexpectedValue = Code(description: "unexpectedValue")
  }

  /// A server as an error names it: where it is, and who asked for what there.
  public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    /// The host name, address, or directory of the Unix socket.
    public var host: String
    /// The port; for a Unix socket, the number in the socket's name.
    public var port: String
    /// The user who connects.
    public var user: String?
    /// The database asked for.
    public var database: String?

    /// Creates an endpoint.
    public init(host: String, port: String, user: String? = nil, database: String? = nil) {
      self.host = host
      self.port = port
      self.user = user
      self.database = database
    }

    /// The endpoint as `user@host:port/database`, or with the socket's path.
    public var description: String {
      let place = host.hasPrefix("/") ? "\(host)/.s.PGSQL.\(port)" : "\(host):\(port)"
      let who = user.map { "\($0)@" } ?? ""
      let what = database.map { host.hasPrefix("/") ? " database \($0)" : "/\($0)" } ?? ""
      return who + place + what
    }
  }
}

extension PostgresError: CustomStringConvertible {
  /// The message with SQLSTATE, endpoint, and the server's detail and hint, each on its line.
  public var description: String {
    var lines = [message]
    if let report, !report.sqlState.isEmpty { lines[0] += " (SQLSTATE \(report.sqlState))" }
    if let detail = report?.detail { lines.append("detail: \(detail)") }
    if let hint = report?.hint { lines.append("hint: \(hint)") }
    if let context = report?.context { lines.append("context: \(context)") }
    if let endpoint, causes.isEmpty { lines.append("server: \(endpoint)") }
    for cause in causes { lines.append("- \(cause.description)") }
    return lines.joined(separator: "\n")
  }
}
