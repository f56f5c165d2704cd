import Schema

/// Row security without a policy that lets anybody in: for all but the owner the table looks empty.
struct RowSecurityWithoutPolicy: SchemaLint {
  let code: LintCode = "lint.row-security-without-policy"

  func candidates(in schema: LintSchema, _ facts: LintFacts) -> [LintCandidate] {
    let policies = Dictionary(grouping: schema.objects.filter { $0.key.kind == .policy }) { $0.key.table }
    return schema.certain(.rowSecurity).compactMap { flag, entry in
      guard let table = flag.table, !schema.uncertainTables.contains(table), schema.objects[table] != nil,
        !PlatformTables.contains(table, facts)
      else { return nil }
      // Through the parent the parent's policies count; that nobody comes in directly is what one wants.
      if case .relation(let detail)? = schema.objects[table]?.detail, detail.parent != nil { return nil }
      let restrictive = policies[table] ?? []
      let letsIn = restrictive.contains { _, policy in
        if case .policy(let detail) = policy.detail { detail.isPermissive } else { true }
      }
      guard !letsIn else { return nil }
      let reason = restrictive.isEmpty ? "has no policy" : "has only restrictive policies"
      return LintCandidate(
        code: code, severity: .warning, place: entry.madeAt, object: table,
        message:
          "\(table.qualifiedName) \(reason): for all but its owner and roles with BYPASSRLS it is empty, "
          + "without an error",
        advice: "CREATE POLICY … ON \(table.qualifiedName) …; or, if that is what is meant, say so: "
          + "-- signalbox: ignore \(code) because only the service role uses it")
    }
  }
}
