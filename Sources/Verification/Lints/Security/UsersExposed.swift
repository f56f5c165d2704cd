import Migrations
import Schema

/// A view that shows visitors from the web rows of `auth.users`.
struct UsersExposed: SchemaLint {
  let code: LintCode = "lint.users-exposed"

  private static let users = ObjectIdentity.table("auth", "users")

  func candidates(in schema: LintSchema, _ facts: LintFacts) -> [LintCandidate] {
    guard facts.platform == .supabase else { return [] }
    let reachability = Reachability(schema)
    return schema.certain(.view, .materializedView).compactMap { view, entry in
      guard case .relation(let detail) = entry.detail, !detail.isSecurityInvoker,
        entry.needs.contains(Self.users),
        !PlatformTables.contains(view, facts)
      else { return nil }
      let roles = reachability.webRoles(of: view)
      guard !roles.isEmpty else { return nil }
      // A view that asks who is there shows each what is theirs; whether it does so rightly, a person must see.
      let asks = !SessionCalls.names(in: entry.definition).isEmpty
      return LintCandidate(
        code: code, severity: asks ? .warning : .failure, place: entry.changedAt, object: view,
        message: "\(view) shows \(roles.joined(separator: " and ")) rows of auth.users",
        advice:
          "REVOKE ALL ON \(view.qualifiedName) FROM \(roles.joined(separator: ", ")); and keep what all may "
          + "know of users in a table of its own.")
    }
  }
}
