import Migrations
import Schema
import Script

/// Follows the objects of a database through the effects of the migrations, in order.
///
/// Says what each migration changes *given the ones before it*: an object that an earlier file has made and a later one
/// makes again with `IF NOT EXISTS` is not changed by the later one, and a `DROP` takes what hangs on the object along.
struct EffectFold {
  /// What the host gives before the first migration.
  let platform: Platform
  /// The histories so far.
  private(set) var timelines = Timelines()

  private var objects: [ObjectIdentity: TrackedObject] = [:]
  /// Objects that may have been there before the first migration, which allows for it.
  private var perhapsThere: Set<ObjectIdentity> = []
  private var hasDefaultPrivileges = false

  // The migration at hand.
  private var index = 0
  private var before: [ObjectIdentity: TrackedObject] = [:]
  private var touches: [Touch] = []
  private var touchPlaces: [ObjectIdentity: Int] = [:]
  private var renamed: Set<ObjectIdentity> = []
  // The statement at hand.
  private var position: SourcePosition?
  private var needs: Set<ObjectIdentity> = []
  private var skipped: Set<ObjectIdentity> = []
  private var uncertain: Set<ObjectIdentity> = []
  private var graveyard: [ObjectIdentity: [ObjectIdentity: TrackedObject]] = [:]
  /// Whether what is changed at the moment only follows from another change.
  private var isImplied = false

  init(platform: Platform) { self.platform = platform }

  /// Follows the next migration.
  mutating func fold(_ script: ParsedScript) {
    before = [:]
    touches = []
    touchPlaces = [:]
    renamed = []
    for statement in script.statements {
      position = statement.position
      needs = Set(statement.effects.filter { $0.action == .uses }.map(\.object))
      skipped = []
      uncertain = []
      graveyard = [:]
      for effect in statement.effects { apply(effect) }
    }
    recordChanges()
    index += 1
  }

  /// The histories, once the last migration was followed.
  func finish() -> Timelines {
    var timelines = timelines
    for (object, facets) in timelines.facets {
      timelines.facets[object] = facets.filter { $0.value.isTelling($0.key) }
    }
    return timelines
  }

  // MARK: Changes

  private mutating func recordChanges() {
    var changed: [Touch] = []
    let dropped = touches.map(\.object).filter { objects[$0]?.existence == .absent && $0.canHaveParts }
    for var touch in touches {
      let isGone = objects[touch.object]?.existence == .absent
      if isGone, dropped.contains(where: { touch.object != $0 && touch.object.isPart(of: $0) }) {
        touch.isImplied = true
      }
      if renamed.contains(where: {
        touch.object != $0 && renamed.contains(touch.object) && touch.object.isPart(of: $0)
      }) {
        touch.isImplied = true
      }
      guard let old = before[touch.object], let new = objects[touch.object] else { continue }
      var isChanged = false
      for facet in [Facet.existence] + FacetReading.facets(of: touch.object.kind) {
        let (from, to) = (old.value(facet), new.value(facet))
        guard from != to else { continue }
        let start = FacetTimeline(initial: from, isInitialLikely: perhapsThere.contains(touch.object))
        timelines.facets[touch.object, default: [:]][facet, default: start].points
          .append(ChangePoint(migration: index, value: to))
        isChanged = true
      }
      guard isChanged, !touch.isImplied else { continue }
      touch.action =
        new.existence == .absent ? .drops : old.existence == new.existence ? .alters : touch.action
      changed.append(touch)
    }
    timelines.touches.append(changed)
  }

  private mutating func set(_ object: ObjectIdentity, _ state: TrackedObject, by action: EffectAction) {
    if let place = touchPlaces[object] {
      touches[place].action = action
      touches[place].position = position
      touches[place].isImplied = touches[place].isImplied && isImplied
    } else {
      touchPlaces[object] = touches.count
      touches.append(Touch(object: object, action: action, position: position, isImplied: isImplied))
      before[object] = objects[object] ?? TrackedObject(existence: .absent)
    }
    objects[object] = state
  }

  private mutating func change(
    _ object: ObjectIdentity, by action: EffectAction, _ body: (inout TrackedObject) -> Void
  ) {
    guard var state = objects[object] else { return }
    body(&state)
    set(object, state, by: action)
  }

  // MARK: Effects

  private mutating func apply(_ effect: Effect) {
    guard effect.action != .uses, ObservableKinds.contains(effect.object) else { return }
    if effect.object.kind == .defaultPrivilege { hasDefaultPrivileges = true }
    for object in named(effect.object) {
      meet(object, effect)
      switch effect.action {
      case .creates: create(object, effect)
      case .alters: alter(object, effect)
      case .drops: drop(object, effect.condition)
      case .uses: break
      }
    }
  }

  /// The objects that an effect names: functions without argument types are all known ones of that name.
  private func named(_ object: ObjectIdentity) -> [ObjectIdentity] {
    switch object.kind {
    case .function, .procedure, .aggregate:
      guard object.signature == nil else { return [object] }
      return objects.keys
        .filter { $0.kind == object.kind && $0.schema == object.schema && $0.name == object.name }.sorted()
    default:
      return [object]
    }
  }

  /// Decides what an object is before the first effect on it.
  private mutating func meet(_ object: ObjectIdentity, _ effect: Effect) {
    guard objects[object] == nil else { return }
    let isAskedFor = effect.condition == .ifNotExists || effect.condition == .orReplace
    switch effect.action {
    case .creates where effect.renamedFrom != nil:
      objects[object] = TrackedObject(existence: .absent)
    case .creates where isPerhapsGranted(object), .drops where isPerhapsGranted(object):
      objects[object] = TrackedObject(existence: .unknown)
    case .creates where isAskedFor && ProvidedObjects.contains(object, on: platform):
      objects[object] = TrackedObject(existence: .unknown)
    case .creates:
      if isAskedFor { perhapsThere.insert(object) }
      objects[object] = TrackedObject(existence: .absent)
    case .drops where effect.condition == .ifExists:
      perhapsThere.insert(object)
      objects[object] = TrackedObject(existence: .absent)
    case .drops, .alters, .uses:
      // What was never made here comes from somewhere else.
      objects[object] = TrackedObject(existence: .unknown)
    }
  }

  /// Whether default privileges may have granted it together with the object.
  private func isPerhapsGranted(_ object: ObjectIdentity) -> Bool {
    object.kind == .grant && (platform != .none || hasDefaultPrivileges)
  }

  /// Everybody may execute a new function, unless default privileges say otherwise.
  private mutating func grantExecution(of function: ObjectIdentity) {
    let grant = ObjectIdentity.grant("EXECUTE", to: "public", on: function)
    guard objects[function]?.existence != .absent, objects[grant]?.existence ?? .absent == .absent else {
      return
    }
    isImplied = true
    let isCertain = objects[function]?.existence == .present && !hasDefaultPrivileges
    set(grant, TrackedObject(existence: isCertain ? .present : .unknown), by: .creates)
    isImplied = false
  }

  private mutating func create(_ object: ObjectIdentity, _ effect: Effect) {
    if let old = effect.renamedFrom {
      rename(old, to: object, effect)
      return
    }
    let made = TrackedObject(object, definition: effect.definition, detail: effect.detail, needs: needs)
    let existence = objects[object]?.existence ?? .absent
    switch effect.condition {
    case .ifNotExists:
      if isPart(object, made, of: skipped) || existence == .present {
        skipped.insert(object)
        return
      }
      if isPart(object, made, of: uncertain) {
        uncertain.insert(object)
        set(object, TrackedObject(existence: .unknown), by: .creates)
        return
      }
      if existence == .unknown {
        // It is there now, but perhaps as somebody else made it.
        uncertain.insert(object)
        set(object, TrackedObject(existence: .present), by: .creates)
        return
      }
      set(object, made, by: .creates)
    case .guarded:
      guard existence != .present else { return }
      set(object, TrackedObject(existence: .unknown), by: .creates)
    case .always, .orReplace, .ifExists:
      set(object, made, by: .creates)
    }
    if existence == .absent, [.function, .procedure, .aggregate].contains(object.kind) {
      grantExecution(of: object)
    }
    if case .constraint(let constraint) = effect.detail, constraint.kind == .primaryKey {
      markNotNull(constraint.columns, of: object, isCertain: objects[object]?.existence == .present)
    }
  }

  /// Whether an object comes with one that the same statement does not make after all, since it is there already.
  private func isPart(_ object: ObjectIdentity, _ made: TrackedObject, of others: Set<ObjectIdentity>) -> Bool
  {
    guard !others.isEmpty else { return false }
    let table = object.table ?? made.table
    if let table, others.contains(table) { return true }
    if let owner = made.ownedBy { return others.contains(owner) || owner.table.map(others.contains) ?? false }
    guard let table, let schema = table.schema, let columns = made.columns else { return false }
    return columns.contains { others.contains(.column(schema, table.name, $0)) }
  }

  private mutating func markNotNull(_ columns: [String], of constraint: ObjectIdentity, isCertain: Bool) {
    guard let table = constraint.table, let schema = table.schema else { return }
    for name in columns {
      let column = ObjectIdentity.column(schema, table.name, name)
      guard objects[column]?.existence == .present else { continue }
      change(column, by: .alters) { $0.facets[.nullability] = isCertain ? .value("not null") : .unknown }
    }
  }

  private mutating func alter(_ object: ObjectIdentity, _ effect: Effect) {
    guard let existence = objects[object]?.existence, existence != .absent else { return }
    var isCertain = existence == .present
    if case .guarded = effect.condition { isCertain = false }
    if effect.condition == .ifNotExists { isCertain = false }
    let changes = FacetChange.changes(by: effect, to: objects[object] ?? TrackedObject(existence: .unknown))
    change(object, by: .alters) { state in
      for (facet, value) in changes { state.facets[facet] = isCertain ? value : .unknown }
    }
    // An unconditional change can only succeed on what is there.
    if effect.condition == .always, existence == .unknown {
      change(object, by: .alters) { state in
        for (facet, value) in changes { state.facets[facet] = value }
      }
    }
    guard object.kind == .column, let table = object.table else { return }
    for child in inheritors(of: table) {
      guard let schema = child.schema else { continue }
      change(.column(schema, child.name, object.name), by: .alters) { state in
        for facet in changes.keys where state.existence != .absent { state.facets[facet] = .unknown }
      }
    }
  }

  private mutating func drop(_ object: ObjectIdentity, _ condition: EffectCondition) {
    guard let state = objects[object], state.existence != .absent else { return }
    let goes = dependents(of: object)
    var lost: [ObjectIdentity: TrackedObject] = [:]
    for one in goes.parts.union([object]) { lost[one] = objects[one] }
    graveyard[object] = lost
    let isCertain =
      switch condition {
      case .guarded, .ifNotExists: false
      case .always, .ifExists, .orReplace: true
      }
    change(object, by: .drops) { if isCertain { $0.remove() } else { $0.blur() } }
    isImplied = true
    for one in goes.parts.sorted() {
      change(one, by: .drops) { if isCertain { $0.remove() } else { $0.blur() } }
    }
    for one in goes.users.sorted() { change(one, by: .drops) { $0.blur() } }
    isImplied = false
  }

  // MARK: What belongs together

  /// What goes when an object goes: `parts` for sure, `users` perhaps (with CASCADE they do, without it the files must
  /// have taken them away before).
  private func dependents(
    of object: ObjectIdentity
  ) -> (parts: Set<ObjectIdentity>, users: Set<ObjectIdentity>) {
    var parts: Set<ObjectIdentity> = []
    var users: Set<ObjectIdentity> = []
    var open = [object]
    while let owner = open.popLast() {
      for (one, state) in objects where one != object && state.existence != .absent && !parts.contains(one) {
        if one.isPart(of: owner) || state.table == owner || state.ownedBy == owner
          || isOn(one, state, column: owner)
        {
          parts.insert(one)
          open.append(one)
        } else if state.needs.contains(owner), Self.cannotBeWithout(one.kind) {
          users.insert(one)
        }
      }
      if owner.kind == .column, let table = owner.table {
        for child in inheritors(of: table) {
          guard let schema = child.schema else { continue }
          users.insert(.column(schema, child.name, owner.name))
        }
      }
    }
    return (parts, users.subtracting(parts))
  }

  /// Whether a constraint or an index is on a column, with which it goes.
  private func isOn(_ object: ObjectIdentity, _ state: TrackedObject, column: ObjectIdentity) -> Bool {
    guard column.kind == .column, let columns = state.columns, columns.contains(column.name) else {
      return false
    }
    return (object.table ?? state.table) == column.table
  }

  /// Whether an object of this kind goes, or stands in the way, when something goes that it needs; functions do neither.
  private static func cannotBeWithout(_ kind: ObjectKind) -> Bool {
    switch kind {
    case .view, .materializedView, .rule, .policy, .trigger, .constraint, .index, .column, .domain,
      .statistics,
      .publicationMember, .aggregate, .operator, .cast, .eventTrigger:
      true
    default: false
    }
  }

  private func inheritors(of table: ObjectIdentity) -> [ObjectIdentity] {
    objects.compactMap { $0.value.parent == table ? $0.key : nil }.sorted()
  }

  private mutating func rename(_ old: ObjectIdentity, to new: ObjectIdentity, _ effect: Effect) {
    let moved = graveyard[old] ?? [:]
    isImplied = true
    for (identity, state) in moved.sorted(by: { $0.key < $1.key }) where identity != old {
      var state = state
      if state.table == old { state.table = new }
      // Texts that hold the old name are different texts now.
      if [.index, .trigger, .rule, .statistics].contains(identity.kind) {
        state.facets[.definition] = .unknown
      }
      let identity = state.table == new ? identity : identity.moved(from: old, to: new)
      if objects[identity]?.existence != .present { set(identity, state, by: .creates) }
    }
    isImplied = false
    var state = moved[old] ?? TrackedObject(existence: .present)
    switch effect.condition {
    case .guarded, .ifNotExists: state = TrackedObject(existence: .unknown)
    case .always, .ifExists, .orReplace:
      if state.existence == .unknown, effect.condition == .always { state.facets[.existence] = .present }
    }
    if state.facets[.definition] != nil { state.facets[.definition] = .unknown }
    set(new, state, by: .creates)
    renamed.insert(new)
  }
}
