/// Failures of TLS.
struct EncryptionFindings {
  let facts: ConnectionFacts
  let attempt: ConnectionAttempt

  private var mode: String { facts.setting("sslmode") ?? "prefer" }

  var finding: ConnectionFinding {
    switch attempt.kind {
    case .tlsRequired:
      return ConnectionFinding(
        .tlsRequired, .failure, "the server takes encrypted connections only, and sslmode is `\(mode)`",
        advice:
          "write sslmode=require (better: sslmode=verify-full with sslrootcert) into the address\(origin("sslmode"))"
      )
    case .tlsNotOffered:
      return ConnectionFinding(
        .tlsNotOffered, .failure, "the server offers no TLS, and sslmode is `\(mode)`",
        advice:
          "switch `ssl` on at the server; or, on a network that you trust, sslmode=prefer\(origin("sslmode"))"
      )
    case .clientCertificate:
      return ConnectionFinding(
        .tlsClientCertificate, .failure, "the server wants a certificate of the client: \(attempt.message)",
        advice:
          "name it with sslcert and sslkey; the key's file must be readable by its owner only (chmod 600)")
    default:
      return ConnectionFinding(
        .tlsCertificate, .failure, "the server's certificate is not accepted: \(attempt.message)",
        advice: certificateAdvice)
    }
  }

  private var certificateAdvice: String {
    let said = attempt.message.lowercased()[...]
    if said.firstRange(ofText: "does not match host name") != nil {
      return
        "connect with the name that stands in the certificate; sslmode=verify-ca leaves the name unchecked"
    }
    if said.firstRange(ofText: "expired") != nil { return "the server needs a new certificate" }
    let hosts = facts.hosts.map(\.host) + [attempt.host]
    let isSupabase = hosts.contains { SupabaseHost($0) != nil }
    let source = isSupabase ? " (Supabase: Database Settings, SSL configuration, download)" : ""
    return
      "name the certificate of the authority that signed it with sslrootcert=FILE\(source); sslmode=require encrypts without looking at it"
  }

  private func origin(_ keyword: String) -> String {
    guard let setting = facts.settings.first(where: { $0.keyword == keyword }), setting.origin != .standard
    else {
      return ""
    }
    return " (sslmode comes from \(setting.origin))"
  }
}
