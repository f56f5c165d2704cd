import Schema

/// Policies on a table whose row security is off, so that they do nothing.
struct PolicyWithoutRowSecurity: SchemaLint {
  let code: LintCode = "lint.policy-without-row-security"

  func candidates(in schema: LintSchema, _ facts: LintFacts) -> [LintCandidate] {
    let policies = Dictionary(grouping: schema.certain(.policy)) { $0.identity.table }
    return policies.compactMap { table, policies in
      guard let table, schema.objects[table] != nil, !schema.uncertainTables.contains(table),
        schema.objects[.rowSecurity(table.schema ?? "", table.name)] == nil
      else { return nil }
      let places = policies.compactMap(\.entry.changedAt) + [schema.switchedOff[table]].compactMap { $0 }
      let names = policies.map { Identifier.quoted($0.identity.name) }
      let subject = names.count == 1 ? "policy \(names[0]) does" : "\(names.count) policies do"
      return LintCandidate(
        code: code, severity: .failure, place: places.max(), object: table,
        message: "\(subject) nothing: row security of \(table.qualifiedName) is off",
        advice: "ALTER TABLE \(table.qualifiedName) ENABLE ROW LEVEL SECURITY;")
    }
  }
}
