import Migrations
import Schema

/// A policy that lets visitors from the web write whatever they like.
struct PolicyAlwaysTrue: SchemaLint {
  let code: LintCode = "lint.policy-always-true"

  private static let visitors: Set<String> = ["public", "anon", "authenticated"]

  func candidates(in schema: LintSchema, _ facts: LintFacts) -> [LintCandidate] {
    guard facts.platform == .supabase else { return [] }
    return schema.certain(.policy).compactMap { policy, entry in
      guard case .policy(let detail) = entry.detail, let table = policy.table, detail.isPermissive,
        detail.command != "SELECT", !PlatformTables.contains(table, facts)
      else { return nil }
      let roles = detail.roles.filter(Self.visitors.contains)
      // What is written is checked by USING where there is no check of its own.
      let condition = detail.command == "INSERT" ? detail.check : detail.check ?? detail.using
      guard !roles.isEmpty, let condition, Self.isTrue(condition) else { return nil }
      let verb =
        switch detail.command {
        case "INSERT": "insert any row into"
        case "DELETE": "delete any row of"
        case "UPDATE": "write anything into the rows of"
        default: "write anything into"
        }
      let who = roles.contains("public") ? "everyone" : roles.sorted().joined(separator: " and ")
      return LintCandidate(
        code: code, severity: .warning, place: entry.changedAt, object: policy,
        message: "\(who) may \(verb) \(table.qualifiedName): the condition is always true",
        advice: roles.contains("public")
          ? "Name the role that it is meant for (TO service_role needs no policy at all), or say whose rows they are."
          : "Say whose rows they are: (SELECT auth.uid()) = ….")
    }
  }

  private static func isTrue(_ expression: String) -> Bool {
    let bare = expression.filter { $0 != "(" && $0 != ")" && $0 != " " }.lowercased()
    return bare == "true" || bare == "1=1"
  }
}
