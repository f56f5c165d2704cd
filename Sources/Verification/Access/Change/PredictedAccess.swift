import Schema

/// The objects, privileges, views and roles of a prediction; notes which of them have become others.
struct PredictedAccess {
  /// The objects with their details, those that are gone among them.
  private(set) var objects: [ObjectIdentity: SchemaObject]
  private(set) var access: AccessFacts
  private var attached = AttachedObjects()
  private var viewsByRead: [ObjectIdentity: Set<ObjectIdentity>] = [:]
  private var columnsWithPrivileges: [ObjectIdentity: Set<ObjectIdentity>] = [:]
  private var touchedObjects: Set<ObjectIdentity> = []
  private var touchedPrivileges: Set<ObjectIdentity> = []
  private var touchedViews: Set<ObjectIdentity> = []
  private var hasOtherRoles = false

  init(_ snapshot: Snapshot) {
    objects = snapshot.objects
    access = snapshot.access
    for object in objects.keys { attached.insert(object) }
    for (view, facts) in access.views {
      for read in facts.reads { viewsByRead[read, default: []].insert(view) }
    }
    for object in access.privileges.keys where object.kind == .column { listColumn(object) }
  }

  /// What has changed since this was asked last.
  ///
  /// - Parameter others: Objects that have come, gone or changed their owner beside what was noted here.
  mutating func takeDelta(
    besides others: Set<ObjectIdentity>, holding: (ObjectIdentity) -> PredictedObjects.Holding?
  ) -> AccessDelta {
    var delta = AccessDelta()
    for object in touchedObjects.union(others) {
      let held = holding(object)
      if let known = objects[object], held != nil || !ObservableKinds.contains(object) {
        delta.objects.append((object, known))
      } else {
        delta.objects.append((object, held.map { SchemaObject(identity: object, owner: $0.owner) }))
      }
    }
    for object in touchedPrivileges { delta.privileges.append((object, access.privileges[object])) }
    for view in touchedViews { delta.views.append((view, access.views[view])) }
    if hasOtherRoles {
      delta.membership = AccessDelta.Membership(roles: access.roles, memberships: access.memberships)
    }
    touchedObjects = []
    touchedPrivileges = []
    touchedViews = []
    hasOtherRoles = false
    return delta
  }

  // MARK: Objects

  mutating func set(_ object: SchemaObject) {
    touchedObjects.insert(object.identity)
    if objects.updateValue(object, forKey: object.identity) == nil { attached.insert(object.identity) }
  }

  private mutating func remove(_ identity: ObjectIdentity) -> SchemaObject? {
    guard let object = objects.removeValue(forKey: identity) else { return nil }
    touchedObjects.insert(identity)
    attached.remove(identity)
    return object
  }

  mutating func setView(_ view: ObjectIdentity, to facts: AccessFacts.View?) {
    touchedViews.insert(view)
    for read in access.views[view]?.reads ?? [] { viewsByRead[read]?.remove(view) }
    access.views[view] = facts
    for read in facts?.reads ?? [] { viewsByRead[read, default: []].insert(view) }
  }

  /// Gives an object and its parts other names; returns which have which.
  mutating func rename(
    _ old: ObjectIdentity, to new: ObjectIdentity
  ) -> [(old: ObjectIdentity, new: ObjectIdentity)] {
    let comment = ObjectIdentity.comment(on: old)
    let parts = attached.attached(to: old).filter { $0.isPart(of: old) && $0 != comment }
    var moves: [(ObjectIdentity, ObjectIdentity)] = []
    for one in [old, comment] + parts {
      guard var object = remove(one) else { continue }
      let moved = one == old ? new : one.moved(from: old, to: new)
      object.identity = moved
      set(object)
      if let privileges = access.privileges[one] {
        setPrivileges(on: one, to: nil)
        setPrivileges(on: moved, to: privileges)
      }
      if let view = access.views[one] {
        setView(one, to: nil)
        setView(moved, to: view)
      }
      moves.append((one, moved))
    }
    for view in viewsByRead[old] ?? [] {
      guard var facts = access.views[view] else { continue }
      facts.reads = facts.reads.map { $0 == old ? new : $0 }
      setView(view, to: facts)
    }
    return moves
  }

  // MARK: Roles and privileges

  mutating func setRole(_ role: AccessFacts.Role) {
    hasOtherRoles = true
    access.roles[role.name] = role
  }

  mutating func setMembership(_ membership: AccessFacts.Membership, _ isGranted: Bool) {
    hasOtherRoles = true
    if isGranted {
      access.memberships.insert(membership)
    } else {
      access.memberships = access.memberships.filter {
        $0.role != membership.role || $0.member != membership.member
      }
    }
  }

  mutating func setPrivileges(on object: ObjectIdentity, to privileges: [AccessFacts.Privilege]?) {
    touchedPrivileges.insert(object)
    access.privileges[object] = privileges
    if object.kind == .column { listColumn(object) }
  }

  mutating func change(
    _ privilege: String, of role: String, on object: ObjectIdentity, isGranted: Bool
  ) {
    let given = AccessFacts.Privilege(privilege, to: role)
    var held = access.privileges[object] ?? []
    held.removeAll { $0 == given }
    if isGranted { held.append(given) }
    setPrivileges(on: object, to: held)
    // What is revoked of a table is revoked of its columns.
    guard !isGranted, object.isRelation else { return }
    for column in columnsWithPrivileges[object.relationName] ?? [] {
      setPrivileges(on: column, to: access.privileges[column]?.filter { $0 != given })
    }
  }

  private mutating func listColumn(_ column: ObjectIdentity) {
    guard let table = column.table else { return }
    if access.privileges[column] == nil {
      columnsWithPrivileges[table]?.remove(column)
    } else {
      columnsWithPrivileges[table, default: []].insert(column)
    }
  }
}
