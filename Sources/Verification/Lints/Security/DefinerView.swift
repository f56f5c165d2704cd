import Migrations
import Schema

/// A view that shows visitors from the web what its owner may see, past row security.
struct DefinerView: SchemaLint {
  let code: LintCode = "lint.definer-view"

  /// The first version with `security_invoker`.
  private static let firstVersion = 150_000

  func candidates(in schema: LintSchema, _ facts: LintFacts) -> [LintCandidate] {
    guard facts.platform == .supabase else { return [] }
    let reachability = Reachability(schema)
    let isOld = facts.target.map { $0.snapshot.serverVersion < Self.firstVersion } ?? false
    return schema.certain(.view, .materializedView).compactMap { view, entry in
      guard case .relation(let detail) = entry.detail, !detail.isSecurityInvoker,
        !PlatformTables.contains(view, facts)
      else { return nil }
      let roles = reachability.webRoles(of: view)
      guard !roles.isEmpty else { return nil }
      let guarded = entry.needs.filter { schema.objects[.rowSecurity($0.schema ?? "", $0.name)] != nil }
      // A view that asks who is there shows each what is theirs; whether it does so rightly, a person must see.
      let asks = !SessionCalls.names(in: entry.definition).isEmpty
      let isMaterialized = view.kind == .materializedView
      let what = guarded.sorted().map(\.qualifiedName).joined(separator: ", ")
      let revoke = "REVOKE ALL ON \(view.qualifiedName) FROM \(roles.joined(separator: ", "));"
      return LintCandidate(
        code: code, severity: guarded.isEmpty || asks ? .warning : .failure, place: entry.changedAt,
        object: view,
        message: "\(view) shows \(roles.joined(separator: " and ")) what its owner may see"
          + (guarded.isEmpty ? "" : ", past the row security of \(what)")
          + (asks ? ": only its own conditions keep their rows apart" : ""),
        advice: isMaterialized || isOld
          ? revoke : "ALTER VIEW \(view.qualifiedName) SET (security_invoker = true); or \(revoke)")
    }
  }
}
