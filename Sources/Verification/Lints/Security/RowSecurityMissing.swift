import Migrations
import Schema

/// A table without row security that visitors from the web can reach.
struct RowSecurityMissing: SchemaLint {
  let code: LintCode = "lint.row-security-missing"

  func candidates(in schema: LintSchema, _ facts: LintFacts) -> [LintCandidate] {
    let reachability = Reachability(schema)
    let guarded = Set(schema.certain(.policy).compactMap(\.identity.table))
    return schema.certain(.table).compactMap { table, entry in
      guard !schema.uncertainTables.contains(table),
        schema.objects[.rowSecurity(table.schema ?? "", table.name)] == nil,
        // Policies that do nothing are a finding of their own.
        !guarded.contains(table), !PlatformTables.contains(table, facts)
      else { return nil }
      let roles = reachability.webRoles(of: table)
      guard !roles.isEmpty else { return nil }
      let isPartition =
        if case .relation(let detail) = entry.detail { detail.parent != nil } else { false }
      return LintCandidate(
        code: code, severity: isPartition ? .warning : .failure,
        place: schema.switchedOff[table] ?? entry.madeAt, object: table,
        message: "\(roles.joined(separator: " and ")) can read or write every row of \(table.qualifiedName)"
          + (isPartition
            ? " directly: the policies of its parent do not protect it" : ": row security is off"),
        advice:
          "ALTER TABLE \(table.qualifiedName) ENABLE ROW LEVEL SECURITY; and policies for those who may; "
          + "or REVOKE ALL ON \(table.qualifiedName) FROM \(roles.joined(separator: ", "));")
    }
  }
}

/// The tables that the host gives and looks after.
enum PlatformTables {
  /// Whether a relation is the host's own.
  static func contains(_ relation: ObjectIdentity, _ facts: LintFacts) -> Bool {
    ProvidedObjects.contains(relation, on: facts.platform)
      || facts.target?.snapshot.isPlatform(relation) ?? false
  }
}
