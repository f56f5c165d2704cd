/// What kind of failure an attempt to connect met.
///
/// libpq and poolers give text alone while a connection is being made, so the kind is told from what they say.
public enum FailureKind: String, Sendable, Hashable, CaseIterable {
  case nameUnresolved
  case refused
  case timedOut
  case unreachable
  case socketMissing
  case socketForbidden
  case closed
  case notPostgres
  case tlsRequired
  case tlsNotOffered
  case certificateRefused
  case clientCertificate
  case wrongPassword
  case passwordMissing
  case roleMissing
  case methodRefused
  case accessRejected
  case tenantUnknown
  case databaseMissing
  case databaseForbidden
  case serverFull
  case poolerFull
  case serverStarting
  case startupParameter
  case poolerWithoutServer
  case unsupportedServer
  case settings
  case other

  /// Tells the kind from a message; the first words that fit decide, the more particular before the more general.
  public init(message: String) {
    let said = message.lowercased()[...]
    self = Self.words.first { $0.words.contains { said.firstRange(ofText: $0) != nil } }?.kind ?? .other
  }

  /// What libpq 13 to 18, PostgreSQL, PgBouncer and Supavisor say, in lower case.
  private static let words: [(kind: FailureKind, words: [String])] = [
    (
      .settings,
      ["definition of service", "invalid port number", "invalid sslmode", "syntax error in service file"]
    ),
    (
      .tenantUnknown,
      ["tenant or user not found", "tenant/user", "no tenant identifier", "external_id or sni_hostname"]
    ),
    (
      .poolerFull,
      [
        "max client connections reached", "maxclientsinsessionmode", "no more connections allowed",
        "max clients reached", "emaxconnsession",
      ]
    ),
    (.startupParameter, ["unsupported startup parameter", "unsupported frontend protocol"]),
    (
      .poolerWithoutServer,
      [
        "pgbouncer cannot connect to server", "server login has been failing", "server_login_retry",
        "query_wait_timeout", "pooler error", "bouncer config error",
      ]
    ),
    (.nameUnresolved, ["could not resolve", "could not translate host name", "was not resolved in time"]),
    (
      .tlsNotOffered,
      ["server does not support ssl", "ssl was required", "server does not support encryption"]
    ),
    (.clientCertificate, ["valid client certificate", "certificate required", "private key file"]),
    (
      .certificateRefused,
      [
        "certificate verify failed", "root certificate file", "does not match host name",
        "self-signed certificate",
        "self signed certificate", "unknown ca", "certificate has expired", "could not read root certificate",
        "host name must be specified for a verified ssl connection", "weak sslmode",
      ]
    ),
    (
      .tlsRequired,
      [
        "no encryption", "ssl off", "ssl required", "ssl connection is required", "sslmode=require",
        "connection is insecure", "ssl is required", "requires ssl",
      ]
    ),
    (
      .notPostgres,
      [
        "expected authentication request", "received invalid response to ssl negotiation",
        "wrong version number",
        "invalid response to gssapi negotiation", "received unencrypted data after ssl",
      ]
    ),
    (.passwordMissing, ["no password supplied", "empty password returned"]),
    (
      .methodRefused,
      [
        "peer authentication", "ident authentication", "authentication method", "gssapi",
        "requires channel binding",
      ]
    ),
    (
      .wrongPassword,
      [
        "password authentication failed", "sasl authentication failed", "authentication failed",
        "wrong password",
        "auth failed", "too many authentication errors", "no such user",
      ]
    ),
    (
      .accessRejected,
      ["no pg_hba.conf entry", "pg_hba.conf rejects", "login rejected", "not permitted to log in"]
    ),
    (.databaseForbidden, ["permission denied for database", "is not currently accepting connections"]),
    (.serverStarting, ["the database system is"]),
    (
      .serverFull,
      ["too many connections", "too many clients", "remaining connection slots", "connection limit exceeded"]
    ),
    (.databaseMissing, ["no such database"]),
    (.unsupportedServer, ["signalbox needs"]),
    (.socketForbidden, ["permission denied"]),
    (.socketMissing, ["no such file or directory"]),
    (.refused, ["connection refused"]),
    (.timedOut, ["did not answer in time", "timed out", "timeout expired"]),
    (.unreachable, ["network is unreachable", "no route to host", "cannot assign requested address"]),
    (
      .closed,
      ["server closed the connection", "connection reset", "broken pipe", "eof detected", "unexpected eof"]
    ),
    // Last: names in quotes stand between these words.
    (.roleMissing, ["role \""]),
    (.databaseMissing, ["database \""]),
  ]
}
