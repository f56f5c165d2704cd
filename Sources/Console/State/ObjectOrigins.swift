import Migrations
import Schema
import Script

/// Which migrations made, changed and dropped each object, by the effects of their statements.
struct ObjectOrigins: Sendable {
  /// The migrations behind one object.
  struct Origin: Sendable, Hashable {
    /// The one that makes what is there now.
    var made: MigrationID?
    /// Those that make, alter or drop it, in the project's order.
    var touched: [MigrationID] = []
  }

  private var origins: [ObjectIdentity: Origin] = [:]

  init(_ migrations: [Migration]) {
    for migration in migrations where migration.place == .active || migration.place == .applied {
      for statement in migration.script.statements {
        for effect in statement.effects { note(effect, in: migration.id) }
      }
    }
  }

  subscript(object: ObjectIdentity) -> Origin? { origins[object] }

  private mutating func note(_ effect: Effect, in id: MigrationID) {
    switch effect.action {
    case .uses: return
    case .creates:
      // What is there already is not made again.
      if effect.condition != .ifNotExists || origins[effect.object]?.made == nil {
        origins[effect.object, default: Origin()].made = id
      }
    case .alters, .drops: break
    }
    if origins[effect.object]?.touched.last != id {
      origins[effect.object, default: Origin()].touched.append(id)
    }
  }
}
