import Migrations
import Schema
import Script
import ServerActivity

/// A lock that a session has and that would keep a migration waiting.
struct PlanObstacle: Sendable, Hashable {
  var relation: ObjectIdentity
  /// The lock that the session has.
  var held: LockMode
  /// The lock that the migration needs.
  var needed: LockMode
  var migration: MigrationID
}

extension PlanObstacle {
  /// The locks in the way of some migrations, by the session that has them; one for each relation.
  static func obstacles(to migrations: [Migration], in activity: Activity) -> [Int32: [PlanObstacle]] {
    guard !migrations.isEmpty else { return [:] }
    var needs: [ObjectIdentity: [(mode: LockMode, migration: MigrationID)]] = [:]
    for migration in migrations {
      for lock in migration.script.statements.flatMap(\.locks) {
        let isKnown = needs[lock.relation, default: []].contains { $0.mode == lock.mode }
        if !isKnown { needs[lock.relation, default: []].append((lock.mode, migration.id)) }
      }
    }
    var obstacles: [Int32: [PlanObstacle]] = [:]
    for lock in activity.locks where lock.isGranted {
      guard let held = LockMode(catalogName: lock.mode) else { continue }
      let conflicts = (needs[lock.relation] ?? []).filter { $0.mode.conflicts(with: held) }
      guard let worst = conflicts.max(by: { $0.mode < $1.mode }) else { continue }
      let obstacle = PlanObstacle(
        relation: lock.relation, held: held, needed: worst.mode, migration: worst.migration)
      let known = obstacles[lock.session, default: []].firstIndex { $0.relation == lock.relation }
      if let known {
        if obstacles[lock.session]?[known].held ?? held < held { obstacles[lock.session]?[known] = obstacle }
      } else {
        obstacles[lock.session, default: []].append(obstacle)
      }
    }
    return obstacles
  }
}

extension ConsoleState {
  /// The migrations that would run next: what is chosen, else all that is open.
  var migrationsAhead: [Migration] {
    guard let model else { return [] }
    return model.project.migrations.filter { migration in
      rollout.selection.isEmpty
        ? statuses.state(of: migration.id).map { $0 == .pending || $0 == .partial } ?? false
        : rollout.selection.contains(migration.id)
    }
  }
}
