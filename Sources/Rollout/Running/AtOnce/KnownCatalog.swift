import Catalog
import Schema

/// The catalog as a run knows it: one whole snapshot, kept up to date by looks at what each migration touches.
///
/// Objects are kept by what they hang on, their *anchor*, so that what one migration touches is found without looking
/// at everything else.
struct KnownCatalog: Sendable {
  private var rest: Snapshot
  private var objects: [ObjectIdentity: [ObjectIdentity: SchemaObject]] = [:]
  private var privileges: [ObjectIdentity: [ObjectIdentity: [AccessFacts.Privilege]]] = [:]
  /// The indexes and sequences of each relation, and the other way round.
  private var belongings: [ObjectIdentity: Set<ObjectIdentity>] = [:]
  private var owners: [ObjectIdentity: ObjectIdentity] = [:]
  private var parents: Set<ObjectIdentity> = []
  /// How many policies look at other tables or call functions, and so make the reach of roles depend on these.
  private var readingPolicies = 0

  /// Takes a whole snapshot apart.
  init(_ snapshot: Snapshot) {
    rest = snapshot
    rest.objects = [:]
    rest.access.privileges = [:]
    hasOwnEventTriggers = snapshot.objects.values.contains { object in
      object.identity.kind == .eventTrigger
        && !snapshot.platformSchemas.contains { object.definition.contains(" \($0).") }
    }
    for object in snapshot.objects.values { insert(object) }
    for (object, held) in snapshot.access.privileges { insert(held, on: object) }
  }

  /// The whole of it.
  var whole: Snapshot {
    var snapshot = rest
    for group in objects.values { snapshot.objects.merge(group) { $1 } }
    for group in privileges.values { snapshot.access.privileges.merge(group) { $1 } }
    return snapshot
  }

  /// What of it concerns some objects: as much as a look at them shows.
  func part(_ touched: TouchedObjects) -> Snapshot {
    var snapshot = Snapshot(
      database: rest.database, serverVersion: rest.serverVersion, platformSchemas: rest.platformSchemas)
    let kinds = touched.shownKinds
    for anchor in anchors(of: touched) {
      for (identity, object) in objects[anchor] ?? [:] where kinds.contains(identity.kind) {
        snapshot.objects[identity] = object
      }
      snapshot.access.privileges.merge(privileges[anchor] ?? [:]) { $1 }
    }
    return snapshot
  }

  /// Puts what a look has shown in the place of what was known of these objects.
  mutating func replace(_ touched: TouchedObjects, with shown: Snapshot) {
    let kinds = touched.shownKinds
    for anchor in anchors(of: touched) {
      for (identity, object) in objects[anchor] ?? [:] where kinds.contains(identity.kind) {
        remove(object, from: anchor)
      }
      privileges[anchor] = nil
    }
    for object in shown.objects.values { insert(object) }
    for (object, held) in shown.access.privileges { insert(held, on: object) }
  }

  /// The relation that an object belongs to, or is; nil if it is none of a relation's, or not known.
  func relation(of object: ObjectIdentity) -> ObjectIdentity? {
    guard let anchor = anchor(of: object), anchor.kind == .table else { return nil }
    return owners[anchor] ?? anchor
  }

  /// The routine's anchor, if the object is a routine or hangs on one.
  func routine(of object: ObjectIdentity) -> ObjectIdentity? {
    anchor(of: object).flatMap { $0.kind == .function ? $0 : nil }
  }

  /// Whether there is a relation of this name, whatever its kind.
  func hasRelation(_ relation: ObjectIdentity) -> Bool {
    objects[Self.anchor(relation: relation)]?.isEmpty == false
  }

  /// Whether a relation has children, which its changes reach as well.
  func hasChildren(_ relation: ObjectIdentity) -> Bool { parents.contains(relation) }

  /// Whether triggers run on definitions that are none of the host's.
  let hasOwnEventTriggers: Bool

  /// Whether a relation has rules, which are not looked at alone.
  func hasRules(_ relation: ObjectIdentity) -> Bool {
    objects[relation]?.keys.contains { $0.kind == .rule } ?? false
  }

  /// What decides how the reach of roles changes: the parts alone, or everything where one object's reach may hang on
  /// another's.
  func forAccess(_ touched: TouchedObjects, _ before: Snapshot, _ after: Snapshot) -> (Snapshot, Snapshot) {
    let isOld = anchors(of: touched).contains { objects[$0]?.isEmpty == false }
    let readsMore = after.objects.values.contains(where: Self.readsMore)
    let hasMembers = rest.access.memberships.contains { !$0.member.hasPrefix("pg_") }
    let hasColumns = ["anon", "authenticated", "service_role"].allSatisfy { rest.access.roles[$0] != nil }
    let isAlone =
      !readsMore && !(isOld && (readingPolicies > 0 || !rest.access.views.isEmpty))
      && (hasColumns || !hasMembers)
    if !isAlone {
      var next = self
      next.replace(touched, with: after)
      return (whole, next.whole)
    }
    return (withSurroundings(before), withSurroundings(after))
  }

  /// A part with the schemas and roles in which it stands.
  private func withSurroundings(_ part: Snapshot) -> Snapshot {
    var snapshot = part
    for (identity, object) in rest.objects where identity.kind == .schema {
      snapshot.objects[identity] = object
    }
    snapshot.access.roles = rest.access.roles
    snapshot.access.memberships = rest.access.memberships
    snapshot.access.databaseOwner = rest.access.databaseOwner
    for (object, held) in rest.access.privileges where object.kind == .schema {
      snapshot.access.privileges[object] = held
    }
    return snapshot
  }

  // MARK: Keeping

  private mutating func insert(_ object: SchemaObject) {
    guard let anchor = anchor(of: object.identity) else {
      rest.objects[object.identity] = object
      return
    }
    if objects[anchor, default: [:]].updateValue(object, forKey: object.identity) == nil,
      Self.readsMore(object)
    {
      readingPolicies += 1
    }
    switch object.detail {
    case .index(let detail): belong(anchor, to: detail.table)
    case .sequence(let detail): if let table = detail.ownedBy?.table { belong(anchor, to: table) }
    case .relation(let detail):
      if let parent = detail.parent { parents.insert(Self.anchor(relation: parent)) }
    default: break
    }
  }

  private mutating func remove(_ object: SchemaObject, from anchor: ObjectIdentity) {
    objects[anchor]?[object.identity] = nil
    if Self.readsMore(object) { readingPolicies -= 1 }
    if let owner = owners.removeValue(forKey: anchor) { belongings[owner]?.remove(anchor) }
  }

  private mutating func belong(_ anchor: ObjectIdentity, to table: ObjectIdentity) {
    let owner = Self.anchor(relation: table)
    belongings[owner, default: []].insert(anchor)
    owners[anchor] = owner
  }

  private mutating func insert(_ held: [AccessFacts.Privilege], on object: ObjectIdentity) {
    if let anchor = anchor(of: object) {
      privileges[anchor, default: [:]][object] = held
    } else {
      rest.access.privileges[object] = held
    }
  }

  private func anchors(of touched: TouchedObjects) -> Set<ObjectIdentity> {
    var anchors = touched.relations.union(touched.routines)
    for relation in touched.relations { anchors.formUnion(belongings[relation] ?? []) }
    return anchors
  }

  /// Whether an object is a policy whose condition goes beyond its own table's row and who asks.
  private static func readsMore(_ object: SchemaObject) -> Bool {
    guard case .policy(let detail) = object.detail else { return false }
    return [detail.using, detail.check].compactMap(\.self).contains { PolicyText.readsMore($0) }
  }
}
