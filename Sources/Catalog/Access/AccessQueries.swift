import Postgres
import Schema

/// Who may do what: roles, memberships, the privileges in effect, and what views read.
extension CatalogDialect {
  /// The queries; they refer to objects, so they stand after those that find them.
  var accessFacts: [CatalogQuery] { [roles, roleMemberships, privilegesInEffect, viewReads] }

  private var roles: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT r.rolname AS name, r.rolsuper AS is_superuser, r.rolbypassrls AS bypasses, r.rolcanlogin AS can_log_in,
          r.oid = d.datdba AS owns_database
        FROM pg_roles r, pg_database d WHERE d.datname = current_database()
        """
    ) { row, builder throws(PostgresError) in
      let name = try row.text("name")
      builder.access.roles[name] = AccessFacts.Role(
        name, isSuperuser: try row.bool("is_superuser"), bypassesRowSecurity: try row.bool("bypasses"),
        canLogIn: try row.bool("can_log_in"))
      if try row.bool("owns_database") { builder.access.databaseOwner = name }
    }
  }

  private var roleMemberships: CatalogQuery {
    let isInherited = version < 160000 ? "member.rolinherit" : "m.inherit_option"
    let canBeSet = version < 160000 ? "true" : "m.set_option"
    return CatalogQuery(
      sql: """
        SELECT granted.rolname AS role, member.rolname AS member, bool_or(\(isInherited)) AS is_inherited,
          bool_or(\(canBeSet)) AS can_be_set
        FROM pg_auth_members m JOIN pg_roles granted ON granted.oid = m.roleid
          JOIN pg_roles member ON member.oid = m.member
        GROUP BY 1, 2
        """
    ) { row, builder throws(PostgresError) in
      builder.access.memberships.insert(
        AccessFacts.Membership(
          role: try row.text("role"), member: try row.text("member"),
          isInherited: try row.bool("is_inherited"), canBeSet: try row.bool("can_be_set")))
    }
  }

  /// An object whose access list was never touched has the default one, in which the owner has everything
  /// (PostgreSQL documentation, 5.8 Privileges).
  var privilegesInEffect: CatalogQuery {
    let sources = [
      """
      SELECT 'pg_class' AS catalog, c.oid, 0 AS part,
        coalesce(c.relacl, acldefault((CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char", c.relowner)) AS acl
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND \(isUserSchema("n"))
      """,
      """
      SELECT 'pg_class', c.oid, a.attnum, a.attacl
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE a.attacl IS NOT NULL AND a.attnum > 0 AND NOT a.attisdropped AND \(isUserSchema("n"))
      """,
      """
      SELECT 'pg_proc', p.oid, 0, coalesce(p.proacl, acldefault('f', p.proowner))
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE \(isUserSchema("n"))
      """,
      """
      SELECT 'pg_namespace', n.oid, 0, coalesce(n.nspacl, acldefault('n', n.nspowner))
      FROM pg_namespace n WHERE \(isUserSchema("n"))
      """,
    ]
    return CatalogQuery(
      sql: """
        SELECT held.catalog, held.oid, held.part, CASE WHEN item.grantee = 0 THEN 'public'
            ELSE pg_get_userbyid(item.grantee) END AS role, array_agg(DISTINCT item.privilege_type) AS privileges
        FROM (\(sources.joined(separator: "\nUNION ALL\n"))) held,
          aclexplode(held.acl) item
        GROUP BY held.catalog, held.oid, held.part, item.grantee
        """
    ) { row, builder throws(PostgresError) in
      let address = SnapshotBuilder.Address(
        catalog: try row.text("catalog"), oid: try row.text("oid"), part: try row.int("part"))
      guard let object = builder.identity(at: address) else { return }
      let role = try row.text("role")
      let privileges = try row.array("privileges").compactMap { $0 }
      builder.access.privileges[object, default: []] += privileges.map {
        AccessFacts.Privilege($0, to: role)
      }
    }
  }

  /// `pg_relation_is_updatable` answers with one bit a command: 4 UPDATE, 8 INSERT, 16 DELETE.
  private var viewReads: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT v.oid, pg_relation_is_updatable(v.oid, false) AS updatable, pg_relation_is_updatable(v.oid, true) AS possible,
          coalesce(v.reloptions && ARRAY['security_barrier=true', 'security_barrier=on'], false) AS is_barrier,
          coalesce(v.reloptions && ARRAY['check_option=local', 'check_option=cascaded'], false) AS checks_option,
          (SELECT array_agg(DISTINCT d.refobjid::text)
           FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
             AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> v.oid
           WHERE r.ev_class = v.oid AND r.rulename = '_RETURN') AS reads,
          (SELECT array_agg(DISTINCT d.refobjid || ' ' || d.refobjsubid)
           FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
             AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> v.oid AND d.refobjsubid > 0
           WHERE r.ev_class = v.oid AND r.rulename = '_RETURN') AS read_columns
        FROM pg_class v JOIN pg_namespace n ON n.oid = v.relnamespace
        WHERE v.relkind IN ('v', 'm') AND \(isUserSchema("n"))
        """
    ) { row, builder throws(PostgresError) in
      guard let view = builder.identity(at: .init(catalog: "pg_class", oid: try row.text("oid"))) else {
        return
      }
      let reads = (try row.optionalArray("reads") ?? []).compactMap { $0 }
        .compactMap { builder.identity(at: .init(catalog: "pg_class", oid: $0)) }
      let columns = (try row.optionalArray("read_columns") ?? []).compactMap { $0 }
        .compactMap { text -> ObjectIdentity? in
          let parts = text.split(separator: " ")
          guard parts.count == 2, let part = Int(parts[1]) else { return nil }
          return builder.identity(at: .init(catalog: "pg_class", oid: String(parts[0]), part: part))
        }
      builder.access.views[view] = AccessFacts.View(
        reads: reads.sorted(), readColumns: Set(columns),
        updatableCommands: commands(try row.int("updatable")),
        possibleCommands: commands(try row.int("possible")), isSecurityBarrier: try row.bool("is_barrier"),
        checksOption: try row.bool("checks_option"))
    }
  }
}

private func commands(_ bits: Int) -> Set<String> {
  Set([(4, "UPDATE"), (8, "INSERT"), (16, "DELETE")].filter { bits & $0.0 != 0 }.map(\.1))
}
