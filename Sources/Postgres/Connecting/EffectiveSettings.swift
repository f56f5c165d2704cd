import Threads

/// The settings that a configuration comes to with libpq's own sources: the environment, the service file, its defaults.
public struct EffectiveSettings: Sendable, Hashable {
  /// libpq's parameters by their names, without secrets.
  public var parameters: [String: String]
  /// Whether there is a password, one of the password file left aside.
  public var hasPassword: Bool
}

extension ConnectionConfiguration {
  /// Asks libpq what this configuration comes to; nothing is sent.
  ///
  /// Throws ``PostgresError/Code/cancelled``, and ``PostgresError/Code/connectionFailed`` where the system has no thread.
  @concurrent
  public func effectiveSettings() async throws -> EffectiveSettings {
    var all = try await Connector(configuration: self, interruption: WaitInterruption()).effectiveParameters()
    all["ssl_min_protocol_version"] = nil
    return EffectiveSettings(
      parameters: SecretRedaction.redacted(all), hasPassword: !(all["password"] ?? "").isEmpty)
  }
}
