import Postgres

/// What to do next about a connection that failed.
struct ConnectionAdvice: Sendable {
  /// The advice, if there is any beyond the message.
  var text: String?

  /// Finds advice for an error.
  init(_ error: PostgresError) {
    switch (error.code, error.sqlState) {
    case (_, _) where error.message.contains("pooling mode"):
      text = "use a direct connection or the pooler's session mode (Supabase: port 5432)"
    case (_, _)
    where error.message.contains("too many clients") || error.message.contains("connection slots"):
      text = "all its connections are taken: end one, raise max_connections, or come back later"
    case (.connectionFailed, _) where error.message.contains("the database system is"):
      text =
        "the server is there, but it starts, recovers or stops: wait for it, and look into its log if it stays so"
    case (_, "25006"):
      text =
        "the server, the database or the role makes sessions read-only (default_transaction_read_only): connect to "
        + "where changes are taken, or as another role"
    case (_, "53100"):
      text = "the server's disk is full: make room there, then apply goes on where it was"
    case (_, "22021"):
      text =
        "the database holds a name or text that is no UTF-8, as one in SQL_ASCII may: `signalbox doctor` says which; "
        + "rename what has it, with psql and client_encoding SQL_ASCII"
    case (.nameResolution, _):
      text =
        "check the host's name; a Supabase project is reached through the pooler's host shown in its dashboard"
    case (_, "3D000"):
      text = "create the database, or name another one in the address"
    case (_, "28P01"), (_, "28000"), (.authentication, _):
      text = "check user and password; a password with special characters must be percent-encoded in a URL"
    case (.timedOut, _):
      text = "the server does not answer: check host, port, firewall and VPN, or raise --connect-timeout"
    case (.unsupportedServer, _):
      text = "Signalbox works with PostgreSQL 13 and newer"
    case (.configuration, _):
      text = "write a URL such as postgresql://user@host:5432/database, or key=value pairs"
    case (.connectionFailed, _):
      text = "start the server, or say where it is: --database URL; `signalbox demo` needs none"
    default:
      text = nil
    }
    if error.isConnectionFailure, error.code != .connectionLost {
      text = [text, "`signalbox doctor` looks into it"].compactMap(\.self).joined(separator: "; ")
    }
  }
}

extension PostgresError {
  /// Whether there is no connection, rather than an error of a statement.
  var isConnectionFailure: Bool {
    let codes: [Code] = [
      .connectionFailed, .connectionLost, .timedOut, .nameResolution, .authentication, .unsupportedServer,
    ]
    return codes.contains(code)
  }
}
