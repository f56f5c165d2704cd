/// Failures on the way to a server: nobody there, no answer, somebody else.
struct WayFindings {
  let facts: ConnectionFacts
  let attempt: ConnectionAttempt

  private var place: String { "\(attempt.host):\(attempt.port)" }
  private var supabase: SupabaseHost? { SupabaseHost(attempt.host) }

  var finding: ConnectionFinding {
    switch attempt.kind {
    case .refused:
      if attempt.isSocket { return socketMissing }
      return ConnectionFinding(
        .portRefused, .failure,
        "the machine of `\(attempt.host)` answers, but nobody listens at port \(attempt.port)",
        advice: refusedAdvice)
    case .timedOut:
      return ConnectionFinding(
        .portSilent, .failure, "`\(place)` does not answer: \(attempt.message)",
        advice:
          "something on the way drops what is sent (firewall, security group, VPN), or the port is another's; --connect-timeout gives it longer"
      )
    case .unreachable:
      return ConnectionFinding(
        .networkUnreachable, .failure, "this machine has no way to `\(attempt.host)`: \(attempt.message)",
        advice: unreachableAdvice)
    case .socketMissing: return socketMissing
    case .socketForbidden:
      return ConnectionFinding(
        .socketForbidden, .failure, "this account may not use the socket in `\(attempt.host)`",
        advice: "unix_socket_permissions of the server decides; or connect over TCP, with -h localhost")
    case .notPostgres:
      return ConnectionFinding(
        .portNotPostgres, .failure,
        "at `\(place)` something answers that is no PostgreSQL: \(attempt.message)",
        advice: "check the port: 5432 as a rule; 8000, 3000 and 443 are those of web interfaces")
    case .closed:
      return ConnectionFinding(
        .connectionClosed, .failure, "`\(place)` ended the connection: \(attempt.message)",
        advice:
          "a proxy without a server behind it does so, and one that lets only some addresses in; with TLS, try sslmode=require and sslmode=disable in turn"
      )
    default:
      return ConnectionFinding(
        .nameUnresolved, .failure, attempt.message, advice: "check the spelling of the host")
    }
  }

  private var socketMissing: ConnectionFinding {
    let given = facts.settings.first { $0.keyword == "host" }
    let isDefault = given.map { $0.origin == .standard } ?? true
    return ConnectionFinding(
      .socketMissing, .failure, "no server listens at the socket `\(attempt.host)/.s.PGSQL.\(attempt.port)`",
      advice: isDefault
        ? "no address was given, so libpq looked here: say where the database is with --database, $DATABASE_URL, .env, or a target in signalbox.toml"
        : "start the server; `unix_socket_directories` and `port` of its settings say where it listens")
  }

  private var refusedAdvice: String {
    switch supabase {
    case .pooler?: return "the pooler listens at 5432 (session mode) and 6543 (transaction mode)"
    case .direct?:
      return "the database listens at 5432; a paused project does not: restore it in the dashboard"
    case .website(let project)?: return NameFindings.poolerAdvice(project)
    case nil:
      return
        "start the server, or correct the port; a server that listens at its own machine only needs `listen_addresses`, one in a container a published port"
    }
  }

  private var unreachableAdvice: String {
    if case .direct(let project)? = supabase { return NameFindings.poolerAdvice(project) }
    return "look at the network or the VPN of this machine; an IPv6 address needs a network with IPv6"
  }
}
