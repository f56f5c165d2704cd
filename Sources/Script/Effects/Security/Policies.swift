import CPgQuery
import Schema

extension EffectReader {
  /// `CREATE POLICY`.
  mutating func readCreatePolicy(_ statement: PgQuery__CreatePolicyStmt) {
    guard let range = statement.table?.pointee else { return }
    let table = relation(range)
    lock(.accessExclusive, table)
    use(table)
    let roles = roles(list(statement.n_roles, statement.roles))
    useRoles(roles)
    let using = useExpression(statement.qual, over: table)
    let check = useExpression(statement.with_check, over: table)
    for use in using.relations + check.relations { lock(use.lock, use.relation) }
    let detail = PolicyDetail(
      isPermissive: statement.permissive != 0, command: string(statement.cmd_name).uppercased(),
      roles: roles.sorted(), using: statement.qual.map(Deparser.expression),
      check: statement.with_check.map(Deparser.expression))
    create(
      .policy(table.schema ?? "", table.name, string(statement.policy_name)), definition: Self.text(detail),
      detail: .policy(detail), dependingOn: using.objects + check.objects, partOf: [table])
  }

  /// `ALTER POLICY`.
  mutating func readAlterPolicy(_ statement: PgQuery__AlterPolicyStmt) {
    guard let range = statement.table?.pointee else { return }
    let table = relation(range)
    lock(.accessExclusive, table)
    let policy = ObjectIdentity.policy(table.schema ?? "", table.name, string(statement.policy_name))
    use(policy)
    let roles = roles(list(statement.n_roles, statement.roles))
    useRoles(roles)
    for expression in [statement.qual, statement.with_check] {
      for use in useExpression(expression, over: table).relations { lock(use.lock, use.relation) }
    }
    var parts: [String] = []
    if !roles.isEmpty { parts.append("TO " + roles.sorted().joined(separator: ", ")) }
    if let using = statement.qual { parts.append("USING (\(Deparser.expression(using)))") }
    if let check = statement.with_check { parts.append("WITH CHECK (\(Deparser.expression(check)))") }
    alter(policy, definition: parts.joined(separator: " "))
  }

  private static func text(_ policy: PolicyDetail) -> String {
    var text = policy.isPermissive ? "" : "AS RESTRICTIVE "
    text += "FOR \(policy.command) TO \(policy.roles.joined(separator: ", "))"
    if let using = policy.using { text += " USING (\(using))" }
    if let check = policy.check { text += " WITH CHECK (\(check))" }
    return text
  }
}
