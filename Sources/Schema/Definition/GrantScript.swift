/// The statements that give away what was given away on one object.
struct GrantScript {
  let object: ObjectIdentity
  let grants: [SchemaObject]

  init(on object: ObjectIdentity, _ grants: [SchemaObject]) {
    self.object = object
    self.grants = grants
  }

  var statements: [String] {
    var privileges: [String: [String]] = [:]
    var roles: [String] = []
    for grant in grants {
      guard let (privilege, role) = grant.identity.privilegeAndRole else { continue }
      let key = role + (grant.definition == "WITH GRANT OPTION" ? " WITH GRANT OPTION" : "")
      if privileges[key] == nil { roles.append(key) }
      privileges[key, default: []].append(privilege)
    }
    return revocation
      + roles.sorted().map { key in
        let option = " WITH GRANT OPTION"
        let isGrantable = key.hasSuffix(option)
        let role = isGrantable ? String(key.dropLast(option.count)) : key
        let grantee = role == AccessFacts.everyone ? "PUBLIC" : Identifier.quoted(role)
        return "GRANT \(words(privileges[key] ?? [])) ON \(target) TO \(grantee)\(isGrantable ? option : "");"
      }
  }

  /// Everybody may call a function and use a type until that is taken away.
  private var revocation: [String] {
    let isOpen = grants.contains { $0.identity.privilegeAndRole?.role == AccessFacts.everyone }
    switch object.kind {
    case .function, .procedure, .aggregate, .type, .domain:
      return isOpen ? [] : ["REVOKE ALL ON \(target) FROM PUBLIC;"]
    default: return []
    }
  }

  private func words(_ privileges: [String]) -> String {
    guard object.kind == .column else { return privileges.joined(separator: ", ") }
    return privileges.map { "\($0) (\(Identifier.quoted(object.name)))" }.joined(separator: ", ")
  }

  private var target: String {
    switch object.kind {
    case .column: object.table?.qualifiedName ?? object.qualifiedName
    case .sequence: "SEQUENCE \(object.qualifiedName)"
    case .schema: "SCHEMA \(object.qualifiedName)"
    case .function, .aggregate: "FUNCTION \(object.qualifiedName)"
    case .procedure: "PROCEDURE \(object.qualifiedName)"
    case .type: "TYPE \(object.qualifiedName)"
    case .domain: "DOMAIN \(object.qualifiedName)"
    default: object.qualifiedName
    }
  }
}

extension ObjectIdentity {
  /// The two halves of a grant's signature: `SELECT` and `anon` of `SELECT to anon`.
  public var privilegeAndRole: (privilege: String, role: String)? {
    guard kind == .grant || kind == .defaultPrivilege, let signature else { return nil }
    // Privileges have no lower-case letters, so the first " to " stands between the halves.
    let word = " to "
    guard let place = signature[...].firstPlace(of: word) else { return nil }
    return (String(signature[..<place]), String(signature[place...].dropFirst(word.count)))
  }

  /// What `COMMENT ON` calls the object; nil for what it is not used for here.
  var commentTarget: String? {
    switch kind {
    case .column: "COLUMN \(qualifiedName)"
    case .constraint, .trigger, .policy, .rule: "\(kind.rawValue.uppercased()) \(qualifiedName)"
    case .table, .foreignTable, .view, .materializedView, .index, .sequence, .function, .procedure,
      .aggregate,
      .type, .domain, .schema, .extension, .publication, .eventTrigger, .statistics:
      "\(kind.rawValue.uppercased()) \(qualifiedName)"
    default: nil
    }
  }
}
