/// What came of an attempt that failed: why, and what to do.
struct AttemptFindings {
  let facts: ConnectionFacts
  let attempts: [ConnectionAttempt]

  /// One finding for each kind of failure at each server; a name that does not resolve is told by ``NameFindings``.
  var findings: [ConnectionFinding] {
    var findings: [ConnectionFinding] = []
    for attempt in attempts {
      if attempt.kind == .nameUnresolved,
        facts.hosts.contains(where: { $0.failure != nil && $0.host == attempt.host })
      {
        continue
      }
      // That there is no way to IPv6 is told with the name, too.
      if attempt.kind == .unreachable, isIPv6Only(attempt.host) { continue }
      let finding = finding(of: attempt)
      if !findings.contains(where: { $0.code == finding.code && $0.message == finding.message }) {
        findings.append(finding)
      }
    }
    return findings
  }

  private func isIPv6Only(_ name: String) -> Bool {
    facts.hosts.contains { $0.host == name && $0.ipv4.isEmpty && !$0.ipv6.isEmpty && !$0.hasIPv6Route }
  }

  private func finding(of attempt: ConnectionAttempt) -> ConnectionFinding {
    switch attempt.kind {
    case .nameUnresolved, .refused, .timedOut, .unreachable, .socketMissing, .socketForbidden, .closed,
      .notPostgres:
      WayFindings(facts: facts, attempt: attempt).finding
    case .tlsRequired, .tlsNotOffered, .certificateRefused, .clientCertificate:
      EncryptionFindings(facts: facts, attempt: attempt).finding
    case .wrongPassword, .passwordMissing, .roleMissing, .methodRefused, .accessRejected, .tenantUnknown:
      LoginFindings(facts: facts, attempt: attempt).finding
    case .databaseMissing, .databaseForbidden, .serverFull, .poolerFull, .serverStarting, .startupParameter,
      .poolerWithoutServer, .unsupportedServer, .settings, .other:
      serverFinding(attempt)
    }
  }

  private func serverFinding(_ attempt: ConnectionAttempt) -> ConnectionFinding {
    let database = attempt.database ?? facts.setting("dbname") ?? ""
    switch attempt.kind {
    case .databaseMissing:
      return ConnectionFinding(
        .databaseMissing, .failure, "the server has no database `\(database)`",
        advice:
          "create it, or name another: `postgres` is there on most servers. Without a name in the address, libpq takes the user's"
      )
    case .databaseForbidden:
      return ConnectionFinding(
        .databaseForbidden, .failure,
        "the server lets `\(attempt.user ?? "")` not into `\(database)`: \(attempt.message)",
        advice: "its owner grants it: GRANT CONNECT ON DATABASE … TO …")
    case .serverFull:
      return ConnectionFinding(
        .serverFull, .failure, "the server has no connection left: \(attempt.message)",
        advice:
          "end idle sessions (pg_stat_activity shows whose they are), go through a pooler, or raise max_connections"
      )
    case .poolerFull:
      return ConnectionFinding(
        .poolerFull, .failure, "the pooler has no connection left: \(attempt.message)",
        advice:
          "in session mode each client keeps a connection of the pool: end idle clients, raise the pool's size, or connect to the database itself"
      )
    case .serverStarting:
      return ConnectionFinding(
        .serverStarting, .failure, "the server is not ready: \(attempt.message)",
        advice: "wait, and look into its log if it stays so")
    case .startupParameter:
      return ConnectionFinding(
        .poolerStartupParameter, .failure,
        "the pooler refuses a setting that comes with the connection: \(attempt.message)",
        advice: startupAdvice)
    case .poolerWithoutServer:
      return ConnectionFinding(
        .poolerWithoutServer, .failure,
        "the pooler answers, but gets no connection to the server: \(attempt.message)",
        advice: "the pooler's own settings or its log say why; try the server's own address meanwhile")
    case .unsupportedServer:
      return ConnectionFinding(
        .serverUnsupported, .failure, attempt.message, advice: "Signalbox works with PostgreSQL 13 and newer")
    case .settings:
      return ConnectionFinding(
        .settingsUnusable, .failure, attempt.message,
        advice: "the list of settings says where each comes from")
    default:
      return ConnectionFinding(
        .connectionFailed, .failure, attempt.message, advice: "the server's log says more")
    }
  }

  private var startupAdvice: String {
    let isOurs = facts.settings.contains { $0.keyword == "options" && $0.origin == .program }
    return isOurs
      ? "leave out --read-only, which sends `options`, and connect as a role that can only read; or use the server's own address"
      : "leave `options` (PGOPTIONS) out, or use the server's own address"
  }
}
