public import Schema
public import Script

/// What a database will hold after statements have run, foretold from what it holds now and from their effects.
///
/// Where the evidence of a project starts from nothing and must live with what it cannot know, this starts from a
/// snapshot: whether an object is there decides what `IF NOT EXISTS` and `OR REPLACE` do, and the catalog's own
/// dependencies (``SnapshotScope`` must ask for them) decide what a `DROP` takes along. Beside what the statements say,
/// these follow by PostgreSQL's own rules:
///
/// - What is dropped takes its parts and what cannot be without it, comments and grants among them. `CASCADE` need not
///   be said: without it the statement fails where something else stands in the way.
/// - What is renamed or moved takes its parts along under its new name.
/// - What is made gets the grants that the default privileges of its maker say, and belongs to its maker; an owner's
///   own privileges are no grants.
/// - A primary key makes its columns `NOT NULL`; a label changes its enumerated type; a column that is dropped,
///   renamed or altered is so in the tables that inherit it.
/// - What depends on a renamed or altered object may be written differently afterwards.
public struct CatalogPrediction: Sendable {
  /// The role that runs the statements; what they make belongs to it.
  public let role: String
  let database: String
  let platformSchemas: Set<String>
  let serverVersion: Int
  var held = PredictedObjects()
  /// The owners of what grants can be on, by a grant's identity without privilege and role.
  var grantOwners: [ObjectIdentity: String?] = [:]
  /// The objects that grants can be on, by the same.
  private(set) var grantHolders: [ObjectIdentity: Set<ObjectIdentity>] = [:]
  /// The comments that can be: one for each object.
  var commentTargets: [ObjectIdentity: ObjectIdentity] = [:]

  /// The objects that may be there or not, since it hangs on a condition that cannot be known.
  public private(set) var uncertain: Set<ObjectIdentity> = []
  /// The objects that are made, replaced or altered, by what they are called at the end.
  public internal(set) var changed: Set<ObjectIdentity> = []
  /// The objects whose definition may be written differently, since they depend on one that is renamed or altered.
  public internal(set) var affected: Set<ObjectIdentity> = []

  // The statement at hand.
  var needs: Set<ObjectIdentity> = []
  private var skipped: Set<ObjectIdentity> = []
  private var renamed: Set<ObjectIdentity> = []
  /// What was certain before the statement and has been doubted since.
  private var doubted: Set<ObjectIdentity> = []
  /// What was uncertain before the statement and was settled by it.
  private var trusted: Set<ObjectIdentity> = []

  /// Begins with what a database holds.
  public init(_ snapshot: Snapshot, role: String) {
    self.role = role
    database = snapshot.database
    platformSchemas = snapshot.platformSchemas
    serverVersion = snapshot.serverVersion
    for object in snapshot.objects.values { insert(object.identity, owner: object.owner) }
    // Columns come in any order; they belong to whoever owns their table.
    for identity in snapshot.objects.keys where identity.kind == .column { noteOwner(of: identity) }
    for one in snapshot.dependencies { held.bind(one.object, to: one.needs, by: one.bond) }
    _ = held.takeTouched()
  }

  /// The objects that are there, those that may be among them.
  public var objects: Set<ObjectIdentity> { Set(held.holdings.keys) }

  /// Whether an object is there, or may be.
  public func contains(_ object: ObjectIdentity) -> Bool { held[object] != nil }

  /// What has become uncertain by the last statement.
  var newlyUncertain: Set<ObjectIdentity> { doubted.filter(uncertain.contains) }

  /// Follows one statement.
  public mutating func follow(_ statement: Statement) {
    needs = Set(
      statement.effects.filter { $0.action == .uses && !$0.isLateBound && $0.object.kind != .enumValue }
        .map { resolved($0.object) })
    skipped = []
    doubted = []
    trusted = []
    renamed = Set(statement.effects.compactMap(\.renamedFrom))
    for effect in statement.effects where effect.action != .uses { apply(effect) }
  }

  // MARK: Effects

  private mutating func apply(_ effect: Effect) {
    if effect.object.kind == .defaultPrivilege {
      changeDefaultPrivilege(effect)
      return
    }
    // A new name is what it is; all others mean something that is there.
    let objects = effect.renamedFrom == nil ? named(effect.object) : [effect.object]
    for object in objects where isListed(object) {
      switch effect.action {
      case .creates: create(object, effect)
      case .alters: alter(object, effect)
      case .drops: if !renamed.contains(effect.object) { drop(object, effect.condition) }
      case .uses: break
      }
    }
  }

  private mutating func create(_ object: ObjectIdentity, _ effect: Effect) {
    if case .constraint(let constraint) = effect.detail, constraint.kind == .trigger { return }
    if let old = effect.renamedFrom.flatMap({ named($0).first }) {
      rename(old, to: object, effect.condition)
      return
    }
    let bonds = bonds(of: object, effect.detail)
    guard hasPlace(object, bonds), effect.hosts.allSatisfy(isThere) else {
      skipped.insert(object)
      return
    }
    switch effect.condition {
    case .ifNotExists, .ifExists:
      if held[object] != nil && !uncertain.contains(object) || isPartOfSkipped(object, bonds) {
        // A grant that is there may get its option to be passed on.
        if object.kind == .grant { changed.insert(object) } else { skipped.insert(object) }
        return
      }
      make(object, bonds)
    case .guarded:
      if held[object] != nil {
        changed.insert(object)
      } else {
        doubt(object)
        make(object, bonds, isUncertain: true)
      }
    case .always, .orReplace:
      trust(object)
      make(object, bonds)
    }
  }

  /// Whether what an object is on is there; if not, the statement passes over it (`ALTER TABLE IF EXISTS`), or it is on
  /// something that no snapshot lists (a temporary table).
  private func hasPlace(_ object: ObjectIdentity, _ bonds: [ObjectIdentity: Dependency.Bond]) -> Bool {
    if object.kind == .index || object.kind == .sequence {
      return bonds.allSatisfy { need, bond in
        guard bond == .part, need.kind == .column || need.isRelation else {
          return true
        }
        return isThere(need.table ?? need)
      }
    }
    return object.table.map(isThere) ?? true
  }

  private func isThere(_ object: ObjectIdentity) -> Bool {
    let kinds = object.isRelation ? ObjectKind.relations : [object.kind]
    return kinds.contains { held[object.with(kind: $0)] != nil }
  }

  private func isPartOfSkipped(_ object: ObjectIdentity, _ bonds: [ObjectIdentity: Dependency.Bond]) -> Bool {
    skipped.contains { object.isPart(of: $0) || bonds[$0] == .part }
  }

  /// Makes an object, or replaces it.
  mutating func make(
    _ object: ObjectIdentity, _ bonds: [ObjectIdentity: Dependency.Bond], isUncertain: Bool = false
  ) {
    changed.insert(object)
    markWhatItChanges(object, bonds)
    for child in heirs(of: object) where held[child] == nil { make(child, [:], isUncertain: isUncertain) }
    if held[object] != nil {
      held.setBonds(of: object, to: bonds)
      return
    }
    insert(object, owner: role, bonds: bonds)
    grantDefaults(on: object, isUncertain: isUncertain)
    if object.kind == .extension {
      // Its control file may have words about it, or none.
      let comment = ObjectIdentity.comment(on: object)
      insert(comment, owner: nil)
      doubt(comment)
    }
  }

  private mutating func markWhatItChanges(
    _ object: ObjectIdentity, _ bonds: [ObjectIdentity: Dependency.Bond]
  ) {
    switch object.kind {
    case .constraint:
      // The columns that a foreign key refers to stay as they are.
      for column in bonds.keys where column.kind == .column && column.table == object.table {
        changed.insert(column)
      }
      // A key from an index that the statement only names: which columns it has is not said.
      if !bonds.keys.contains(where: { $0.kind == .column && $0.table == object.table }),
        let table = object.table
      {
        for column in columns(of: table) { affected.insert(column) }
      }
    case .enumValue:
      if let schema = object.schema, let type = object.parent {
        changed.insert(ObjectIdentity(.type, schema: schema, name: type))
      }
    default: break
    }
  }

  private mutating func alter(_ object: ObjectIdentity, _ effect: Effect) {
    guard held[object] != nil else { return }
    // A block that found it there changes nothing of it either.
    if effect.condition == .ifNotExists, skipped.contains(object) { return }
    changed.insert(object)
    affect(object)
    if let clause = effect.definition, clause.hasPrefix("OWNER TO ") {
      changeOwner(of: object, to: String(clause.dropFirst("OWNER TO ".count)))
    }
    if case .sequence(let sequence) = effect.detail {
      var bonds = held[object]?.bonds.filter { $0.key.kind != .column } ?? [:]
      if let column = sequence.ownedBy { bonds[column] = .part }
      held.setBonds(of: object, to: bonds)
    }
    if object.kind == .column {
      held.setBonds(of: object, to: held[object]?.bonds.filter { $0.value == .part } ?? [:])
      for child in inherited(object) { changed.insert(child) }
    }
  }

  private mutating func drop(_ object: ObjectIdentity, _ condition: EffectCondition) {
    if object.kind == .grant { for grant in columnGrants(under: object) { drop(grant, condition) } }
    guard held[object] != nil else { return }
    if object.kind == .enumValue { markWhatItChanges(object, [:]) }
    let going = whatGoes(with: object)
    switch condition {
    case .guarded, .ifNotExists: for one in going { doubt(one) }
    case .always, .ifExists, .orReplace: for one in going { remove(one) }
    }
  }

  // MARK: The books

  /// Notes that an object may be there or not.
  mutating func doubt(_ object: ObjectIdentity) {
    if uncertain.insert(object).inserted, !trusted.contains(object) { doubted.insert(object) }
  }

  private mutating func trust(_ object: ObjectIdentity) {
    if uncertain.remove(object) != nil, !doubted.contains(object) { trusted.insert(object) }
  }

  mutating func insert(
    _ object: ObjectIdentity, owner: String?, bonds: [ObjectIdentity: Dependency.Bond] = [:]
  ) {
    held.insert(object, PredictedObjects.Holding(owner: owner, bonds: bonds))
    if object.kind != .grant && object.kind != .comment { commentTargets[.comment(on: object)] = object }
    noteOwner(of: object)
  }

  mutating func noteOwner(of object: ObjectIdentity) {
    guard object.kind != .grant, object.kind != .comment else { return }
    let key = Self.key(.grant("", to: "", on: object))
    grantHolders[key, default: []].insert(object)
    grantOwners[key] = .some(object.kind == .column ? ownerOfRelation(of: object) : held[object]?.owner)
  }

  private func ownerOfRelation(of column: ObjectIdentity) -> String? {
    guard let table = column.table else { return nil }
    return ObjectKind.relations.lazy.compactMap { held[table.with(kind: $0)]?.owner }.first
  }

  mutating func remove(_ object: ObjectIdentity) {
    held.remove(object)
    trust(object)
    guard object.kind != .grant, object.kind != .comment else { return }
    commentTargets[.comment(on: object)] = nil
    let key = Self.key(.grant("", to: "", on: object))
    grantOwners[key] = nil
    grantHolders[key]?.remove(object)
  }
}
