import Migrations
import Schema
import Script

/// The schema that the migrations which are in should have left, with the statement behind each object.
struct ExpectedSchema: Sendable {
  /// A statement whose effects cannot all be known without running it.
  struct Opacity: Sendable, Hashable {
    var location: FileLocation
    var reason: String
    /// What it may do to objects whose names are not known.
    var possibleEffects: [PossibleEffect]
  }

  /// Every object that some statement names, as the last one leaves it.
  let objects: [ObjectIdentity: TrackedObject]
  /// The names that objects have got instead of others, in order.
  let renames: [NameChange]
  /// The statements that cannot be followed whole.
  let opacities: [Opacity]
  /// What these statements may have made, by their places among them.
  var possibleMakers: PossibleEffectIndex {
    var index = PossibleEffectIndex()
    for (place, opacity) in opacities.enumerated() {
      for possible in opacity.possibleEffects where possible.effect.action == .creates {
        index.insert(possible, number: place)
      }
    }
    return index
  }

  /// The relations whose parts such a statement may have made or changed.
  let relationsInDoubt: Set<ObjectIdentity>
  /// The schemas on whose objects such a statement may have granted something (`ON ALL TABLES IN SCHEMA`).
  let schemasOfGrantsInDoubt: Set<String>
  /// The default privileges that they set for whoever runs them, without that role.
  let defaultPrivileges: Set<ObjectIdentity>
  /// The schemas in which the migrations make something.
  let schemas: Set<String>
  private let migrations: [Migration]
  /// What is known already of the names of former times.
  let formerTimes = FormerTimes()

  /// Follows the migrations that are in, in the project's order.
  ///
  /// What a migration may have left that failed or was interrupted, or of which nobody knows whether it is in, is taken as
  /// uncertain.
  ///
  /// - Parameter folded: what some migrations leave; need not be found out again if these are the ones that are in.
  init(_ project: Project, statuses: [MigrationStatus], folded: FoldedSchema? = nil) {
    let states = Dictionary(statuses.map { ($0.id, $0.state) }, uniquingKeysWith: { first, _ in first })
    let whole = folded.flatMap { folded -> FoldedSchema? in
      let isIn = project.migrations.filter(\.isRunnable).allSatisfy {
        [.applied, .partial, .changed].contains(states[$0.id])
      }
      let isSame =
        folded.platform == project.platform
        && folded.migrations == project.migrations.filter(\.isRunnable).map(\.id)
      return isIn && isSame ? folded : nil
    }
    let undecided = Self.undecided(statuses)
    var fold = EffectFold(platform: project.platform)
    var followed: [Migration] = []
    var opacities: [Opacity] = []
    var doubtful: Set<ObjectIdentity> = []
    var schemas: Set<String> = []
    var granting: Set<String> = []
    var defaults: Set<ObjectIdentity> = []
    for migration in project.migrations where migration.isRunnable {
      var script = migration.script
      switch states[migration.id] {
      case .applied, .partial, .changed: break
      case .failed, .interrupted: script = Self.uncertain(script)
      case .pending where undecided.contains(migration.id): script = Self.uncertain(script)
      default: continue
      }
      if whole == nil { fold.fold(script) }
      followed.append(migration)
      for statement in script.statements {
        for effect in statement.effects where effect.action == .creates {
          if let schema = effect.object.schema { schemas.insert(schema) }
          if let privilege = Self.defaultPrivilegeOfWhoever(effect.object) { defaults.insert(privilege) }
        }
        guard let reason = statement.opacity, statement.form != .psqlCommand else { continue }
        opacities.append(
          Opacity(
            location: FileLocation(file: migration.file, position: statement.position), reason: reason,
            possibleEffects: statement.possibleEffects))
        for effect in statement.effects where effect.action == .uses && effect.object.kind == .schema {
          if ["GRANT", "REVOKE", "DO"].contains(statement.tag) { granting.insert(effect.object.name) }
        }
        // The schema public is there in every database, and is no use.
        if ["GRANT", "REVOKE"].contains(statement.tag) { granting.insert("public") }
        for effect in statement.effects where effect.action != .uses {
          if let relation = effect.object.table ?? (effect.object.canHaveParts ? effect.object : nil) {
            doubtful.insert(relation.with(kind: .table))
          }
        }
      }
    }
    objects = whole?.objects ?? fold.objects
    renames = whole?.renames ?? fold.renames
    self.opacities = opacities
    relationsInDoubt = doubtful
    self.schemas = schemas
    schemasOfGrantsInDoubt = granting
    defaultPrivileges = defaults
    migrations = followed
  }

  /// A default privilege without its role, if that is whoever runs the file; nil for everything else.
  private static func defaultPrivilegeOfWhoever(_ object: ObjectIdentity) -> ObjectIdentity? {
    guard object.kind == .defaultPrivilege, let role = object.parent, ObservableKinds.isWhoever(role) else {
      return nil
    }
    var privilege = object
    privilege.parent = nil
    return privilege
  }

  /// The migration in which a statement stands.
  func migration(of place: StatementPlacement) -> Migration? {
    migrations.indices.contains(place.migration) ? migrations[place.migration] : nil
  }

  /// The file and line of a statement.
  func location(of place: StatementPlacement) -> FileLocation? {
    migration(of: place).map { FileLocation(file: $0.file, position: place.position) }
  }

  /// The statement itself.
  func statement(at place: StatementPlacement) -> Statement? {
    guard let statements = migration(of: place)?.script.statements,
      statements.indices.contains(place.statement)
    else { return nil }
    return statements[place.statement]
  }

  /// The names that changed after a statement, from the old to the present one.
  func namesChanged(since count: Int) -> [String: String] { Self.chained(renames.dropFirst(count)) }

  /// The names that objects other than columns have got after a statement, from the old to the present one.
  func objectNamesChanged(since count: Int) -> [String: String] {
    Self.chained(renames.dropFirst(count).filter { $0.old.kind != .column })
  }

  /// The names that the columns of a table (under its present name) have got after a statement.
  ///
  /// Other tables may have columns of the same names, which keep them.
  func columnNamesChanged(of table: ObjectIdentity, since count: Int) -> [String: String] {
    var table = table.with(kind: .table)
    var changes: [NameChange] = []
    // Backwards, since columns were renamed under the names that the table and its schema had then.
    for change in renames.dropFirst(count).reversed() {
      if change.old.kind == .column {
        if change.old.table?.with(kind: .table) == table { changes.append(change) }
      } else if change.new.kind == .schema, change.new.name == table.schema {
        table = .table(change.old.name, table.name)
      } else if change.new.with(kind: .table) == table, change.new.isRelation {
        table = change.old.with(kind: .table)
      }
    }
    return Self.chained(changes.reversed())
  }

  private static func chained(_ changes: some Sequence<NameChange>) -> [String: String] {
    var names: [String: String] = [:]
    for change in changes where change.old.name != change.new.name {
      for (name, present) in names where present == change.old.name { names[name] = change.new.name }
      names[change.old.name] = change.new.name
    }
    return names
  }

  /// The migrations that may be in though they count as pending: no history is there to say so, nothing that they do can be
  /// looked up, and some migration before them is in while none of those is surely not.
  private static func undecided(_ statuses: [MigrationStatus]) -> Set<MigrationID> {
    guard !statuses.contains(where: { $0.history != nil || !$0.otherTools.isEmpty }) else { return [] }
    var undecided: Set<MigrationID> = []
    var isAnyIn = false
    for status in statuses {
      switch status.state {
      case .applied, .partial, .changed: isAnyIn = true
      case .pending where status.evidence?.isInconclusive ?? false:
        if isAnyIn { undecided.insert(status.id) }
      case .pending: return undecided
      default: continue
      }
    }
    return undecided
  }

  /// The script with everything in it under a condition, since nobody knows how far it came.
  private static func uncertain(_ script: ParsedScript) -> ParsedScript {
    var script = script
    for place in script.statements.indices {
      for effect in script.statements[place].effects.indices
      where script.statements[place].effects[effect].action != .uses {
        script.statements[place].effects[effect].condition = .guarded(
          "nobody knows whether it came to its end")
      }
    }
    return script
  }
}
