import Migrations
import Schema

/// Says after each step of a prediction how it changes what roles reach, at the cost of what the step touches.
///
/// Two matrices go from step to step, one a step behind the other; what is compared is what has changed between them and
/// what hangs on that.
struct AccessFollower {
  private var before: AccessMatrix
  private var after: AccessMatrix
  private var readers: AccessReaders
  private var roles: RolesOfInterest

  init(_ snapshot: Snapshot) {
    before = AccessMatrix(snapshot)
    after = before
    readers = AccessReaders(snapshot)
    roles = RolesOfInterest(snapshot)
  }

  /// What one step changes.
  ///
  /// - Parameters:
  ///   - delta: What has become of the database.
  ///   - uncertain: Objects of which nothing is known afterwards.
  ///   - readOnly: Views of which only is known what reading gives.
  ///   - inside: The objects in a schema.
  mutating func follow(
    _ delta: AccessDelta, uncertain: Set<ObjectIdentity>, readOnly: Set<ObjectIdentity>,
    inside: (String) -> Set<ObjectIdentity>
  ) -> AccessChange {
    let rolesBefore = columns(of: before)
    after.follow(delta)
    count(delta)
    let touch = touch(delta)
    let objects: [ObjectIdentity]
    if touch.isEverything {
      _ = readers.follow(delta, touching: [])
      objects = after.relations + after.otherObjects.filter(AccessComparison.isCallable)
    } else {
      var names = readers.follow(delta, touching: touch.objects)
      for schema in touch.schemas { names.formUnion(inside(schema).map(AccessTouch.name)) }
      let relations = Set(names.compactMap { after.relationsByName[$0] })
      objects =
        relations.filter(after.isShown).sorted()
        + names.filter {
          AccessComparison.isCallable($0) && after.snapshot.contains($0) && !after.snapshot.isPlatform($0)
        }.sorted()
    }
    let change =
      objects.isEmpty
      ? AccessChange()
      : AccessComparison(from: before, to: after, uncertain: uncertain, readOnly: readOnly)
        .change(of: objects, for: (rolesBefore, columns(of: after)))
    before.follow(delta)
    return change
  }

  private func columns(of matrix: AccessMatrix) -> [String] {
    let access = matrix.snapshot.access
    return (RolesOfInterest.platform(access) ?? roles.roles(among: access)) + [AccessMatrix.owner]
  }

  private mutating func count(_ delta: AccessDelta) {
    for object in Set(delta.objects.map(\.identity) + delta.privileges.map(\.object)) {
      if let privileges = before.snapshot.access.privileges[object], !before.snapshot.isPlatform(object) {
        roles.count(privileges, owner: before.snapshot[object]?.owner, by: -1)
      }
      if let privileges = after.snapshot.access.privileges[object], !after.snapshot.isPlatform(object) {
        roles.count(privileges, owner: after.snapshot[object]?.owner, by: 1)
      }
    }
  }

  /// What a step has touched.
  private struct Touch {
    /// Relations by their name alone, and routines.
    var objects: Set<ObjectIdentity> = []
    /// Schemas of which it is another who may name what is in them.
    var schemas: Set<String> = []
    /// Whether roles are others, on which everything may hang.
    var isEverything = false
  }

  private func touch(_ delta: AccessDelta) -> Touch {
    var touch = Touch()
    let old = before.snapshot
    let new = after.snapshot
    if delta.membership != nil {
      touch.isEverything =
        old.access.roles != new.access.roles || old.access.memberships != new.access.memberships
    }
    for (object, held) in delta.privileges
    where Set(old.access.privileges[object] ?? []) != Set(held ?? []) {
      if object.kind == .schema {
        touch.schemas.insert(object.name)
      } else {
        touch.objects.insert(AccessTouch.name(of: object))
      }
    }
    for (view, facts) in delta.views where old.access.views[view] != facts {
      touch.objects.insert(AccessTouch.name(of: view))
    }
    for (identity, object) in delta.objects {
      let present = old[identity]
      if let present, let owner = object?.owner, owner != present.owner {
        touch.objects.insert(AccessTouch.name(of: identity))
      }
      guard (present == nil) != (object == nil) || present?.definition != object?.definition else { continue }
      switch identity.kind {
      case .policy, .rowSecurity, .forcedRowSecurity, .table, .view, .materializedView, .foreignTable,
        .function, .procedure:
        touch.objects.insert(AccessTouch.name(of: identity))
      case .schema: touch.schemas.insert(identity.name)
      default: continue
      }
    }
    return touch
  }
}
