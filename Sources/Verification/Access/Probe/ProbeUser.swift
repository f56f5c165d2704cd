import Schema

/// One of the two made-up users in whose names a probe makes rows.
public enum ProbeUser: String, Sendable, Hashable, CaseIterable {
  /// The one who asks.
  case first = "A"
  /// The one whose rows the first should not reach.
  case second = "B"

  /// The user's id, the same in every probe.
  var id: String {
    switch self {
    case .first: "5160a1b0-0000-4000-8000-00000000000a"
    case .second: "5160a1b0-0000-4000-8000-00000000000b"
    }
  }

  /// An address that can reach nobody (RFC 2606).
  var email: String { "probe-\(rawValue.lowercased())@signalbox.invalid" }

  /// What PostgREST would set for a request in a role: the claims as JSON, and one by one as before version 9.
  ///
  /// Without a user the token holds nothing but the role.
  static func settings(of user: ProbeUser?, as role: String) -> [RoleStatement.Setting] {
    let quotedRole = role.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
    var claims = "{\"role\": \"\(quotedRole)\""
    if let user {
      claims +=
        ", \"sub\": \"\(user.id)\", \"email\": \"\(user.email)\", \"aud\": \"authenticated\", \"user_metadata\": {}, \"app_metadata\": {}"
    }
    return [
      .init("request.jwt.claims", claims + "}"), .init("request.jwt.claim.sub", user?.id ?? ""),
      .init("request.jwt.claim.role", role), .init("request.jwt.claim.email", user?.email ?? ""),
    ]
  }
}
