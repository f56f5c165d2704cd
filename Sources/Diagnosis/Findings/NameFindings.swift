/// What is known of the names of hosts.
struct NameFindings {
  let facts: ConnectionFacts

  var findings: [ConnectionFinding] { facts.hosts.flatMap(self.findings) }

  private var isConnected: Bool { if case .connected = facts.outcome { true } else { false } }

  private func findings(of host: HostFacts) -> [ConnectionFinding] {
    switch host.failure {
    case .unknown(let words): return [unresolved(host, words)]
    case .noAnswer(let words):
      return [
        ConnectionFinding(
          .nameNoAnswer, .failure, "the name `\(host.host)` could not be looked up: \(words)",
          advice: "no name server answers: look at the network or the VPN of this machine first"
            + (supabaseAdvice(host.host).map { "; if other names resolve, \($0)" } ?? ""))
      ]
    case nil: break
    }
    guard !isConnected, host.ipv4.isEmpty, !host.ipv6.isEmpty, !host.hasIPv6Route else { return [] }
    return [
      ConnectionFinding(
        .nameIPv6Only, .failure,
        "`\(host.host)` has an IPv6 address only (\(host.ipv6.joined(separator: ", "))), and this machine has no way to IPv6",
        advice: supabaseAdvice(host.host)
          ?? "use a network with IPv6, or a host name of the same server that has an IPv4 address")
    ]
  }

  private func unresolved(_ host: HostFacts, _ words: String) -> ConnectionFinding {
    let name = host.host
    switch SupabaseHost(name) {
    case .direct(let project):
      return ConnectionFinding(
        .supabaseDirectHost, .failure,
        "`\(name)` has no address here: the project does not exist under this name, or has an IPv6 address only",
        advice: Self.poolerAdvice(project))
    case .website(let project):
      return ConnectionFinding(
        .supabaseWebsite, .failure,
        "`\(name)` is the name of the project's web interfaces, not of its database",
        advice: Self.poolerAdvice(project))
    case .pooler:
      return ConnectionFinding(
        .nameUnresolved, .failure, "the pooler's name `\(name)` does not exist",
        advice:
          "the name holds the number and the region of the pooler (`aws-0-eu-central-1`, `aws-1-us-east-1`): copy it from the dashboard's Connect dialogue"
      )
    case nil:
      let dotted = name.contains(".")
      return ConnectionFinding(
        .nameUnresolved, .failure, "the name `\(name)` does not exist (\(words))",
        advice: dotted
          ? "check the spelling of the host; a name that only a VPN or a cluster knows needs that network"
          : "write the whole name of the host; a service of Docker or Kubernetes is known in its own network only"
      )
    }
  }

  private func supabaseAdvice(_ host: String) -> String? {
    if case .direct(let project)? = SupabaseHost(host) { return Self.poolerAdvice(project) }
    return nil
  }

  /// What to connect to instead of a Supabase project's own host.
  static func poolerAdvice(_ project: String) -> String {
    "use the pooler's host (it ends in `pooler.supabase.com`; the dashboard's Connect dialogue shows it) with the user `postgres.\(project)` and port 5432, the session mode; or buy the project an IPv4 address"
  }
}
