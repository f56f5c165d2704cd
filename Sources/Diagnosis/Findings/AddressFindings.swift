/// What an address gives away before anything is asked of a network.
struct AddressFindings {
  let address: ConnectionAddress
  let error: String?

  /// Whether the address cannot lead anywhere, so that an attempt would only repeat parts of it elsewhere.
  var isHopeless: Bool {
    error != nil || !address.placeholders.isEmpty || address.isQuoted || wrongScheme != nil
      || !(address.password?.breaking.isEmpty ?? true)
  }

  var findings: [ConnectionFinding] {
    var findings: [ConnectionFinding] = []
    if address.isQuoted {
      findings.append(
        ConnectionFinding(
          .addressQuoted, .failure, "quotes stand around the address, as a part of it",
          advice: "take them away; in a shell one pair of quotes around the address is enough"))
    }
    if let wrongScheme { findings.append(wrongScheme) }
    if !address.placeholders.isEmpty {
      let list = address.placeholders.map { "`\($0)`" }.joined(separator: ", ")
      findings.append(
        ConnectionFinding(
          .addressPlaceholder, .failure, "\(list) still stands where a value should be",
          advice: Self.advice(forPlaceholders: address.placeholders)))
    }
    findings += passwordFindings
    let foreign = address.isURL ? address.parameters.filter { ForeignParameter.owner[$0] != nil } : []
    for name in foreign {
      findings.append(
        ConnectionFinding(
          .addressForeignParameter, .failure,
          "the parameter `\(name)` is one of \(ForeignParameter.owner[name] ?? ""), and libpq does not know it",
          advice: ForeignParameter.advice[name] ?? "leave it out of the address that Signalbox uses"))
    }
    if let error, findings.allSatisfy({ $0.severity != .failure }) {
      findings.append(
        ConnectionFinding(
          .addressUnreadable, .failure, error,
          advice: "write postgresql://USER@HOST:PORT/DATABASE, or key=value pairs"))
    }
    return findings
  }

  private var passwordFindings: [ConnectionFinding] {
    guard address.isURL, let password = address.password else { return [] }
    // What is to be replaced is no password yet.
    guard address.placeholders.isEmpty else { return [] }
    func spelled(_ characters: [Character]) -> String {
      characters.map { "`\($0)` as `\(PasswordFacts.encoded($0))`" }.joined(separator: ", ")
    }
    if !password.breaking.isEmpty {
      return [
        ConnectionFinding(
          .passwordUnencoded, .failure,
          "the password holds \(Self.list(password.breaking)), which a URL takes for something else",
          advice: "write \(spelled(password.breaking + password.doubtful)) in the password of the address")
      ]
    }
    if !password.doubtful.isEmpty {
      return [
        ConnectionFinding(
          .passwordUnencoded, .warning,
          "the password holds \(Self.list(password.doubtful)) as it is: libpq reads it, other programs may not",
          advice: "write \(spelled(password.doubtful))")
      ]
    }
    return []
  }

  private static func list(_ characters: [Character]) -> String {
    characters.map { "`\($0)`" }.joined(separator: ", ")
  }

  private static func advice(forPlaceholders placeholders: [String]) -> String {
    let text = placeholders.joined(separator: " ").lowercased()[...]
    if text.firstRange(ofText: "$") != nil {
      return
        "whoever reads the address must expand the variable: a shell does, in double quotes; a file does not"
    }
    if text.firstRange(ofText: "password") != nil {
      return
        "put the database's password there; on Supabase it was chosen with the project, and Database Settings sets a new one"
    }
    return "copy the address whole from the dashboard's Connect dialogue, and put your own values in"
  }

  /// A scheme of another library, or a page of the web.
  private var wrongScheme: ConnectionFinding? {
    guard let scheme = address.scheme?.lowercased(), scheme != "postgresql", scheme != "postgres" else {
      return nil
    }
    let host = address.hosts.first?.host ?? ""
    if scheme == "https" || scheme == "http" {
      if case .website(let project)? = SupabaseHost(host) {
        return ConnectionFinding(
          .supabaseWebsite, .failure,
          "this is the address of the project's web interfaces, not of its database",
          advice:
            "take the connection string from the dashboard's Connect dialogue: user `postgres.\(project)`, a host that ends in `pooler.supabase.com`, port 5432"
        )
      }
      return ConnectionFinding(
        .addressScheme, .failure,
        "an address that begins with `\(scheme)://` is one of the web, not of a database",
        advice: "write postgresql://USER@HOST:PORT/DATABASE")
    }
    return ConnectionFinding(
      .addressScheme, .failure, "libpq does not know `\(scheme)://`",
      advice: "write `postgresql://` instead; the rest may stay as it is")
  }
}

/// Parameters that other libraries put into addresses.
enum ForeignParameter {
  static let owner: [String: String] = [
    "pgbouncer": "Prisma", "connection_limit": "Prisma", "pool_timeout": "Prisma", "schema": "Prisma",
    "sslaccept": "Prisma", "sslidentity": "Prisma", "statement_cache_size": "Prisma",
    "socket_timeout": "Prisma",
    "prepareThreshold": "JDBC", "currentSchema": "JDBC", "stringtype": "JDBC",
    "supa": "Supabase's integrations",
    "workaround": "Supabase's integrations", "serverVersion": "Doctrine", "charset": "Doctrine",
    "prepared_statement_cache_size": "asyncpg", "command_timeout": "asyncpg",
    "uselibpqcompat": "node-postgres",
  ]

  static let advice: [String: String] = [
    "pgbouncer":
      "leave it out, and take the direct address (Prisma's DIRECT_URL) rather than that of the pooler: migrations need a session of their own",
    "schema": "leave it out; `search_path` in signalbox.toml says where unqualified names are looked up",
    "sslaccept": "write `sslmode=require` or `sslmode=verify-full` instead",
    "currentSchema":
      "leave it out; `search_path` in signalbox.toml says where unqualified names are looked up",
  ]
}
