/// Failures of the user and the password.
struct LoginFindings {
  let facts: ConnectionFacts
  let attempt: ConnectionAttempt

  private var user: String { attempt.user ?? facts.setting("user") ?? "" }

  private var passwordOrigin: String? {
    facts.settings.first { $0.keyword == "password" }.map { "it comes from \($0.origin)" }
  }

  var finding: ConnectionFinding {
    switch attempt.kind {
    case .passwordMissing:
      return ConnectionFinding(
        .passwordMissing, .failure, "the server asks `\(user)` for a password, and there is none",
        advice: "put it into the address, $PGPASSWORD or ~/.pgpass (readable by you only)")
    case .roleMissing:
      return ConnectionFinding(
        .roleMissing, .failure, attempt.message,
        advice: "check the user of the address; without one, libpq takes the name of your account")
    case .methodRefused:
      return ConnectionFinding(
        .accessMethod, .failure, "the server does not let `\(user)` in that way: \(attempt.message)",
        advice:
          "`peer` and `ident` let in the account of the same name only: connect over TCP with a password (-h localhost), or change the line in pg_hba.conf"
      )
    case .accessRejected:
      return ConnectionFinding(
        .accessRejected, .failure, "the server lets nobody in like this: \(attempt.message)",
        advice:
          "pg_hba.conf (a managed server: its list of allowed addresses) must have a line for this user, database and address"
      )
    case .tenantUnknown: return tenantUnknown
    default: return wrongPassword
    }
  }

  private var wrongPassword: ConnectionFinding {
    var advice: [String] = []
    if let password = facts.address?.password, facts.address?.isURL == true {
      if password.holdsEncodedCharacters {
        advice.append(
          "a `%` with two digits after it stands in the password, which a URL reads as one character: write `%25` for a `%` that is meant"
        )
      }
      if !password.doubtful.isEmpty {
        let list = password.doubtful.map { "`\($0)` as `\(PasswordFacts.encoded($0))`" }.joined(
          separator: ", ")
        advice.append("write \(list)")
      }
    }
    if let user = supabaseUser { advice.append(user) }
    if let passwordOrigin { advice.append(passwordOrigin) }
    if SupabaseHost(attempt.host) != nil {
      advice.append(
        "the password is the database's, not that of the account and no API key; the dashboard's Database Settings set a new one"
      )
    }
    if advice.isEmpty { advice.append("check user and password") }
    return ConnectionFinding(
      .passwordWrong, .failure, "the server does not accept the password of `\(user)`",
      advice: advice.joined(separator: "; "))
  }

  /// What is odd about the user for a host of Supabase.
  private var supabaseUser: String? {
    switch SupabaseHost(attempt.host) {
    case .pooler? where !user.contains("."):
      "the pooler wants `\(user.isEmpty ? "postgres" : user).REF` as the user, with the project's reference"
    case .direct? where user.contains("."):
      "at the project's own host the user is `\(user.split(separator: ".").first ?? "postgres")`; the form with the reference is the pooler's"
    default: nil
    }
  }

  private var tenantUnknown: ConnectionFinding {
    guard user.contains(".") else {
      return ConnectionFinding(
        .supabaseUser, .failure, "the pooler does not know which project `\(user)` is of",
        advice:
          "write the project's reference behind the user: `\(user.isEmpty ? "postgres" : user).REF`; the dashboard's Connect dialogue shows it"
      )
    }
    let reference = user.split(separator: ".").last.map(String.init) ?? ""
    return ConnectionFinding(
      .supabaseTenantUnknown, .failure, "this pooler does not know the project `\(reference)`",
      advice:
        "each project has a pooler of its own region and number (`aws-0-…`, `aws-1-…`): copy the host from the dashboard's Connect dialogue; a paused project is not known either, restore it there"
    )
  }
}
