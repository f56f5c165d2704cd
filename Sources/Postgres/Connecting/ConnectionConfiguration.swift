/// Where and how to connect: libpq's parameters by their libpq names.
///
/// What is not set here comes from libpq's own sources: the environment (`PGHOST`, …), the service file, the password
/// file, and its defaults.
public struct ConnectionConfiguration: Sendable, Hashable {
  /// The parameters, such as `host`, `port`, `dbname`, `user`; several hosts are separated by commas.
  public var parameters: [String: String]

  /// Creates a configuration from a connection URI (`postgresql://…`) or a `key=value` string.
  ///
  /// Throws ``PostgresError/Code/configuration`` and names what is wrong, without repeating a secret.
  public init(_ text: String) throws(PostgresError) {
    if text.utf8.contains(0) {
      throw PostgresError(.configuration, "invalid connection string: it holds a NUL character")
    }
    switch ConnectionOptions.parse(text) {
    case .success(let parameters):
      self.parameters = parameters
    case .failure(let failure):
      throw PostgresError(
        .configuration,
        "invalid connection string: \(SecretRedaction.redacted(parseFailure: failure.message))")
    }
  }

  /// Creates a configuration from parameters.
  public init(parameters: [String: String] = [:]) { self.parameters = parameters }

  /// How many seconds each address may take to answer; 10 unless `connect_timeout` says otherwise, and 0 for ever.
  public var connectTimeout: Double {
    get { parameters["connect_timeout"].flatMap(Double.init) ?? Self.defaultConnectTimeout }
    set { parameters["connect_timeout"] = String(newValue) }
  }

  static let defaultConnectTimeout = 10.0

  /// The values that nobody may see, such as the password; for whoever has to leave them out of something.
  public var secrets: [String] { SecretRedaction.secrets(of: parameters) }

  /// The same server and settings, another database.
  public func database(_ name: String) -> ConnectionConfiguration {
    var copy = self
    copy.parameters["dbname"] = name
    return copy
  }
}

extension ConnectionConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The parameters as `key=value`, without the secrets.
  public var description: String {
    SecretRedaction.redacted(parameters).sorted { $0.key < $1.key }
      .map { "\($0.key)=\(Self.quoted($0.value))" }.joined(separator: " ")
  }

  /// The same as `description`: a debugger's log is a log too.
  public var debugDescription: String { description }

  /// The parameters without the secrets.
  public var customMirror: Mirror {
    Mirror(self, children: ["parameters": SecretRedaction.redacted(parameters)])
  }

  private static func quoted(_ value: String) -> String {
    if !value.isEmpty, !value.contains(where: { $0 == " " || $0 == "'" || $0 == "\\" }) { return value }
    var quoted = "'"
    for character in value {
      if character == "'" || character == "\\" { quoted.append("\\") }
      quoted.append(character)
    }
    return quoted + "'"
  }
}
