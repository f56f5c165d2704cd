import Migrations
import Schema
import Script

/// Roles, and what they are given.
extension AccessPrediction {
  /// A role with what `CREATE ROLE` and `ALTER ROLE` say of it.
  func role(_ name: String, _ statement: Statement) -> AccessFacts.Role {
    var role = known.access.roles[name] ?? AccessFacts.Role(name, canLogIn: statement.tag == "CREATE USER")
    let words = statement.text.uppercased().split { !($0.isLetter || $0 == "_") }
    if words.contains("SUPERUSER") { role.isSuperuser = true }
    if words.contains("NOSUPERUSER") { role.isSuperuser = false }
    if words.contains("BYPASSRLS") { role.bypassesRowSecurity = true }
    if words.contains("NOBYPASSRLS") { role.bypassesRowSecurity = false }
    if words.contains("LOGIN") { role.canLogIn = true }
    if words.contains("NOLOGIN") { role.canLogIn = false }
    return role
  }

  /// What an object's maker has of it, and what default privileges give.
  func startingPrivileges(of object: ObjectIdentity) -> [AccessFacts.Privilege] {
    guard let words = DefaultPrivileges.words(for: object.kind) else { return [] }
    let owner = catalog.held[object]?.owner ?? catalog.role
    let own = DefaultPrivileges.standard(words, owner: owner, version: serverVersion)
    var privileges = own.filter { $0.grantee == owner }
      .map { AccessFacts.Privilege($0.privilege, to: owner) }
    let names = Set(own.map(\.privilege))
    for grantee in known.access.roles.keys + [AccessFacts.everyone] where grantee != owner {
      for name in names where catalog.contains(.grant(name, to: grantee, on: object)) {
        privileges.append(AccessFacts.Privilege(name, to: grantee))
      }
    }
    return privileges
  }

  mutating func changePrivilege(_ effect: Effect, _ location: FileLocation) {
    let grant = catalog.resolved(effect.object)
    guard let words = GrantWords(grant) else { return }
    let isGranted = effect.action == .creates
    if grant.parent == ObjectKind.role.rawValue {
      let membership = AccessFacts.Membership(role: grant.name, member: words.role)
      known.setMembership(membership, isGranted)
      return
    }
    for object in holders(of: grant) {
      if case .guarded(let condition) = effect.condition {
        // The same for every server before 17, and no way to rows.
        guard words.privilege != "MAINTAIN" else { continue }
        doubt(object.table.map(catalog.resolved) ?? object, because: condition, location)
        continue
      }
      known.change(words.privilege, of: words.role, on: object, isGranted: isGranted)
    }
  }

  /// The objects that a grant is on.
  private func holders(of grant: ObjectIdentity) -> [ObjectIdentity] {
    catalog.objects(under: grant).filter { known.objects[$0] != nil }
  }

  mutating func follow(_ words: GrantOnAll) {
    for object in words.schemas.flatMap(catalog.objects) where words.kinds.contains(object.kind) {
      let privileges = words.privileges ?? object.kind.privileges
      for role in words.roles {
        for privilege in privileges {
          known.change(privilege, of: catalog.resolvedRole(role), on: object, isGranted: words.isGrant)
        }
      }
    }
  }
}
