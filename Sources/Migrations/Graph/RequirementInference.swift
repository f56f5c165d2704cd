import Schema
import Script

/// Finds out which migrations need which, by following what each makes, uses, alters and drops, in order.
///
/// A migration needs an earlier one if it touches an object that the earlier one made and that it does not make
/// itself. Objects that no file makes (the platform's, extensions' own) give no requirement, nor do late-bound uses
/// (bodies of functions, resolved when they are called). Conditions make no difference: `ALTER TABLE IF EXISTS` does
/// not fail without the table, it silently does nothing.
struct RequirementInference {
  /// A requirement found, with the object that is its reason.
  struct Found {
    var from: MigrationID
    var to: MigrationID
    var object: ObjectIdentity
    var position: SourcePosition
  }

  private var makers = ObjectMakers()
  private(set) var found: [Found] = []

  /// The requirements among migrations that run in this order.
  static func requirements(among migrations: [Migration]) -> [Found] {
    var inference = RequirementInference()
    for migration in migrations { inference.follow(migration) }
    return inference.found
  }

  private mutating func follow(_ migration: Migration) {
    var own = Set<ObjectIdentity>()
    var seen = Set<ObjectIdentity>()
    for statement in migration.script.statements {
      let renamed = statement.renamedObjects
      for effect in statement.effects {
        note(effect, of: migration.id, at: statement.position, own: own, seen: &seen)
        // What is renamed does not go: it moves, together with what belongs to it.
        if effect.action == .drops, renamed.contains(effect.object) { continue }
        apply(effect, of: migration.id, own: &own)
      }
    }
  }

  private mutating func note(
    _ effect: Effect, of migration: MigrationID, at position: SourcePosition, own: Set<ObjectIdentity>,
    seen: inout Set<ObjectIdentity>
  ) {
    guard !effect.isLateBound else { return }
    var touched: [ObjectIdentity] = []
    switch effect.action {
    case .uses, .alters, .drops:
      touched.append(effect.object)
    case .creates:
      if effect.condition == .orReplace { touched.append(effect.object) }
      if let old = effect.renamedFrom { touched.append(old) }
    }
    if let table = effect.object.table { touched.append(table) }
    if let schema = effect.object.schema { touched.append(ObjectIdentity(.schema, name: schema)) }
    for object in touched where !own.contains(object) && seen.insert(object).inserted {
      guard let maker = makers.maker(of: object), maker.migration != migration else { continue }
      found.append(Found(from: migration, to: maker.migration, object: maker.object, position: position))
    }
  }

  private mutating func apply(_ effect: Effect, of migration: MigrationID, own: inout Set<ObjectIdentity>) {
    switch effect.action {
    case .creates:
      if let old = effect.renamedFrom {
        own.remove(old)
        // Under a condition that may not hold, both names may be there.
        if !effect.isGuarded { makers.rename(old, to: effect.object) }
      }
      own.insert(effect.object)
      // What may have been there before still has its first maker.
      if Self.isConditional(effect), makers.maker(exactly: effect.object) != nil { return }
      makers.make(effect.object, by: migration)
    case .drops:
      own.remove(effect.object)
      if effect.isGuarded { return }
      makers.drop(effect.object)
    case .alters, .uses:
      return
    }
  }

  private static func isConditional(_ effect: Effect) -> Bool {
    switch effect.condition {
    case .ifNotExists, .guarded: true
    case .always, .ifExists, .orReplace: false
    }
  }
}

extension Statement {
  /// The old names of what the statement renames or moves, each of which it also drops.
  var renamedObjects: Set<ObjectIdentity> { Set(effects.compactMap(\.renamedFrom)) }
}

extension Effect {
  /// Whether it hangs on a condition that cannot be known beforehand.
  var isGuarded: Bool { if case .guarded = condition { true } else { false } }
}
