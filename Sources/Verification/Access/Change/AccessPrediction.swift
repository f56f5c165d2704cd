import Migrations
import Schema
import Script

/// What roles will reach after statements have run, foretold from a database as it is and from what the statements say.
///
/// ``CatalogPrediction`` knows which objects and grants there will be; this also keeps what access hangs on: the
/// expressions of policies, the rights that functions and views work with, privileges in effect, roles. What hangs on a
/// condition that only the server can decide is ``unknowns``, and so is what an opaque statement does.
struct AccessPrediction {
  private var catalog: CatalogPrediction
  private var objects: [ObjectIdentity: SchemaObject]
  private var access: AccessFacts
  private let base: Snapshot
  /// Views of which the server has not said which commands carry over.
  private(set) var newViews: Set<ObjectIdentity> = []
  /// Objects of which nothing is known any more.
  private(set) var uncertain: Set<ObjectIdentity> = []
  /// What is not known since the last question.
  private(set) var unknowns: [AccessOutlook.Unknown] = []

  /// Begins with what a database holds; its dependencies must be among that.
  init(_ snapshot: Snapshot, role: String) {
    base = snapshot
    catalog = CatalogPrediction(snapshot, role: role)
    objects = snapshot.objects
    access = snapshot.access
  }

  /// The database as it will be.
  var snapshot: Snapshot {
    var result = base
    result.objects = objects.filter { catalog.contains($0.key) || !ObservableKinds.contains($0.key) }
    for object in catalog.objects where result.objects[object] == nil {
      result.objects[object] = SchemaObject(identity: object, owner: catalog.holdings[object]?.owner)
    }
    result.access = access
    return result
  }

  /// What is not known of the statements since this was asked last.
  mutating func takeUnknowns() -> [AccessOutlook.Unknown] {
    defer { unknowns = [] }
    return unknowns
  }

  /// Follows one statement of a file.
  mutating func follow(_ statement: Statement, in file: String) {
    let location = FileLocation(file: file, position: statement.position)
    followOpacity(of: statement, location)
    let expected = Set(
      statement.effects.filter { $0.action == .creates && $0.renamedFrom == nil }
        .map { catalog.resolved($0.object) })
    let present = expected.filter { catalog.contains($0) }
    let wasUncertain = catalog.uncertain
    let renamed = Set(statement.effects.compactMap(\.renamedFrom))
    var gone: Set<ObjectIdentity> = []
    for effect in statement.effects where effect.action == .drops && !renamed.contains(effect.object) {
      for object in catalog.named(effect.object) where catalog.contains(object) { gone.insert(object) }
    }
    catalog.follow(statement)
    for object in gone where !catalog.contains(object) { access.privileges[object] = nil }
    let qualifier = NameQualifier(statement)
    for effect in statement.effects {
      switch effect.action {
      case .uses: continue
      case .creates where effect.object.kind == .grant, .drops where effect.object.kind == .grant:
        changePrivilege(effect, location)
      case .creates:
        if let old = effect.renamedFrom {
          rename(old, to: effect.object)
        } else {
          create(effect, statement, present: present, qualifier)
        }
      case .alters: alter(effect, statement, qualifier)
      case .drops: continue
      }
    }
    for object in catalog.uncertain.subtracting(wasUncertain) { doubt(object, location) }
  }

  // MARK: What is not known

  private mutating func followOpacity(of statement: Statement, _ location: FileLocation) {
    guard let reason = statement.opacity else { return }
    switch statement.tag {
    case "GRANT", "REVOKE":
      if let words = GrantOnAll(statement.text) { return follow(words) }
    // What is not known of these is their columns.
    case "CREATE VIEW", "CREATE MATERIALIZED VIEW", "CREATE TABLE AS", "SELECT INTO": return
    default: break
    }
    unknowns.append(AccessOutlook.Unknown(reason, location: location))
  }

  /// Notes that what is reached of an object hangs on whether this one is there.
  private mutating func doubt(_ object: ObjectIdentity, _ location: FileLocation) {
    let affected: ObjectIdentity?
    switch object.kind {
    case .policy, .rowSecurity, .forcedRowSecurity: affected = object.table.map(catalog.resolved)
    case .table, .view, .materializedView, .foreignTable, .function, .procedure: affected = object
    default: return
    }
    guard let affected, uncertain.insert(affected).inserted else { return }
    unknowns.append(
      AccessOutlook.Unknown(
        "whether \(object) is there afterwards hangs on what the statement finds", object: affected,
        location: location))
  }

  private mutating func doubt(_ object: ObjectIdentity, because reason: String, _ location: FileLocation) {
    guard uncertain.insert(object).inserted else { return }
    unknowns.append(AccessOutlook.Unknown(reason, object: object, location: location))
  }

  // MARK: Objects

  private mutating func create(
    _ effect: Effect, _ statement: Statement, present: Set<ObjectIdentity>, _ qualifier: NameQualifier
  ) {
    let object = catalog.resolved(effect.object)
    guard catalog.contains(object) else { return }
    if object.kind == .role { access.roles[object.name] = role(object.name, statement) }
    let isReplaced: Bool
    switch effect.condition {
    case .ifNotExists, .ifExists, .guarded: isReplaced = !present.contains(object)
    case .always, .orReplace: isReplaced = true
    }
    guard isReplaced else { return }
    objects[object] = SchemaObject(
      identity: object, definition: effect.definition ?? "", detail: qualifier.qualified(effect.detail),
      owner: catalog.holdings[object]?.owner)
    if object.kind == .view || object.kind == .materializedView {
      let reads = qualifier.relations.map(catalog.resolved).filter { $0 != object }
      if let old = access.views[object] {
        access.views[object] = AccessFacts.View(
          reads: reads, updatableCommands: old.updatableCommands, possibleCommands: old.possibleCommands,
          isSecurityBarrier: old.isSecurityBarrier)
      } else {
        access.views[object] = AccessFacts.View(reads: reads)
        newViews.insert(object)
      }
    }
    if !present.contains(object) { access.privileges[object] = startingPrivileges(of: object) }
  }

  private mutating func alter(_ effect: Effect, _ statement: Statement, _ qualifier: NameQualifier) {
    for object in catalog.named(effect.object) {
      if object.kind == .role {
        access.roles[object.name] = role(object.name, statement)
        continue
      }
      guard var changed = objects[object] else { continue }
      changed.detail = qualifier.qualified(DetailChange.detail(changed.detail, after: effect))
      changed.definition += " " + (effect.definition ?? "")
      if let owner = catalog.holdings[object]?.owner, owner != changed.owner {
        // The old owner's privileges become the new one's.
        let old = changed.owner
        changed.owner = owner
        access.privileges[object] = access.privileges[object]?.map {
          $0.grantee == old ? AccessFacts.Privilege($0.name, to: owner) : $0
        }
      }
      objects[object] = changed
    }
  }

  private mutating func rename(_ old: ObjectIdentity, to new: ObjectIdentity) {
    let candidates = [old] + ObjectKind.relations.map { old.with(kind: $0) }
    guard let key = candidates.first(where: { objects[$0] != nil }) else { return }
    let target = new.with(kind: key.kind)
    let moving = objects.keys.filter { $0 == key || $0.isPart(of: key) }
    for one in moving {
      guard var object = objects.removeValue(forKey: one) else { continue }
      let moved = one == key ? target : one.moved(from: key, to: target)
      object.identity = moved
      objects[moved] = object
      if let privileges = access.privileges.removeValue(forKey: one) { access.privileges[moved] = privileges }
      if let view = access.views.removeValue(forKey: one) { access.views[moved] = view }
      if newViews.remove(one) != nil { newViews.insert(moved) }
      if uncertain.remove(one) != nil { uncertain.insert(moved) }
    }
    for (view, facts) in access.views where facts.reads.contains(key) {
      access.views[view]?.reads = facts.reads.map { $0 == key ? target : $0 }
    }
  }

  // MARK: Roles and privileges

  /// A role with what `CREATE ROLE` and `ALTER ROLE` say of it.
  private func role(_ name: String, _ statement: Statement) -> AccessFacts.Role {
    var role = access.roles[name] ?? AccessFacts.Role(name, canLogIn: statement.tag == "CREATE USER")
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
  private func startingPrivileges(of object: ObjectIdentity) -> [AccessFacts.Privilege] {
    guard let words = DefaultPrivileges.words(for: object.kind) else { return [] }
    let owner = catalog.holdings[object]?.owner ?? catalog.role
    let own = DefaultPrivileges.standard(words, owner: owner, version: base.serverVersion)
    var privileges = own.filter { $0.grantee == owner }
      .map { AccessFacts.Privilege($0.privilege, to: owner) }
    let names = Set(own.map(\.privilege))
    for grantee in access.roles.keys + [AccessFacts.everyone] where grantee != owner {
      for name in names where catalog.contains(.grant(name, to: grantee, on: object)) {
        privileges.append(AccessFacts.Privilege(name, to: grantee))
      }
    }
    return privileges
  }

  private mutating func changePrivilege(_ effect: Effect, _ location: FileLocation) {
    let grant = catalog.resolved(effect.object)
    guard let words = GrantWords(grant) else { return }
    let isGranted = effect.action == .creates
    if grant.parent == ObjectKind.role.rawValue {
      let membership = AccessFacts.Membership(role: grant.name, member: words.role)
      if isGranted {
        access.memberships.insert(membership)
      } else {
        access.memberships = access.memberships.filter {
          $0.role != membership.role || $0.member != membership.member
        }
      }
      return
    }
    for object in holders(of: grant) {
      if case .guarded(let condition) = effect.condition {
        // The same for every server before 17, and no way to rows.
        guard words.privilege != "MAINTAIN" else { continue }
        doubt(object.table.map(catalog.resolved) ?? object, because: condition, location)
        continue
      }
      change(words.privilege, of: words.role, on: object, isGranted: isGranted)
    }
  }

  private mutating func change(
    _ privilege: String, of role: String, on object: ObjectIdentity, isGranted: Bool
  ) {
    let held = AccessFacts.Privilege(privilege, to: role)
    access.privileges[object, default: []].removeAll { $0 == held }
    if isGranted { access.privileges[object, default: []].append(held) }
    // What is revoked of a table is revoked of its columns.
    guard !isGranted, object.isRelation else { return }
    for column in access.privileges.keys where column.table == object.relationName {
      access.privileges[column]?.removeAll { $0 == held }
    }
  }

  /// The objects that a grant is on.
  private func holders(of grant: ObjectIdentity) -> [ObjectIdentity] {
    let key = CatalogPrediction.key(grant)
    return objects.keys.filter { object in
      object.schema == grant.schema && catalog.contains(object)
        && CatalogPrediction.key(.grant("", to: "", on: object)) == key
    }
  }

  private mutating func follow(_ words: GrantOnAll) {
    for object in catalog.objects
    where words.kinds.contains(object.kind) && object.schema.map(words.schemas.contains) ?? false {
      let privileges = words.privileges ?? Self.allPrivileges(on: object.kind)
      for role in words.roles {
        for privilege in privileges {
          change(privilege, of: catalog.resolvedRole(role), on: object, isGranted: words.isGrant)
        }
      }
    }
  }

  private static func allPrivileges(on kind: ObjectKind) -> [String] {
    switch kind {
    case .sequence: ["USAGE", "SELECT", "UPDATE"]
    case .function, .procedure, .aggregate: ["EXECUTE"]
    default: ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
    }
  }
}
