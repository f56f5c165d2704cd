/// What a diagnosis says: a code, how bad it is, the words, and the next step.
public struct ConnectionFinding: Sendable, Hashable {
  /// How bad it is.
  public enum Severity: String, Sendable, Hashable, CaseIterable {
    /// As it should be.
    case pass
    /// It works, but somebody should know.
    case warning
    /// It does not work, or will not.
    case failure
  }

  /// The stable code (docs/doctor.md).
  public var code: ConnectionFindingCode
  /// How bad it is.
  public var severity: Severity
  /// What is so, in a sentence.
  public var message: String
  /// What to do next.
  public var advice: String?

  /// Makes a finding from its parts.
  public init(_ code: ConnectionFindingCode, _ severity: Severity, _ message: String, advice: String? = nil) {
    self.code = code
    self.severity = severity
    self.message = message
    self.advice = advice
  }
}

/// The stable codes of a diagnosis, each explained in docs/doctor.md.
public enum ConnectionFindingCode: String, Sendable, Hashable, CaseIterable {
  case addressUnreadable = "address.unreadable"
  case addressPlaceholder = "address.placeholder"
  case addressQuoted = "address.quoted"
  case addressScheme = "address.scheme"
  case addressForeignParameter = "address.foreign-parameter"
  case passwordUnencoded = "password.unencoded"
  case passwordWrong = "password.wrong"
  case passwordMissing = "password.missing"
  case environmentFileCommitted = "environment-file.committed"
  case environmentFileUnreadable = "environment-file.unreadable"
  case environmentFileOverridden = "environment-file.overridden"
  case settingsUnusable = "settings.unusable"
  case settingsServiceMissing = "settings.service-missing"
  case settingsPasswordFileIgnored = "settings.password-file-ignored"
  case nameUnresolved = "name.unresolved"
  case nameNoAnswer = "name.no-answer"
  case nameIPv6Only = "name.ipv6-only"
  case portRefused = "port.refused"
  case portSilent = "port.silent"
  case portNotPostgres = "port.not-postgres"
  case networkUnreachable = "network.unreachable"
  case connectionClosed = "connection.closed"
  case connectionFailed = "connection.failed"
  case connectionMade = "connection.made"
  case socketMissing = "socket.missing"
  case socketForbidden = "socket.forbidden"
  case tlsRequired = "tls.required"
  case tlsNotOffered = "tls.not-offered"
  case tlsCertificate = "tls.certificate"
  case tlsClientCertificate = "tls.client-certificate"
  case tlsUnused = "tls.unused"
  case accessRejected = "access.rejected"
  case accessMethod = "access.method"
  case roleMissing = "role.missing"
  case roleRights = "role.rights"
  case roleCannotRecord = "role.cannot-record"
  case databaseMissing = "database.missing"
  case databaseForbidden = "database.forbidden"
  case serverFull = "server.full"
  case serverStarting = "server.starting"
  case serverUnsupported = "server.unsupported"
  case serverStandby = "server.standby"
  case serverReadOnly = "server.read-only"
  case databaseNotUTF8 = "database.not-utf8"
  case supabaseDirectHost = "supabase.direct-host"
  case supabaseWebsite = "supabase.website"
  case supabaseTenantUnknown = "supabase.tenant-unknown"
  case supabaseUser = "supabase.user"
  case poolerTransaction = "pooler.transaction"
  case poolerSession = "pooler.session"
  case poolerFull = "pooler.full"
  case poolerStartupParameter = "pooler.startup-parameter"
  case poolerWithoutServer = "pooler.without-server"
  case clockDifference = "clock.difference"
  case platformMissing = "platform.missing"
  case extensionUnavailable = "extension.unavailable"
  case extensionNeedsSuperuser = "extension.needs-superuser"
  case extensionReady = "extension.ready"
}
