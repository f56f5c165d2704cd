import Schema

/// The privileges that PostgreSQL gives to everybody on what is made (`acldefault` in `utils/adt/acl.c`).
extension LintSchema {
  /// Whether PUBLIC gets a privilege on new objects of a kind, which goes by the words of default privileges
  /// (`functions`, `types`).
  static func isGivenToEverybody(_ privilege: String, onAll kind: String) -> Bool {
    switch kind {
    case "functions": privilege == "EXECUTE"
    case "types": privilege == "USAGE"
    default: false
    }
  }

  /// Notes what everybody may do with an object that is new.
  mutating func grantToEverybody(on object: ObjectIdentity, at place: StatementPlace) {
    let (kind, privilege): (String, String)
    switch object.kind {
    case .function, .procedure, .aggregate: (kind, privilege) = ("functions", "EXECUTE")
    case .type, .domain: (kind, privilege) = ("types", "USAGE")
    default: return
    }
    let grant = ObjectIdentity.grant(privilege, to: "public", on: object)
    objects[grant] =
      withheldFromEverybody.contains(kind) ? nil : Entry(madeAt: place, changedAt: place)
  }

  /// Notes a `REVOKE … FROM PUBLIC` among the default privileges; those of a schema take nothing away.
  mutating func withholdFromEverybody(_ privilege: ObjectIdentity) {
    guard privilege.schema == nil, let words = GrantWords(privilege), words.role == "public",
      Self.isGivenToEverybody(words.privilege, onAll: privilege.name)
    else { return }
    withheldFromEverybody.insert(privilege.name)
  }

  /// Forgets what everybody may do with functions, where a text that cannot be followed may have revoked it.
  mutating func doubtEverybody() {
    for grant in objects.keys where grant.kind == .grant && grant.parent == ObjectKind.function.rawValue {
      if GrantWords(grant)?.role == "public" { objects[grant] = nil }
    }
  }
}
