import Schema

/// What roles are to each other, and which privileges they hold through it.
struct RoleRights: Sendable {
  private(set) var facts: AccessFacts
  /// The columns that have privileges of their own, by schema and name of their relation.
  private var columnsWithPrivileges: [ObjectIdentity: Set<ObjectIdentity>] = [:]

  init(_ facts: AccessFacts) {
    self.facts = facts
    for identity in facts.privileges.keys where identity.kind == .column { listColumn(identity) }
  }

  /// Takes in what has become of privileges, views and roles.
  mutating func follow(_ delta: AccessDelta) {
    if let membership = delta.membership {
      facts.roles = membership.roles
      facts.memberships = membership.memberships
    }
    for (view, known) in delta.views { facts.views[view] = known }
    for (object, held) in delta.privileges {
      facts.privileges[object] = held
      if object.kind == .column { listColumn(object) }
    }
  }

  private mutating func listColumn(_ column: ObjectIdentity) {
    guard let table = column.table else { return }
    if facts.privileges[column] == nil {
      columnsWithPrivileges[table]?.remove(column)
    } else {
      columnsWithPrivileges[table, default: []].insert(column)
    }
  }

  /// Why a role holds a privilege.
  struct Holding: Sendable, Hashable {
    var reason: String
    /// The columns that it is limited to, or nil for the whole object.
    var columns: [String]?
  }

  func isSuperuser(_ role: String) -> Bool { facts.roles[role]?.isSuperuser ?? false }

  func bypassesRowSecurity(_ role: String) -> Bool {
    isSuperuser(role) || facts.roles[role]?.bypassesRowSecurity ?? false
  }

  /// The roles whose privileges a role has without `SET ROLE`, itself first, each with the role that leads to it.
  ///
  /// The owner of the database is a member of `pg_database_owner` (PostgreSQL documentation, 22.5 Predefined Roles).
  func inherited(by role: String) -> [(role: String, through: [String])] {
    var found: [(role: String, through: [String])] = [(role, [])]
    var seen: Set<String> = [role]
    var next = 0
    while next < found.count {
      let (current, path) = found[next]
      next += 1
      var granted = facts.memberships.filter { $0.member == current && $0.isInherited }.map(\.role).sorted()
      if current == facts.databaseOwner { granted.append("pg_database_owner") }
      for other in granted where seen.insert(other).inserted {
        found.append((other, path + [other]))
      }
    }
    return found
  }

  /// Whether a role has the privileges of another: it is that role, inherits from it, or is a superuser.
  func hasPrivileges(_ role: String, of other: String) -> Bool {
    isSuperuser(role) || inherited(by: role).contains { $0.role == other }
  }

  /// A role that holds a privilege, and that another may become without having its privileges before.
  func becoming(_ privilege: String, on object: ObjectIdentity, from role: String) -> String? {
    var seen = Set(inherited(by: role).map(\.role))
    var next = Array(seen)
    while let member = next.popLast() {
      let roles = facts.memberships.filter { $0.member == member && $0.canBeSet }.map(\.role).sorted()
      for other in roles where seen.insert(other).inserted {
        if holding(privilege, on: object, by: other) != nil { return other }
        next.append(other)
      }
    }
    return nil
  }

  /// How a role holds a privilege on an object, or nil if it does not.
  func holding(_ privilege: String, on object: ObjectIdentity, by role: String) -> Holding? {
    if isSuperuser(role) { return Holding(reason: "\(role) is a superuser") }
    let roles = inherited(by: role)
    if let reason = grant(privilege, on: object, among: roles, role: role) { return Holding(reason: reason) }
    for (granted, _) in roles where Self.predefined(granted, privilege, object.kind) {
      return Holding(reason: "\(role) is a member of \(granted)")
    }
    guard object.isRelation, let schema = object.schema else { return nil }
    let columns = (columnsWithPrivileges[.table(schema, object.name)] ?? []).sorted()
    var limited: [String] = []
    var reason = ""
    for column in columns {
      guard let found = grant(privilege, on: column, among: roles, role: role) else { continue }
      limited.append(column.name)
      reason = found
    }
    guard !limited.isEmpty else { return nil }
    return Holding(
      reason: "\(reason), on \(limited.map(Identifier.quoted).joined(separator: ", ")) only", columns: limited
    )
  }

  private func grant(
    _ privilege: String, on object: ObjectIdentity, among roles: [(role: String, through: [String])],
    role: String
  ) -> String? {
    let grantees = Set((facts.privileges[object] ?? []).filter { $0.name == privilege }.map(\.grantee))
    for (grantee, path) in roles where grantees.contains(grantee) {
      if path.isEmpty { return "\(privilege) is granted to \(role)" }
      return "\(privilege) is granted to \(grantee), of which \(role) is a member"
        + (path.count > 1 ? " (through \(path.dropLast().joined(separator: ", ")))" : "")
    }
    return grantees.contains(AccessFacts.everyone) ? "\(privilege) is granted to PUBLIC" : nil
  }

  private static func predefined(_ role: String, _ privilege: String, _ kind: ObjectKind) -> Bool {
    switch role {
    case "pg_read_all_data": privilege == "SELECT" || (privilege == "USAGE" && kind == .schema)
    case "pg_write_all_data":
      ["INSERT", "UPDATE", "DELETE"].contains(privilege) || (privilege == "USAGE" && kind == .schema)
    default: false
    }
  }
}

extension ObjectIdentity {
  /// The relation of the same name, whatever its kind.
  var relationName: ObjectIdentity { ObjectIdentity(.table, schema: schema, name: name) }
}
