import Migrations
import Schema
import Script

/// What one effect does to the objects so far.
extension EffectFold {
  mutating func apply(_ effect: Effect) {
    guard effect.action != .uses else { return }
    defaults.note(effect.object, at: place)
    guard ObservableKinds.contains(effect.object) else { return }
    if isConstraintOfTrigger(effect) { return }
    hosts = Self.hosts(of: effect)
    if let old = effect.renamedFrom, old.signature == nil, ObjectKind.routines.contains(old.kind) {
      renameRoutines(old, effect)
      return
    }
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

  /// What must be there for an effect to take place, where it does nothing without it.
  private static func hosts(of effect: Effect) -> [ObjectIdentity] {
    guard effect.action == .creates, effect.condition == .ifExists else {
      return effect.action == .alters && effect.condition == .ifExists ? [effect.object] : effect.hosts
    }
    if let old = effect.renamedFrom { return effect.hosts + [old] }
    return effect.hosts + [effect.object.table ?? effect.detail.ownTable].compactMap { $0 }
  }

  /// The objects that an effect names: functions without argument types are all known ones of that name.
  private func named(_ object: ObjectIdentity) -> [ObjectIdentity] {
    switch object.kind {
    case .setting where object.name == "ALL":
      return objects.keys.filter { $0.kind == .setting && $0.signature == object.signature }.sorted()
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
    objectNames?.insert(object)
    let isAskedFor =
      switch effect.condition {
      case .ifNotExists, .orReplace, .guarded: true
      case .always, .ifExists: false
      }
    switch effect.action {
    case .creates where effect.renamedFrom != nil:
      objects[object] = TrackedObject(existence: .absent)
    case .creates where possiblyMade.concerns(object):
      objects[object] = TrackedObject(existence: .unknown)
    case .creates where Self.isCommentedByServer(object), .drops where Self.isCommentedByServer(object):
      objects[object] = TrackedObject(existence: .unknown)
    case .creates where isPerhapsGranted(object), .drops where isPerhapsGranted(object):
      objects[object] = TrackedObject(existence: .unknown)
    case .creates where isAskedFor && ProvidedObjects.contains(object, on: platform):
      objects[object] = TrackedObject(existence: .unknown)
    case .creates:
      if isAskedFor { perhapsThere.insert(object) }
      objects[object] = TrackedObject(existence: .absent)
    case .drops where effect.condition == .ifExists, .alters where isMadeWhereMissing(object, effect):
      perhapsThere.insert(object)
      objects[object] = TrackedObject(existence: .absent)
    case .drops, .alters, .uses:
      // What was never made here comes from somewhere else.
      objects[object] = TrackedObject(existence: .unknown)
    }
  }

  /// Whether a statement changes an object where it is there, and makes it where it is not.
  private func isMadeWhereMissing(_ object: ObjectIdentity, _ effect: Effect) -> Bool {
    effect.condition == .ifExists && !ProvidedObjects.contains(object, on: platform)
      && statement?.effects.contains {
        $0.action == .creates && $0.object == object && $0.condition == .ifNotExists
      } ?? false
  }

  /// Whether the server has words of its own on an object: on schema `public`, and what extensions say of themselves.
  private static func isCommentedByServer(_ comment: ObjectIdentity) -> Bool {
    guard comment.kind == .comment else { return false }
    return comment.signature == ObjectKind.extension.rawValue
      || comment.signature == ObjectKind.schema.rawValue && comment.name == "public"
  }

  /// Whether default privileges may have granted it together with the object.
  private func isPerhapsGranted(_ object: ObjectIdentity) -> Bool {
    guard object.kind == .grant else { return false }
    return platform != .none || defaults.mayDecide(object, onWhatWasMadeAt: placeOfTarget(of: object))
  }

  /// The statement that has made what a grant is on, as it is now; nil if the files do not tell.
  private func placeOfTarget(of grant: ObjectIdentity) -> StatementPlacement? {
    guard let kind = grant.parent.flatMap({ ObjectKind(rawValue: $0) }) else { return nil }
    let kinds: [ObjectKind]
    var target = ObjectIdentity(kind, schema: grant.schema, name: grant.name)
    switch kind {
    case .table: kinds = ObjectKind.relations
    case .function:
      kinds = ObjectKind.routines
      target.name = String(grant.name.prefix { $0 != "(" })
      target.signature = String(grant.name.dropFirst(target.name.count + 1).dropLast())
    default: kinds = [kind]
    }
    let states = kinds.compactMap { objects[target.with(kind: $0)] }
    return states.first { $0.existence == .present }?.account?.place
  }

  /// Puts in doubt what was granted on an object of this name before: default privileges may grant it anew.
  private mutating func doubtGrants(on object: ObjectIdentity) {
    let lost = objects.keys.filter {
      isPerhapsGranted($0) && $0.isPart(of: object) && objects[$0]?.existence == .absent
    }
    isImplied = true
    for grant in lost.sorted() { set(grant, TrackedObject(existence: .unknown), by: .creates) }
    isImplied = false
  }

  /// Everybody may execute a new function, unless default privileges say otherwise.
  private mutating func grantExecution(of function: ObjectIdentity) {
    let grant = ObjectIdentity.grant("EXECUTE", to: "public", on: function)
    guard objects[function]?.existence != .absent, objects[grant]?.existence ?? .absent == .absent else {
      return
    }
    isImplied = true
    let isCertain = objects[function]?.existence == .present && !defaults.mayDecide(grant)
    set(grant, TrackedObject(existence: isCertain ? .present : .unknown), by: .creates)
    isImplied = false
  }

  /// Follows the renaming of a routine that is named without its argument types: the one that has just lost that name.
  private mutating func renameRoutines(_ old: ObjectIdentity, _ effect: Effect) {
    let found = graveyard.keys.filter {
      $0.kind == old.kind && $0.schema == old.schema && $0.name == old.name
    }
    for one in found.sorted() {
      var new = effect.object
      new.signature = one.signature
      meet(new, effect)
      rename(one, to: new, effect)
    }
  }

  private mutating func create(_ object: ObjectIdentity, _ effect: Effect) {
    if let old = effect.renamedFrom {
      rename(old, to: object, effect)
      return
    }
    var made = TrackedObject(object, definition: effect.definition, detail: effect.detail, needs: needs)
    made.account = ObjectAccount(
      definition: effect.definition, detail: effect.detail, place: place, renamesBefore: renames.count)
    takeParts(into: &made, object, effect)
    takeDefault(into: &made, ofViewColumn: object)
    let existence = objects[object]?.existence ?? .absent
    let wasDropped = existence == .absent && objects[object]?.droppedAt != nil
    var hosts = effect.hosts.map(presence)
    // `ALTER TABLE IF EXISTS` on what no file makes does something only where somebody else has made it.
    if effect.condition == .ifExists, let table = object.table ?? effect.detail.ownTable,
      !ProvidedObjects.contains(table, on: platform)
    {
      hosts.append(presence(of: table))
    }
    if hosts.contains(.absent) {
      skipped.insert(object)
      return
    }
    if hosts.contains(.unknown) {
      if existence != .present { set(object, TrackedObject(existence: .unknown), by: .creates) }
      return
    }
    switch effect.condition {
    case .ifNotExists:
      if object.kind == .grant, existence == .present, effect.definition != nil,
        objects[object]?.facets[.part("option")] != nil
      {
        // Who has it already may pass it on from now on.
        change(object, by: .alters) { $0.facets[.part("option")] = made.facets[.part("option")] }
        return
      }
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
    if existence == .absent, let statement { noteCreated(object, effect, in: statement) }
    if wasDropped { doubtGrants(on: object) }
    if existence == .absent, [.function, .procedure, .aggregate].contains(object.kind) {
      grantExecution(of: object)
    }
    if case .constraint(let constraint) = effect.detail, constraint.kind == .primaryKey {
      markNotNull(constraint.columns, of: object, isCertain: objects[object]?.existence == .present)
    }
  }

  /// A view's column has no default of its own at first; a view that is replaced keeps those of its columns.
  private func takeDefault(into made: inout TrackedObject, ofViewColumn column: ObjectIdentity) {
    guard column.kind == .column, let view = column.table?.with(kind: .view), objects[view] != nil,
      objects[view]?.existence != .absent
    else { return }
    let old = objects[column]
    made.facets[.expression] = old?.existence == .present ? old?.value(.expression) : .value("")
  }

  /// Whether what other objects are on is there, by the files so far; what a platform gives it may give in part.
  private func presence(of host: ObjectIdentity) -> FacetValue {
    let kinds = host.isRelation ? ObjectKind.relations : [host.kind]
    let known = kinds.compactMap { objects[host.with(kind: $0)]?.existence }
    if known.contains(.present) { return .present }
    return known.isEmpty || known.contains(.unknown) ? .unknown : .absent
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
      let place = place
      change(column, by: .alters) {
        $0.facets[.nullability] = isCertain ? .value("not null") : .unknown
        $0.account?.keyPlace = place
      }
    }
  }

  private mutating func drop(_ object: ObjectIdentity, _ condition: EffectCondition) {
    guard let state = objects[object], state.existence != .absent else {
      // What went before does not come back under another name.
      graveyard[object] = nil
      return
    }
    let goes = dependents(of: object)
    var lost: [ObjectIdentity: TrackedObject] = [:]
    for one in goes.parts.union([object]) { lost[one] = objects[one] }
    graveyard[object] = lost
    let isCertain =
      switch condition {
      case .guarded, .ifNotExists: false
      case .always, .ifExists, .orReplace: true
      }
    let place = place
    change(object, by: .drops) {
      if isCertain { $0.remove() } else { $0.blur() }
      $0.droppedAt = place
    }
    isImplied = true
    for one in goes.parts.union([object]).sorted() { forgetClustering(on: one, of: lost[one]?.table) }
    for one in goes.parts.sorted() {
      change(one, by: .drops) {
        if isCertain { $0.remove() } else { $0.blur() }
        $0.droppedAt = place
      }
    }
    // What uses an object still does under its new name; a child's column goes with its parent's where it is not renamed too.
    let keepsUsers = isRenamed(object)
    for one in goes.users.sorted()
    where (!keepsUsers && mayGo(one, with: object))
      || (object.kind == .column && one.kind == .column && one.name == object.name
        && !renamedAway.contains(one))
    {
      change(one, by: .drops) { $0.blur() }
    }
    isImplied = false
  }

  /// Whether an object may go with one that its statement uses.
  ///
  /// `CREATE TABLE` uses what any of its columns and constraints needs; each of them goes only with what it names itself.
  private func mayGo(_ one: ObjectIdentity, with object: ObjectIdentity) -> Bool {
    guard let state = objects[one] else { return true }
    let speaking: Facet
    switch one.kind {
    case .column: speaking = [.type, .domain].contains(object.kind) ? .type : .expression
    case .constraint where object.kind == .column && state.referencedTable == object.table: return true
    case .constraint, .index: speaking = .definition
    default: return true
    }
    guard case .value(let text) = state.value(speaking) else { return true }
    return Identifier.isNamed(object.name, in: text)
  }

  /// Whether the statement gives an object another identity, rather than taking it away.
  private func isRenamed(_ object: ObjectIdentity) -> Bool {
    var unsigned = object
    if ObjectKind.routines.contains(object.kind) { unsigned.signature = nil }
    return renamedAway.contains(object) || renamedAway.contains(unsigned)
  }
}
