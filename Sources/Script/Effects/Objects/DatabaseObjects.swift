import CPgQuery
import Schema

extension EffectReader {
  /// `CREATE SCHEMA`, with the objects that it may make at once.
  mutating func readCreateSchema(_ statement: PgQuery__CreateSchemaStmt) {
    let owner = statement.authrole.map { roleName($0.pointee) }
    if let owner { useRoles([owner]) }
    let name = nonEmpty(statement.schemaname) ?? owner ?? ""
    create(
      ObjectIdentity(.schema, name: name), when: statement.if_not_exists != 0 ? .ifNotExists : .always,
      definition: owner.map { "AUTHORIZATION \($0)" })
    let path = searchPath
    searchPath.schemas.insert(name, at: 0)
    for node in list(statement.n_schema_elts, statement.schema_elts) { read(node) }
    searchPath = path
  }

  /// `CREATE EXTENSION`.
  mutating func readCreateExtension(_ statement: PgQuery__CreateExtensionStmt) {
    let name = string(statement.extname)
    var parts: [String] = []
    for option in options(statement.n_options, statement.options) {
      if option.name == "cascade" { markOpaque("the extensions that it needs come with it") }
      guard let value = option.arg?.stringValue else { continue }
      if option.name == "schema" {
        known.extensionSchemas[name] = value
        use(ObjectIdentity(.schema, name: value))
        parts.append("SCHEMA \(Identifier.quoted(value))")
      } else if option.name == "new_version" {
        parts.append("VERSION '\(value)'")
      }
    }
    if known.extensionSchemas[name] == nil { known.extensionSchemas[name] = creationSchema }
    create(
      ObjectIdentity(.extension, name: name), when: statement.if_not_exists != 0 ? .ifNotExists : .always,
      definition: parts.isEmpty ? nil : parts.sorted().joined(separator: " "))
  }

  /// `ALTER EXTENSION … UPDATE`; without a version it is the one that the server holds for the newest.
  mutating func readExtensionUpdate(_ name: String, to version: String?) {
    let target = ObjectIdentity(.extension, name: name)
    use(target)
    alter(target, definition: "UPDATE" + (version.map { " TO \(SQLLiteral.standard($0))" } ?? ""))
  }

  /// `ALTER EXTENSION … ADD` and `DROP` of a member.
  mutating func readExtensionMember(_ name: String, _ definition: String) {
    let target = ObjectIdentity(.extension, name: name)
    use(target)
    alter(target, definition: definition)
    markOpaque("its member is no object of the project any more, or becomes one")
  }

  /// `CREATE STATISTICS`.
  mutating func readCreateStatistics(_ statement: PgQuery__CreateStatsStmt) {
    guard let range = list(statement.n_relations, statement.relations).first else { return }
    let table = relation(range.pointee.range_var.pointee)
    use(table)
    lock(.shareUpdateExclusive, table)
    let elements = list(statement.n_exprs, statement.exprs).map { $0.pointee.stats_elem.pointee }
    let columns = elements.compactMap { nonEmpty($0.name) }
    for column in columns { use(.column(table.schema ?? "", table.name, column)) }
    for element in elements { useExpression(element.expr, over: table) }
    var parts = names(statement.n_defnames, statement.defnames)
    if parts.isEmpty {
      let given = elements.map { nonEmpty($0.name) ?? "expr" }
      let schema = table.schema ?? ""
      parts = [
        schema,
        ImplicitNames.firstFree(table.name, ImplicitNames.joined(given), "stat") { candidate in
          known.contains(ObjectIdentity(.statistics, schema: schema, name: candidate))
        },
      ]
    }
    let name = newName(parts)
    let kinds = names(statement.n_stat_types, statement.stat_types)
    let texts = elements.map {
      nonEmpty($0.name).map(Identifier.quoted) ?? $0.expr.map(Deparser.expression) ?? ""
    }
    create(
      ObjectIdentity(.statistics, schema: name.schema, name: name.name),
      when: statement.if_not_exists != 0 ? .ifNotExists : .always,
      definition: (kinds.isEmpty ? "" : "(\(kinds.joined(separator: ", "))) ")
        + "ON \(texts.joined(separator: ", ")) FROM \(table.qualifiedName)",
      partOf: [table] + columns.map { .column(table.schema ?? "", table.name, $0) })
  }

  /// `CREATE EVENT TRIGGER`.
  mutating func readCreateEventTrigger(_ statement: PgQuery__CreateEventTrigStmt) {
    var needs: [ObjectIdentity] = []
    if var function = calledFunction(names(statement.n_funcname, statement.funcname), argumentCount: 0) {
      if function.signature == nil { function.signature = "" }
      needs.append(function)
    }
    let filters = options(statement.n_whenclause, statement.whenclause).map { option in
      "\(option.name) IN (\((option.arg?.elements ?? []).compactMap(\.stringValue).map(SQLLiteral.standard).joined(separator: ", ")))"
    }
    let filter = filters.isEmpty ? "" : " WHEN " + filters.joined(separator: " AND ")
    create(
      ObjectIdentity(.eventTrigger, name: string(statement.trigname)),
      definition:
        "ON \(string(statement.eventname))\(filter) EXECUTE FUNCTION \(needs.first?.qualifiedName ?? "")",
      dependingOn: needs)
    if let function = needs.first {
      let tags = options(statement.n_whenclause, statement.whenclause).flatMap {
        ($0.arg?.elements ?? []).compactMap(\.stringValue)
      }
      known.eventTriggers[string(statement.trigname)] = KnownSchema.EventTrigger(
        event: string(statement.eventname), tags: Set(tags.map { $0.uppercased() }), function: function)
    }
  }

  /// `CREATE LANGUAGE`, `ACCESS METHOD`, `CONVERSION`: objects that are a function and a name.
  mutating func makeObject(
    _ object: ObjectIdentity, when condition: EffectCondition, functions: [[String]],
    definition: String? = nil
  ) {
    let needs = functions.filter { !$0.isEmpty }.compactMap { calledFunction($0, argumentCount: nil) }
    create(object, when: condition, definition: definition, dependingOn: needs)
  }

  // MARK: Roles

  /// `CREATE ROLE`, `USER`, `GROUP`.
  mutating func readCreateRole(_ statement: PgQuery__CreateRoleStmt) {
    let role = ObjectIdentity(.role, name: string(statement.role))
    let settings = options(statement.n_options, statement.options)
    var text = roleText(settings)
    // A user is a role that may log in, unless it says otherwise.
    if statement.stmt_type == PG_QUERY__ROLE_STMT_TYPE__ROLESTMT_USER,
      !settings.contains(where: { $0.name == "canlogin" })
    {
      text += text.isEmpty ? "LOGIN" : " LOGIN"
    }
    create(role, definition: text)
    for option in settings {
      guard let named = option.arg.map({ roles($0.elements) }), !named.isEmpty else { continue }
      switch option.name {
      case "addroleto": for group in named { makeMember(role.name, of: group) }
      case "rolemembers": for member in named { makeMember(member, of: role.name) }
      case "adminmembers": for member in named { makeMember(member, of: role.name, mayGrant: true) }
      default: break
      }
    }
  }

  private mutating func makeMember(_ member: String, of group: String, mayGrant: Bool = false) {
    create(
      .grant("MEMBER", to: member, on: ObjectIdentity(.role, name: group)), when: .ifNotExists,
      definition: mayGrant ? "WITH ADMIN OPTION" : nil)
  }

  /// `ALTER ROLE`.
  mutating func readAlterRole(_ statement: PgQuery__AlterRoleStmt) {
    guard let role = statement.role.map({ roleName($0.pointee) }) else { return }
    useRoles([role])
    let settings = options(statement.n_options, statement.options)
    if let members = settings.first(where: { $0.name == "rolemembers" })?.arg.map({ roles($0.elements) }) {
      // ALTER GROUP … ADD USER, DROP USER.
      useRoles(members)
      for member in members {
        if statement.action < 0 {
          drop(.grant("MEMBER", to: member, on: ObjectIdentity(.role, name: role)), when: .ifExists)
        } else {
          makeMember(member, of: role)
        }
      }
      return
    }
    alter(ObjectIdentity(.role, name: role), definition: roleText(settings))
  }

  /// Role options in order; a password is only said to be there.
  private mutating func roleText(_ settings: [PgQuery__DefElem]) -> String {
    settings.map { option -> String in
      if option.name == "password" { return "PASSWORD" }
      let word = Self.roleOptions[option.name] ?? option.name.uppercased()
      guard let value = option.arg else { return word }
      if value.kind == PG_QUERY__NODE__NODE_LIST {
        let members = roles(value.elements)
        useRoles(members)
        return "\(word) \(members.joined(separator: ", "))"
      }
      if let flag = value.booleanValue, value.integerValue == nil || option.name != "connectionlimit" {
        return (flag ? "" : "NO") + word
      }
      if option.name == "validuntil" { return "\(word) \(SQLLiteral.standard(value.stringValue ?? ""))" }
      return "\(word) \(Deparser.number(value))"
    }.sorted().joined(separator: " ")
  }

  /// Options that the grammar calls otherwise than SQL does.
  private static let roleOptions = [
    "canlogin": "LOGIN", "isreplication": "REPLICATION", "connectionlimit": "CONNECTION LIMIT",
    "validuntil": "VALID UNTIL", "rolemembers": "ROLE", "adminmembers": "ADMIN", "addroleto": "IN ROLE",
  ]

  // MARK: Foreign data

  /// `CREATE SERVER`, `FOREIGN DATA WRAPPER`, `USER MAPPING` share the shape of their options.
  func foreignOptions(_ settings: [PgQuery__DefElem]) -> String? {
    let texts = settings.map { option in
      "\(string(option.defname)) '\(option.name.contains("password") ? "…" : option.arg?.stringValue ?? "")'"
    }
    return texts.isEmpty ? nil : "OPTIONS (\(texts.joined(separator: ", ")))"
  }

  /// The identity of a user mapping: the user's name under the server's.
  func userMapping(_ role: PgQuery__RoleSpec?, server: String) -> ObjectIdentity {
    ObjectIdentity(.userMapping, parent: server, name: role.map { roleName($0) } ?? "public")
  }
}
