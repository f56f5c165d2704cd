import Migrations
import Schema
import Script

/// What roles will reach after statements have run, foretold from a database as it is and from what the statements say.
///
/// ``CatalogPrediction`` knows which objects and grants there will be; this also keeps what access hangs on: the
/// expressions of policies, the rights that functions and views work with, privileges in effect, roles. What hangs on a
/// condition that only the server can decide is ``unknowns``, and so is what an opaque statement does.
struct AccessPrediction {
  private(set) var catalog: CatalogPrediction
  var known: PredictedAccess
  let serverVersion: Int
  /// Views of which the server has not said which commands carry over.
  private(set) var newViews: Set<ObjectIdentity> = []
  /// Objects of which nothing is known any more.
  private(set) var uncertain: Set<ObjectIdentity> = []
  /// What is not known since the last question.
  private(set) var unknowns: [AccessOutlook.Unknown] = []

  /// Begins with what a database holds; its dependencies must be among that.
  init(_ snapshot: Snapshot, role: String) {
    catalog = CatalogPrediction(snapshot, role: role)
    known = PredictedAccess(snapshot)
    serverVersion = snapshot.serverVersion
  }

  /// What has become of the database since this was asked last.
  mutating func takeDelta() -> AccessDelta {
    known.takeDelta(besides: catalog.held.takeTouched()) { [catalog] in catalog.held[$0] }
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
    let renamed = Set(statement.effects.compactMap(\.renamedFrom))
    var gone: Set<ObjectIdentity> = []
    for effect in statement.effects where effect.action == .drops && !renamed.contains(effect.object) {
      for object in catalog.named(effect.object) where catalog.contains(object) { gone.insert(object) }
    }
    catalog.follow(statement)
    for object in gone where !catalog.contains(object) { known.setPrivileges(on: object, to: nil) }
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
    for object in catalog.newlyUncertain.sorted() { doubt(object, location) }
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

  mutating func doubt(_ object: ObjectIdentity, because reason: String, _ location: FileLocation) {
    guard uncertain.insert(object).inserted else { return }
    unknowns.append(AccessOutlook.Unknown(reason, object: object, location: location))
  }

  // MARK: Objects

  private mutating func create(
    _ effect: Effect, _ statement: Statement, present: Set<ObjectIdentity>, _ qualifier: NameQualifier
  ) {
    let object = catalog.resolved(effect.object)
    guard catalog.contains(object) else { return }
    if object.kind == .role { known.setRole(role(object.name, statement)) }
    let isReplaced: Bool
    switch effect.condition {
    case .ifNotExists, .ifExists, .guarded: isReplaced = !present.contains(object)
    case .always, .orReplace: isReplaced = true
    }
    guard isReplaced else { return }
    known.set(
      SchemaObject(
        identity: object, definition: effect.definition ?? "", detail: qualifier.qualified(effect.detail),
        owner: catalog.held[object]?.owner))
    if object.kind == .view || object.kind == .materializedView {
      let reads = qualifier.relations.map(catalog.resolved).filter { $0 != object }
      if let old = known.access.views[object] {
        known.setView(
          object,
          to: AccessFacts.View(
            reads: reads, updatableCommands: old.updatableCommands, possibleCommands: old.possibleCommands,
            isSecurityBarrier: old.isSecurityBarrier))
      } else {
        known.setView(object, to: AccessFacts.View(reads: reads))
        newViews.insert(object)
      }
    }
    if !present.contains(object) { known.setPrivileges(on: object, to: startingPrivileges(of: object)) }
  }

  private mutating func alter(_ effect: Effect, _ statement: Statement, _ qualifier: NameQualifier) {
    for object in catalog.named(effect.object) {
      if object.kind == .role {
        known.setRole(role(object.name, statement))
        continue
      }
      guard var changed = known.objects[object] else { continue }
      changed.detail = qualifier.qualified(DetailChange.detail(changed.detail, after: effect))
      changed.definition += " " + (effect.definition ?? "")
      if let owner = catalog.held[object]?.owner, owner != changed.owner {
        // The old owner's privileges become the new one's.
        let old = changed.owner
        changed.owner = owner
        let privileges = known.access.privileges[object]?.map {
          $0.grantee == old ? AccessFacts.Privilege($0.name, to: owner) : $0
        }
        known.setPrivileges(on: object, to: privileges)
      }
      known.set(changed)
    }
  }

  private mutating func rename(_ old: ObjectIdentity, to new: ObjectIdentity) {
    let candidates = [old] + ObjectKind.relations.map { old.with(kind: $0) }
    guard let key = candidates.first(where: { known.objects[$0] != nil }) else { return }
    let target = new.with(kind: key.kind)
    for (one, moved) in known.rename(key, to: target) {
      if newViews.remove(one) != nil { newViews.insert(moved) }
      if uncertain.remove(one) != nil { uncertain.insert(moved) }
    }
  }
}
