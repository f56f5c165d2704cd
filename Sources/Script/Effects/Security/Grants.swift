import CPgQuery
import Schema

extension EffectReader {
  /// `GRANT` and `REVOKE` on objects: one effect for each privilege, role and object.
  mutating func readGrant(_ statement: PgQuery__GrantStmt) {
    let roles = roles(list(statement.n_grantees, statement.grantees))
    useRoles(roles)
    let privileges = Privileges(list(statement.n_privileges, statement.privileges))
    if statement.targtype == PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_ALL_IN_SCHEMA {
      grantInSchemas(statement, privileges, to: roles)
      return
    }
    for node in list(statement.n_objects, statement.objects) {
      guard let object = grantedObject(statement.objtype, node) else { continue }
      use(object)
      grant(
        privileges, on: object, to: roles, isGrant: statement.is_grant != 0,
        canPassOn: statement.grant_option != 0)
    }
  }

  private func grantedObject(_ type: PgQuery__ObjectType, _ node: Node) -> ObjectIdentity? {
    if node.kind == PG_QUERY__NODE__NODE_RANGE_VAR {
      return relation(node.pointee.range_var.pointee, Self.relationKind(type))
    }
    return object(type, node)
  }

  private mutating func grant(
    _ privileges: Privileges, on object: ObjectIdentity, to roles: [String], isGrant: Bool, canPassOn: Bool
  ) {
    for role in roles {
      for privilege in privileges.named(for: object) {
        let identity = ObjectIdentity.grant(privilege.name, to: role, on: privilege.object)
        if isGrant {
          create(
            identity, when: privilege.condition ?? .ifNotExists,
            definition: canPassOn ? "WITH GRANT OPTION" : nil, partOf: [privilege.object])
        } else if canPassOn {
          alter(
            identity, when: privilege.condition ?? .always, definition: "REVOKE GRANT OPTION")
        } else {
          drop(identity, when: privilege.condition ?? .ifExists)
        }
      }
    }
  }

  /// `ON ALL … IN SCHEMA` reaches what is there when it runs; only what was read is known.
  private mutating func grantInSchemas(
    _ statement: PgQuery__GrantStmt, _ privileges: Privileges, to roles: [String]
  ) {
    let kinds: Set<ObjectKind>
    let words: String
    switch statement.objtype {
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE: (kinds, words) = ([.sequence], "sequence")
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION: (kinds, words) = ([.function, .aggregate], "function")
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE: (kinds, words) = ([.procedure], "procedure")
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
      (kinds, words) = ([.function, .procedure, .aggregate], "routine")
    default: (kinds, words) = ([.table, .view, .materializedView, .foreignTable], "table")
    }
    for schema in names(statement.n_objects, statement.objects) {
      use(ObjectIdentity(.schema, name: schema))
      for object in known.objects(inSchema: schema) where kinds.contains(object.kind) {
        grant(
          privileges, on: object, to: roles, isGrant: statement.is_grant != 0,
          canPassOn: statement.grant_option != 0)
      }
      markOpaque("it reaches every \(words) that schema \(schema) holds when it runs")
    }
  }

  /// `GRANT role TO role`.
  mutating func readGrantRole(_ statement: PgQuery__GrantRoleStmt) {
    let granted = list(statement.n_granted_roles, statement.granted_roles)
      .map { string($0.pointee.access_priv.pointee.priv_name) }
    let members = roles(list(statement.n_grantee_roles, statement.grantee_roles))
    useRoles(granted + members)
    for role in granted {
      for member in members {
        let identity = ObjectIdentity.grant("MEMBER", to: member, on: ObjectIdentity(.role, name: role))
        if statement.is_grant != 0 {
          create(
            identity, when: .ifNotExists, definition: statement.admin_opt != 0 ? "WITH ADMIN OPTION" : nil)
        } else if statement.admin_opt != 0 {
          alter(identity, definition: "REVOKE ADMIN OPTION")
        } else {
          drop(identity, when: .ifExists)
        }
      }
    }
  }

  /// `ALTER DEFAULT PRIVILEGES`.
  mutating func readDefaultPrivileges(_ statement: PgQuery__AlterDefaultPrivilegesStmt) {
    guard let action = statement.action?.pointee else { return }
    var schemas: [String?] = [nil]
    var owners: [String] = ["CURRENT_USER"]
    for option in options(statement.n_options, statement.options) {
      if option.name == "schemas" { schemas = option.arg?.elements.compactMap(\.stringValue) ?? [nil] }
      if option.name == "roles" { owners = option.arg.map { roles($0.elements) } ?? owners }
    }
    let grantees = roles(list(action.n_grantees, action.grantees))
    useRoles(owners + grantees)
    let kind: ObjectKind
    let words: String
    switch action.objtype {
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE: (kind, words) = (.sequence, "sequences")
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION: (kind, words) = (.function, "functions")
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE: (kind, words) = (.type, "types")
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: (kind, words) = (.schema, "schemas")
    default: (kind, words) = (.table, "tables")
    }
    let privileges = Privileges(list(action.n_privileges, action.privileges))
    for schema in schemas {
      if let schema { use(ObjectIdentity(.schema, name: schema)) }
      for owner in owners {
        for grantee in grantees {
          for privilege in privileges.privileges(for: kind) {
            let identity = ObjectIdentity(
              .defaultPrivilege, schema: schema, parent: owner, name: words,
              signature: "\(privilege.name) to \(grantee)")
            if action.is_grant != 0 {
              create(identity, when: privilege.condition ?? .ifNotExists)
            } else {
              drop(identity, when: privilege.condition ?? .ifExists)
            }
          }
        }
      }
    }
  }
}

/// The privileges that a `GRANT` or `REVOKE` names.
struct Privileges {
  /// Each privilege in upper case, or nil for `ALL`, with the columns that it is limited to.
  private var given: [(name: String?, columns: [String])] = []

  init(_ nodes: [Node]) {
    given = nodes.map { node in
      let privilege = node.pointee.access_priv.pointee
      return (nonEmpty(privilege.priv_name)?.uppercased(), names(privilege.n_cols, privilege.cols))
    }
    if given.isEmpty { given = [(nil, [])] }
  }

  /// One privilege on one object.
  struct Item {
    var name: String
    var object: ObjectIdentity
    /// The condition on which it comes; nil for the usual one.
    var condition: EffectCondition?
  }

  /// The privileges on an object one by one; those on columns are on the columns.
  func named(for object: ObjectIdentity) -> [Item] {
    given.flatMap { entry -> [Item] in
      guard entry.columns.isEmpty else {
        let names = entry.name.map { [$0] } ?? ObjectKind.column.privileges
        return entry.columns.flatMap { column in
          names.map { Item(name: $0, object: .column(object.schema ?? "", object.name, column)) }
        }
      }
      return items(entry.name, for: object.kind).map {
        Item(name: $0.name, object: object, condition: $0.condition)
      }
    }
  }

  /// The privileges on a kind of object, whatever its columns.
  func privileges(for kind: ObjectKind) -> [(name: String, condition: EffectCondition?)] {
    given.flatMap { entry in items(entry.name, for: kind) }
  }

  private func items(_ name: String?, for kind: ObjectKind) -> [(name: String, condition: EffectCondition?)] {
    if let name { return [(name, nil)] }
    var items: [(name: String, condition: EffectCondition?)] = kind.privileges.map { ($0, nil) }
    if kind.isRelation { items.append(("MAINTAIN", .guarded("only on servers from version 17 on"))) }
    return items
  }
}
