import Schema
import Script

/// What goes, or gets another name, together with an object.
extension EffectFold {
  /// What goes when an object goes: `parts` for sure, `users` perhaps (with CASCADE they do, without it the files must
  /// have taken them away before).
  func dependents(
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

  func inheritors(of table: ObjectIdentity) -> [ObjectIdentity] {
    objects.compactMap { $0.value.parent == table ? $0.key : nil }.sorted()
  }

  mutating func rename(_ old: ObjectIdentity, to new: ObjectIdentity, _ effect: Effect) {
    let moved = graveyard[old] ?? [:]
    if old != new { renames.append(NameChange(old: old, new: new, place: place)) }
    var names = [old: new]
    isImplied = true
    for (identity, state) in moved.sorted(by: { $0.key < $1.key }) where identity != old {
      let former = identity
      var state = state
      if state.table == old { state.table = new }
      if old.kind == .column { state.columns = state.columns?.map { $0 == old.name ? new.name : $0 } }
      // Texts that hold the old name are different texts now.
      if [.index, .trigger, .rule, .statistics].contains(identity.kind) {
        state.facets[.definition] = .unknown
      }
      var identity = state.table == new ? identity : identity.moved(from: old, to: new)
      if old.kind == .constraint, identity.kind == .index { identity.name = new.name }
      names[former] = identity
      state.ownedBy = state.ownedBy?.moved(from: old, to: new)
      if objects[identity]?.existence != .present { set(identity, state, by: .creates) }
    }
    for object in objects.filter({ !$0.value.needs.isDisjoint(with: names.keys) }).keys {
      guard let needs = objects[object]?.needs else { continue }
      objects[object]?.needs = Set(needs.map { names[$0] ?? $0 })
    }
    if old.name != new.name { doubtTexts(naming: old) }
    if old.kind == .role { renameRole(old.name, to: new.name) }
    for one in objects.keys where objects[one]?.referencedTable == old { objects[one]?.referencedTable = new }
    isImplied = false
    let isMovedAlready = objects[new]?.existence == .present
    // Where it is asked for, nothing that the files make may have the old name, but what others have made.
    let unmade = TrackedObject(existence: effect.condition == .ifExists ? .unknown : .present)
    var state = moved[old] ?? (isMovedAlready ? objects[new] : nil) ?? unmade
    switch effect.condition {
    case .guarded, .ifNotExists: state = TrackedObject(existence: .unknown)
    case .always, .ifExists, .orReplace:
      // What has another name was there; what was granted on it moves along, if it was granted.
      if state.existence == .unknown, effect.condition == .always, new.kind != .grant {
        state.facets[.existence] = .present
      }
    }
    if state.facets[.definition] != nil { state.facets[.definition] = .unknown }
    if old.kind == .index, let table = state.table {
      for kind in ObjectKind.relations {
        let relation = table.with(kind: kind)
        guard objects[relation]?.facets[.part("clustering")] == .value(old.name) else { continue }
        isImplied = true
        change(relation, by: .alters) { $0.facets[.part("clustering")] = .value(new.name) }
        isImplied = false
      }
    }
    if old.kind == .index, let constraint = state.ownedBy, constraint.name == old.name,
      old.name != new.name
    {
      state.ownedBy = renameConstraint(constraint, to: new.name)
    }
    set(new, state, by: .creates)
    if let named = timelines.createdObjects[old] { timelines.createdObjects[new] = named }
    renamed.insert(new)
  }

  /// Puts in doubt what texts say that hold a name which is another now.
  private mutating func doubtTexts(naming old: ObjectIdentity) {
    guard old.isRelation || Self.isNamedInTexts(old.kind) else { return }
    let tables = old.kind == .column ? old.table.map(heirs) : nil
    for object in objects.keys.sorted() {
      guard let state = objects[object], state.existence != .absent else { continue }
      if let tables, !Self.maySpeak(object, state, ofColumnsOf: tables) { continue }
      let named = state.facets.filter { facet, value in
        guard !facet.isExact, case .value(let text) = value else { return false }
        return Identifier.isNamed(old.name, in: text)
      }
      guard !named.isEmpty else { continue }
      change(object, by: .alters) { state in
        for facet in named.keys { state.facets[facet] = .unknown }
        state.facetsOfFormerNames.formUnion(named.keys)
      }
    }
  }

  /// A table and all that inherit from it, whatever their kinds.
  private func heirs(of table: ObjectIdentity) -> Set<ObjectIdentity> {
    var found: Set<ObjectIdentity> = [table.with(kind: .table)]
    var open = found
    while let parent = open.popFirst() {
      for (object, state) in objects where state.parent?.with(kind: .table) == parent {
        let heir = object.with(kind: .table)
        if found.insert(heir).inserted { open.insert(heir) }
      }
    }
    return found
  }

  /// Whether the texts of an object can name a column of one of these tables: it is on one of them, refers to one, or was
  /// made by a statement that uses one.
  private static func maySpeak(
    _ object: ObjectIdentity, _ state: TrackedObject, ofColumnsOf tables: Set<ObjectIdentity>
  ) -> Bool {
    let concerned = [object.table, state.table, state.referencedTable].compactMap { $0 } + state.needs
    return concerned.contains { one in
      tables.contains(one.with(kind: .table))
        || one.table.map { tables.contains($0.with(kind: .table)) } ?? false
    }
  }

  private static func isNamedInTexts(_ kind: ObjectKind) -> Bool {
    switch kind {
    case .column, .function, .type, .domain, .enumValue, .sequence, .schema, .role: true
    default: false
    }
  }

  /// Gives a constraint the new name of the index behind it.
  private mutating func renameConstraint(_ old: ObjectIdentity, to name: String) -> ObjectIdentity {
    var new = old
    new.name = name
    guard let state = objects[old], state.existence != .absent else { return new }
    isImplied = true
    set(new, state, by: .creates)
    change(old, by: .drops) { $0.remove() }
    isImplied = false
    return new
  }
}
