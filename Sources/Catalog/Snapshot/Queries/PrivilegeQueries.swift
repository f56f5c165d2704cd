import Postgres
import Schema

/// Grants and default privileges.
extension CatalogDialect {
  /// Every privilege that somebody but the owner has, object by object; to be read after the objects.
  ///
  /// Where only some objects are looked at, it is read along with them (``held(_:)``).
  ///
  /// What was never granted or revoked has no access list, and then everybody may execute a function and use a type.
  /// These defaults are listed, so that they do not seem to come with the first other grant. The others concern the
  /// owner, and languages.
  var grants: CatalogQuery {
    let isListed = "\(isUserSchema("n")) AND NOT \(isPlatform("n"))"
    let sources = [
      """
      SELECT 'pg_class' AS catalog, c.oid, 0 AS part, c.relowner AS owner, c.relacl AS acl
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relacl IS NOT NULL AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND \(isListed)
      """,
      """
      SELECT 'pg_class', c.oid, a.attnum, c.relowner, a.attacl
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE a.attacl IS NOT NULL AND a.attnum > 0 AND NOT a.attisdropped AND \(isListed)
      """,
      """
      SELECT 'pg_proc', p.oid, 0, p.proowner, coalesce(p.proacl, acldefault('f', p.proowner))
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE \(isListed) AND \(isOwnObject("pg_proc", "p.oid"))
      """,
      """
      SELECT 'pg_type', t.oid, 0, t.typowner, coalesce(t.typacl, acldefault('T', t.typowner))
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
      WHERE (t.typtype IN ('b', 'c', 'd', 'e', 'r') OR NOT t.typisdefined) AND coalesce(c.relkind, 'c') = 'c' AND t.typelem = 0 AND \(isListed)
      """,
      """
      SELECT 'pg_namespace', n.oid, 0, n.nspowner, n.nspacl FROM pg_namespace n
      WHERE n.nspacl IS NOT NULL AND \(isListed)
      """,
    ]
    return CatalogQuery(
      sql: """
        SELECT held.catalog, held.oid, held.part, CASE WHEN item.grantee = 0 THEN 'public'
            ELSE pg_get_userbyid(item.grantee) END AS role,
          array_agg(DISTINCT item.privilege_type) AS privileges,
          array_agg(DISTINCT item.privilege_type) FILTER (WHERE item.is_grantable) AS grantable
        FROM (\(sources.joined(separator: "\nUNION ALL\n"))) held,
          aclexplode(held.acl) item
        WHERE item.grantee <> held.owner
        GROUP BY held.catalog, held.oid, held.part, item.grantee
        """
    ) { row, builder throws(PostgresError) in
      let address = SnapshotBuilder.Address(
        catalog: try row.text("catalog"), oid: try row.text("oid"), part: try row.int("part"))
      guard let object = builder.identity(at: address) else { return }
      let role = try row.text("role")
      let grantable = try row.optionalArray("grantable") ?? []
      for privilege in try row.array("privileges") {
        guard let privilege else { continue }
        builder.addGrant(of: privilege, to: role, on: object, isGrantable: grantable.contains(privilege))
      }
    }
  }

  /// Which role is a member of which, without those that the server grants itself.
  var memberships: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT granted.rolname AS role, member.rolname AS member, bool_or(m.admin_option) AS may_grant
        FROM pg_auth_members m JOIN pg_roles granted ON granted.oid = m.roleid
          JOIN pg_roles member ON member.oid = m.member
        WHERE member.rolname !~ '^pg_'
        GROUP BY 1, 2
        """
    ) { row, builder throws(PostgresError) in
      builder.add(
        SchemaObject(
          identity: .grant(
            "MEMBER", to: try row.text("member"), on: ObjectIdentity(.role, name: try row.text("role"))),
          definition: try row.bool("may_grant") ? "WITH ADMIN OPTION" : ""))
    }
  }

  var defaultPrivileges: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT n.nspname AS schema, pg_get_userbyid(d.defaclrole) AS role,
          CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions'
            WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' ELSE 'large objects' END AS objects,
          CASE WHEN item.grantee = 0 THEN 'public' ELSE pg_get_userbyid(item.grantee) END AS grantee,
          item.privilege_type AS privilege, bool_or(item.is_grantable) AS is_grantable
        FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace, aclexplode(d.defaclacl) item
        WHERE d.defaclnamespace = 0 OR (\(isUserSchema("n")) AND NOT \(isPlatform("n")))
        GROUP BY 1, 2, 3, 4, 5
        """
    ) { row, builder throws(PostgresError) in
      builder.add(
        SchemaObject(
          identity: ObjectIdentity(
            .defaultPrivilege, schema: try row.optionalText("schema"), parent: try row.text("role"),
            name: try row.text("objects"),
            signature: "\(try row.text("privilege")) to \(try row.text("grantee"))"),
          definition: try row.bool("is_grantable") ? "WITH GRANT OPTION" : ""))
    }
  }
}
