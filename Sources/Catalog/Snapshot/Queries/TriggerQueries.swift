import Postgres
import Schema

/// Triggers, policies and rules: what hangs on a table and acts on its rows.
///
/// Those of some tables alone are asked for by their own column: a plan that is made while there are hardly any of them
/// would else read all of them, however many there will be.
extension CatalogDialect {
  var tableActions: [CatalogQuery] { [triggers, policies, rules] }

  /// Without those that the server keeps for constraints.
  ///
  /// The copies that partitions have of their parent's triggers count as internal on servers before 15.
  var triggers: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT t.oid, t.tgrelid AS relation_oid, \(relationName("c", "n"))t.tgname AS name, t.tgenabled AS enabled,
          pg_get_triggerdef(t.oid) AS definition, pn.nspname AS function_schema, p.proname AS function_name
        FROM \(triggersRead) t \(joined("c", "n", by: "t.tgrelid"))JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace pn ON pn.oid = p.pronamespace
        WHERE (NOT t.tgisinternal OR t.tgparentid <> 0)
          AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.oid = t.tgconstraint AND k.contype <> 't')
          AND \(isOwnObject("pg_trigger", "t.oid"))
          AND \(isRead(relation: "c.oid", in: "n", by: "t.tgrelid"))
        """
    ) { row, builder throws(PostgresError) in
      guard let relation = try relation(of: row, builder), let schema = relation.schema else { return }
      let identity = ObjectIdentity.trigger(schema, relation.name, try row.text("name"))
      let enabled = try row.text("enabled")
      let detail = TriggerDetail(
        function: .function(try row.text("function_schema"), try row.text("function_name"), ""),
        enabled: enabled)
      let mode = ["D": "DISABLED", "R": "REPLICA", "A": "ALWAYS"][enabled].map { " [\($0)]" } ?? ""
      builder.add(
        SchemaObject(
          identity: identity, definition: try row.text("definition") + mode, detail: .trigger(detail)),
        at: .init(catalog: "pg_trigger", oid: try row.text("oid")))
    }
  }

  private var triggersRead: String {
    isNarrow ? "(SELECT * FROM pg_trigger WHERE \(isTouchedRelation("tgrelid")) OFFSET 0)" : "pg_trigger"
  }

  var policies: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT p.oid, p.polrelid AS relation_oid, \(relationName("c", "n"))p.polname AS name,
          p.polpermissive AS is_permissive,
          CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
            ELSE 'ALL' END AS command,
          \(isNarrow ? "p.polroles::regrole[]" : Self.roleNames) AS roles,
          pg_get_expr(p.polqual, p.polrelid) AS using_expression,
          pg_get_expr(p.polwithcheck, p.polrelid) AS check_expression
        FROM pg_policy p \(joined("c", "n", by: "p.polrelid"))
        WHERE \(isRead(relation: "c.oid", in: "n", by: "p.polrelid"))
        """
    ) { row, builder throws(PostgresError) in
      guard let relation = try relation(of: row, builder), let schema = relation.schema else { return }
      let identity = ObjectIdentity.policy(schema, relation.name, try row.text("name"))
      let detail = PolicyDetail(
        isPermissive: try row.bool("is_permissive"), command: try row.text("command"),
        roles: try row.array("roles").compactMap { $0 }.map(roleName).sorted(),
        using: try row.optionalText("using_expression"),
        check: try row.optionalText("check_expression"))
      builder.add(
        SchemaObject(
          identity: identity, definition: policyDefinition(identity, detail), detail: .policy(detail)),
        at: .init(catalog: "pg_policy", oid: try row.text("oid")))
    }
  }

  private static let roleNames = """
    (SELECT array_agg(CASE WHEN role = 0 THEN 'public' ELSE pg_get_userbyid(role) END ORDER BY 1)
      FROM unnest(p.polroles) role)
    """

  /// The name of a role as the query gives it: of some policies alone in the words of `regrole`, which costs no query
  /// within the query.
  private func roleName(_ text: String) -> String {
    guard isNarrow else { return text }
    return text == "-" ? "public" : Identifier.unquoted(text)
  }

  private var rules: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT r.oid, n.nspname AS schema, c.relname AS relation, r.rulename AS name,
          pg_get_ruledef(r.oid) AS definition, r.ev_enabled AS enabled
        FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE r.rulename <> '_RETURN' AND \(isUserSchema("n")) AND \(isOwnObject("pg_class", "c.oid"))
        """
    ) { row, builder throws(PostgresError) in
      let mode =
        ["D": "DISABLED", "R": "REPLICA", "A": "ALWAYS"][try row.text("enabled")].map { " [\($0)]" } ?? ""
      builder.add(
        SchemaObject(
          identity: ObjectIdentity(
            .rule, schema: try row.text("schema"), parent: try row.text("relation"),
            name: try row.text("name")),
          definition: try row.text("definition") + mode),
        at: .init(catalog: "pg_rewrite", oid: try row.text("oid")))
    }
  }
}

/// The policy as `CREATE POLICY` spells it, with every part that has a default written out.
private func policyDefinition(_ identity: ObjectIdentity, _ detail: PolicyDetail) -> String {
  var parts = [
    "CREATE POLICY \(identity.qualifiedName)",
    "AS \(detail.isPermissive ? "PERMISSIVE" : "RESTRICTIVE") FOR \(detail.command)",
    "TO \(detail.roles.map(Identifier.quoted).joined(separator: ", "))",
  ]
  if let using = detail.using { parts.append("USING (\(using))") }
  if let check = detail.check { parts.append("WITH CHECK (\(check))") }
  return parts.joined(separator: " ")
}
