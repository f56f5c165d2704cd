import Schema

/// Finds the objects whose access may be another in a second snapshot, so that the others need not be worked out.
struct AccessTouch {
  private let before: AccessMatrix
  private let after: AccessMatrix

  init(from before: AccessMatrix, to after: AccessMatrix) {
    self.before = before
    self.after = after
  }

  /// The objects, relations by their name alone; nil if it may be any.
  var objects: Set<ObjectIdentity>? {
    let old = before.snapshot.access
    let new = after.snapshot.access
    guard old.roles == new.roles, old.memberships == new.memberships, old.databaseOwner == new.databaseOwner
    else { return nil }
    var touched: Set<ObjectIdentity> = []
    for object in Set(old.privileges.keys).union(new.privileges.keys) {
      guard Set(old.privileges[object] ?? []) != Set(new.privileges[object] ?? []) else { continue }
      if object.kind == .schema { return nil }
      touched.insert(Self.name(of: object))
    }
    for view in Set(old.views.keys).union(new.views.keys) where old.views[view] != new.views[view] {
      touched.insert(Self.name(of: view))
    }
    let difference = SnapshotDifference(from: before.snapshot, to: after.snapshot)
    for object in difference.added + difference.removed + difference.changed.map(\.after) {
      switch object.identity.kind {
      case .policy, .rowSecurity, .forcedRowSecurity, .table, .view, .materializedView, .foreignTable,
        .function, .procedure:
        touched.insert(Self.name(of: object.identity))
      case .schema: return nil
      default: continue
      }
    }
    for (identity, object) in after.snapshot.objects
    where object.owner != nil && before.snapshot[identity].map({ $0.owner != object.owner }) ?? false {
      touched.insert(Self.name(of: identity))
    }
    return touched.isEmpty ? [] : withDependents(touched)
  }

  static func name(of object: ObjectIdentity) -> ObjectIdentity {
    if let table = object.table { return table }
    return object.isRelation ? object.relationName : object
  }

  /// With what reads or calls the objects: views, and tables by their policies.
  private func withDependents(_ objects: Set<ObjectIdentity>) -> Set<ObjectIdentity> {
    var uses: [ObjectIdentity: Set<[String]>] = [:]
    for matrix in [before, after] {
      for policy in matrix.snapshot.objects(of: .policy) {
        guard case .policy(let detail) = policy.detail, let table = policy.identity.table else { continue }
        for text in [detail.using, detail.check].compactMap(\.self) {
          let condition = PolicyCondition(ExpressionItem.items(of: text))
          guard condition.hasSubselect || condition.calls.contains(where: { $0.first != "auth" }) else {
            continue
          }
          uses[table, default: []].formUnion(condition.names + condition.calls)
        }
      }
      for (view, facts) in matrix.snapshot.access.views {
        uses[view.relationName, default: []].formUnion(
          facts.reads.compactMap { read in read.schema.map { [$0, read.name] } })
      }
    }
    var found = objects
    var open = objects
    while !open.isEmpty {
      let names = Set(open.compactMap { object in object.schema.map { [$0, object.name] } })
      open = Set(uses.filter { !found.contains($0.key) && !$0.value.isDisjoint(with: names) }.keys)
      found.formUnion(open)
    }
    return found
  }
}
