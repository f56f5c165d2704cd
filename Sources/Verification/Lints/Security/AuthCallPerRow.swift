import Schema

/// A policy that asks who is there once for each row instead of once for each query.
struct AuthCallPerRow: SchemaLint {
  let code: LintCode = "lint.auth-call-per-row"

  func candidates(in schema: LintSchema, _ facts: LintFacts) -> [LintCandidate] {
    schema.certain(.policy).compactMap { policy, entry in
      guard case .policy(let detail) = entry.detail, let table = policy.table else { return nil }
      let using = detail.using.map(SessionCalls.init)
      let check = detail.check.map(SessionCalls.init)
      guard let call = SessionCalls.worst(using, check) else { return nil }
      var clauses = ""
      if let using { clauses += " USING (\(using.wrapped))" }
      if let check { clauses += " WITH CHECK (\(check.wrapped))" }
      return LintCandidate(
        code: code, severity: .warning, place: entry.changedAt, object: policy,
        message:
          call.isInSubselect
          ? "\(call.name) is called for each row that a sub-select of the policy reads; in a sub-select of its own it is called once"
          : "\(call.name) is called for each row of \(facts.sized(table)); in a sub-select it is called once",
        advice: "ALTER \(Self.statementName(policy, on: table))\(clauses);")
    }
  }

  private static func statementName(_ policy: ObjectIdentity, on table: ObjectIdentity) -> String {
    "POLICY \(Identifier.quoted(policy.name)) ON \(table.qualifiedName)"
  }
}
