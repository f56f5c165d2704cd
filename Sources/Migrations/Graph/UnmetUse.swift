import Schema
import Script

/// A use of an object that no migration before it has made, or that one before it has dropped.
///
/// Whether something else provides the object (the server, the platform, an extension) is not asked here.
public struct UnmetUse: Sendable, Hashable {
  /// The migration that uses it.
  public var migration: MigrationID
  /// Where the statement stands that uses it.
  public var position: SourcePosition
  /// What is used.
  public var object: ObjectIdentity
  /// The extension that is known to make such an object, if one is.
  public var provider: ObjectIdentity?
  /// Why it is not there.
  public var cause: Cause

  /// Makes a use from its parts.
  public init(
    migration: MigrationID, position: SourcePosition, object: ObjectIdentity, provider: ObjectIdentity? = nil,
    cause: Cause
  ) {
    self.migration = migration
    self.position = position
    self.object = object
    self.provider = provider
    self.cause = cause
  }

  /// Why an object is not there.
  public enum Cause: Sendable, Hashable {
    /// No migration makes it.
    case neverMade
    /// This migration makes it, but only later (at this place).
    case madeLater(by: MigrationID, at: SourcePosition)
    /// This migration has dropped it.
    case dropped(by: MigrationID)
  }
}

extension UnmetUse {
  /// The uses that nothing before them provides, in the order of running; each object once a migration, and parts of
  /// a relation (columns, policies, …) only where the relation itself is there.
  ///
  /// Only what fails for certain without the object counts: neither guarded statements (`IF EXISTS`, a block that asks
  /// the catalog first) nor bodies of functions, which are resolved when they are called.
  ///
  /// - Parameter migrations: in the order in which they run.
  public static func uses(among migrations: [Migration]) -> [UnmetUse] {
    var search = UnmetUseSearch(migrations)
    for migration in migrations { search.follow(migration) }
    return search.found
  }
}

/// Follows what each migration makes, uses and drops, in order.
private struct UnmetUseSearch {
  /// A creation, with its place in the whole sequence of statements.
  private struct Creation {
    var step: Int
    var migration: MigrationID
    var position: SourcePosition
  }

  /// An object without what a use cannot tell.
  private struct LooseName: Hashable {
    var kind: ObjectKind
    var schema: String?
    var parent: String?
    var name: String

    init(_ object: ObjectIdentity) {
      schema = object.schema
      parent = object.parent
      name = object.name
      switch object.kind {
      case .view, .materializedView, .foreignTable, .sequence, .index, .type, .domain: kind = .table
      case .procedure, .aggregate: kind = .function
      default: kind = object.kind
      }
    }
  }

  private var creations: [LooseName: [Creation]] = [:]
  private var makers = ObjectMakers()
  /// Tables all of whose columns are known from the statements that made them.
  private var openTables: Set<ObjectIdentity> = []
  /// Enumerated types all of whose labels are known, from the statements that made them and added to them.
  private var openTypes: Set<ObjectIdentity> = []
  private var droppers: [LooseName: MigrationID] = [:]
  /// What statements so far may have made under names that nobody knows before they run.
  private var possiblyMade = PossibleEffectIndex()
  private var step = 0
  private(set) var found: [UnmetUse] = []

  init(_ migrations: [Migration]) {
    var step = 0
    for migration in migrations {
      for statement in migration.script.statements {
        step += 1
        for effect in statement.effects where effect.action == .creates {
          creations[LooseName(effect.object), default: []].append(
            Creation(step: step, migration: migration.id, position: statement.position))
        }
      }
    }
  }

  mutating func follow(_ migration: Migration) {
    var seen: Set<LooseName> = []
    for statement in migration.script.statements {
      step += 1
      let own = Set(
        statement.effects.lazy.filter { $0.action == .creates }.map { LooseName($0.object) })
      let renamed = statement.renamedObjects
      for effect in statement.effects {
        for object in Self.needed(by: effect) where isUnmet(object) && !own.contains(LooseName(object)) {
          guard seen.insert(LooseName(object)).inserted else { continue }
          let provider = WellKnownExtensions.provider(of: object).map { ObjectIdentity(.extension, name: $0) }
          if let provider, isThere(provider) { continue }
          if possiblyMade.concerns(object) { continue }
          found.append(
            UnmetUse(
              migration: migration.id, position: statement.position, object: object, provider: provider,
              cause: cause(provider ?? object)))
        }
        // What is renamed does not go: it moves, together with what belongs to it.
        if effect.action == .drops, renamed.contains(effect.object) { continue }
        apply(effect, of: migration.id)
      }
      for possible in statement.possibleEffects where possible.effect.action == .creates {
        possiblyMade.insert(possible)
      }
      noteColumns(of: statement)
      noteLabels(of: statement)
    }
  }

  /// What statements make of whole tables: only where nothing about them is hidden can a column be missed.
  private mutating func noteColumns(of statement: Statement) {
    for effect in statement.effects where effect.action == .creates && effect.object.kind == .table {
      if let old = effect.renamedFrom {
        if openTables.remove(old) != nil { openTables.insert(effect.object) }
      } else if statement.opacity == nil, let schema = effect.object.schema,
        statement.effects.contains(where: {
          $0.object.kind == .column && $0.object.table == .table(schema, effect.object.name)
        })
      {
        openTables.insert(effect.object)
      } else {
        openTables.remove(effect.object)
      }
    }
    // A statement that cannot be read may add columns to what it touches.
    guard statement.opacity != nil else { return }
    for effect in statement.effects {
      openTables.remove(effect.object)
      if let table = effect.object.table { openTables.remove(table) }
    }
  }

  /// The same of enumerated types and their labels.
  private mutating func noteLabels(of statement: Statement) {
    for effect in statement.effects where effect.action == .creates && effect.object.kind == .type {
      if let old = effect.renamedFrom {
        if openTypes.remove(old) != nil { openTypes.insert(effect.object) }
      } else if statement.effects.contains(where: { $0.object.enumeratedType == effect.object }) {
        openTypes.insert(effect.object)
      }
    }
    guard statement.opacity != nil else { return }
    for effect in statement.effects {
      openTypes.remove(effect.object)
      if let type = effect.object.enumeratedType { openTypes.remove(type) }
    }
  }

  /// What must be there, or else the statement fails.
  private static func needed(by effect: Effect) -> [ObjectIdentity] {
    guard effect.condition == .always || effect.condition == .orReplace || effect.condition == .ifNotExists,
      effect.hosts.isEmpty, !effect.isLateBound
    else { return [] }
    var needed: [ObjectIdentity] = []
    switch effect.action {
    case .uses, .alters, .drops: needed.append(effect.object)
    // The old name of what is renamed is an effect of its own.
    case .creates: break
    }
    if let schema = effect.object.schema { needed.append(ObjectIdentity(.schema, name: schema)) }
    if effect.action != .uses, let table = effect.object.table { needed.append(table) }
    return needed
  }

  private func isUnmet(_ object: ObjectIdentity) -> Bool {
    guard !isThere(object) else { return false }
    if let type = object.enumeratedType { return isThere(type) && openTypes.contains(type) }
    guard let table = object.table else { return true }
    guard isThere(table) else { return false }
    return object.kind != .column
      || (openTables.contains(table) && !Self.systemColumns.contains(object.name))
  }

  private static let systemColumns: Set<String> = ["tableoid", "ctid", "xmin", "xmax", "cmin", "cmax"]

  private func isThere(_ object: ObjectIdentity) -> Bool { makers.maker(of: object) != nil }

  private func cause(_ object: ObjectIdentity) -> UnmetUse.Cause {
    let name = LooseName(object)
    // Within one statement the effects come in their order: a creation in the same statement is no later one.
    if let later = creations[name]?.first(where: { $0.step > step }) {
      return .madeLater(by: later.migration, at: later.position)
    }
    if let dropper = droppers[name] { return .dropped(by: dropper) }
    return .neverMade
  }

  private mutating func apply(_ effect: Effect, of migration: MigrationID) {
    switch effect.action {
    case .creates:
      if let old = effect.renamedFrom, !effect.isGuarded {
        makers.rename(old, to: effect.object)
        droppers[LooseName(old)] = migration
      }
      makers.make(effect.object, by: migration)
    case .drops:
      if effect.isGuarded { return }
      if isThere(effect.object) { droppers[LooseName(effect.object)] = migration }
      makers.drop(effect.object)
    case .alters, .uses: return
    }
  }
}
