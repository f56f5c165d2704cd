import Schema
import Script

extension LintSchema {
  /// Follows one statement.
  mutating func apply(_ statement: Statement, at place: StatementPlace) {
    let renames = Dictionary(
      statement.effects.compactMap { effect in effect.renamedFrom.map { ($0, effect.object) } },
      uniquingKeysWith: { $1 })
    let needs = Self.needs(of: statement)
    var skipped: Set<ObjectIdentity> = []
    for effect in statement.effects {
      switch effect.action {
      case .uses: continue
      case .creates:
        if let old = effect.renamedFrom {
          rename(old, to: effect.object, effect, at: place)
        } else {
          create(effect, needs: needs, at: place, skipped: &skipped)
        }
      case .drops: if renames[effect.object] == nil { drop(effect, at: place) }
      case .alters: alter(effect, at: place)
      }
    }
    if statement.opacity != nil { followOpaque(statement) }
  }

  /// What the one object refers to that a statement makes; nothing where several could be meant.
  private static func needs(of statement: Statement) -> Set<ObjectIdentity> {
    let makers = statement.effects.filter { $0.action == .creates && LintSchema.canUse($0.object.kind) }
    guard makers.count == 1 else { return [] }
    return Set(statement.effects.filter { $0.action == .uses }.map(\.object.loose))
  }

  /// Whether objects of a kind read others, so that dropping those breaks them.
  static func canUse(_ kind: ObjectKind) -> Bool {
    switch kind {
    case .view, .materializedView, .function, .procedure, .policy, .trigger, .rule: true
    default: false
    }
  }

  // MARK: Making

  private mutating func create(
    _ effect: Effect, needs: Set<ObjectIdentity>, at place: StatementPlace, skipped: inout Set<ObjectIdentity>
  ) {
    let object = effect.object
    let owner = Self.owner(of: object, effect.detail)
    let present = key(of: object)
    var isCertain = true
    switch effect.condition {
    case .ifNotExists:
      if present != nil || owner.map(skipped.contains) ?? false {
        skipped.insert(object)
        return
      }
    case .guarded:
      guard present == nil else { return }
      isCertain = false
    case .always, .orReplace, .ifExists: break
    }
    let isNew = present == nil
    if let present, present != object { objects[present] = nil }
    objects[object] = Entry(
      detail: effect.detail, definition: effect.definition ?? "", madeAt: place, changedAt: place,
      needs: Self.canUse(object.kind) ? needs : [], isCertain: isCertain)
    if object.kind == .defaultPrivilege { defaultPrivileges.insert(object) }
    if isNew, object.isRelation { grantByDefault(on: object, at: place) }
    if isNew { grantToEverybody(on: object, at: place) }
    if case .constraint(let detail) = effect.detail, detail.kind == .primaryKey, let table = object.table {
      for name in detail.columns { forbidNull(.column(table.schema ?? "", table.name, name)) }
    }
  }

  /// The table of a part, an index or a sequence.
  private static func owner(of object: ObjectIdentity, _ detail: ObjectDetail) -> ObjectIdentity? {
    switch detail {
    case .index(let index): index.table
    case .sequence(let sequence): sequence.ownedBy?.table
    default: object.table
    }
  }

  /// What default privileges give on a relation that is made.
  private mutating func grantByDefault(on relation: ObjectIdentity, at place: StatementPlace) {
    for privilege in defaultPrivileges where privilege.name == "tables" && objects[privilege] != nil {
      guard privilege.schema == nil || privilege.schema == relation.schema,
        let grant = GrantWords(privilege)
      else { continue }
      objects[.grant(grant.privilege, to: grant.role, on: relation)] = Entry(madeAt: place, changedAt: place)
    }
  }

  private mutating func forbidNull(_ column: ObjectIdentity) {
    guard case .column(var detail)? = objects[column]?.detail else { return }
    detail.isNullable = false
    objects[column]?.detail = .column(detail)
  }

  // MARK: Dropping

  private mutating func drop(_ effect: Effect, at place: StatementPlace) {
    if effect.object.kind == .defaultPrivilege {
      withholdFromEverybody(effect.object)
      // Whoever the owner is called, the files speak of one: the role that runs them.
      for one in defaultPrivileges where one.signature == effect.object.signature {
        if one.schema == effect.object.schema && one.name == effect.object.name { objects[one] = nil }
      }
      return
    }
    for object in named(effect.object) { drop(object, effect.condition, at: place) }
    if effect.object.kind == .rowSecurity, let table = effect.object.table { switchedOff[table] = place }
  }

  private mutating func drop(_ object: ObjectIdentity, _ condition: EffectCondition, at place: StatementPlace)
  {
    switch condition {
    case .guarded, .ifNotExists:
      objects[object]?.isCertain = false
      return
    case .always, .ifExists, .orReplace: break
    }
    let entry = objects.removeValue(forKey: object)
    if case .constraint? = entry?.detail, let schema = object.schema {
      if case .index(let index)? = objects[.index(schema, object.name)]?.detail,
        index.constraint == object.name
      {
        objects[.index(schema, object.name)] = nil
      }
    }
    guard object.canHaveParts || object.kind == .column || object.kind == .function else { return }
    let loose = object.loose
    let gone = objects.filter { one, entry in
      one.isPart(of: object) || Self.owner(of: one, entry.detail)?.loose == loose
        || Self.isOn(one, entry, column: object) || Self.pointsTo(loose, entry)
        || (entry.needs.contains(loose) && one.kind != .function && one.kind != .procedure)
        || one.kind == .grant && one.schema == object.schema && one.name == object.attachmentName
    }
    for one in gone.keys where one != object { objects[one] = nil }
    if object.isRelation { switchedOff[object] = nil }
  }

  private static func isOn(_ object: ObjectIdentity, _ entry: Entry, column: ObjectIdentity) -> Bool {
    guard column.kind == .column, let table = column.table else { return false }
    switch entry.detail {
    case .index(let detail): return detail.table.loose == table && detail.keys.contains(column.name)
    case .constraint(let detail): return object.table == table && detail.columns.contains(column.name)
    default: return false
    }
  }

  private static func pointsTo(_ table: ObjectIdentity, _ entry: Entry) -> Bool {
    guard case .constraint(let detail) = entry.detail else { return false }
    return detail.referencedTable?.loose == table
  }

  /// The objects that an identity names: routines without argument types are all of that name.
  private func named(_ object: ObjectIdentity) -> [ObjectIdentity] {
    if let key = key(of: object) { return [key] }
    guard object.loose.kind == .function else { return [object] }
    let all = objects.keys.filter { $0.loose == object.loose }
    return object.signature == nil ? all.sorted() : []
  }

  // MARK: Renaming

  private mutating func rename(
    _ old: ObjectIdentity, to new: ObjectIdentity, _ effect: Effect, at place: StatementPlace
  ) {
    guard let oldKey = key(of: old) else {
      if objects[new] == nil {
        objects[new] = Entry(detail: effect.detail, definition: effect.definition ?? "", changedAt: place)
      }
      return
    }
    let newKey = new.with(kind: oldKey.kind)
    let parts = oldKey.canHaveParts ? objects.keys.filter { $0 != oldKey && $0.isPart(of: oldKey) } : []
    for part in parts {
      let entry = objects.removeValue(forKey: part)
      let moved = part.moved(from: oldKey, to: newKey)
      if objects[moved] == nil { objects[moved] = entry }
    }
    objects[newKey] = objects.removeValue(forKey: oldKey)
    if let off = switchedOff.removeValue(forKey: oldKey) { switchedOff[newKey] = off }
    if uncertainTables.remove(oldKey) != nil { uncertainTables.insert(newKey) }
    for key in objects.keys { follow(oldKey, to: newKey, in: key) }
  }

  /// Views and policies follow what they refer to; functions keep the name that stands in their text.
  private mutating func follow(_ old: ObjectIdentity, to new: ObjectIdentity, in key: ObjectIdentity) {
    guard var entry = objects[key] else { return }
    if key.kind != .function, key.kind != .procedure, entry.needs.remove(old.loose) != nil {
      entry.needs.insert(new.loose)
    }
    switch entry.detail {
    case .index(var detail):
      if detail.table.loose == old.loose { detail.table = new }
      if old.kind == .schema { detail.table = detail.table.moved(from: old, to: new) }
      if old.kind == .column, detail.table.loose == old.table {
        detail.keys = detail.keys.map { $0 == old.name ? new.name : $0 }
        let renamed = IdentifierRenaming.rename(entry.definition, [old.name: new.name])
        if let renamed { entry.definition = renamed }
      }
      entry.detail = .index(detail)
    case .constraint(var detail):
      if detail.referencedTable?.loose == old.loose { detail.referencedTable = new }
      if old.kind == .column, key.table == old.table {
        detail.columns = detail.columns.map { $0 == old.name ? new.name : $0 }
      }
      entry.detail = .constraint(detail)
    default: break
    }
    objects[key] = entry
  }

  // MARK: Altering

  private mutating func alter(_ effect: Effect, at place: StatementPlace) {
    for object in named(effect.object) {
      guard var entry = objects[object] else { continue }
      if case .guarded = effect.condition { entry.isCertain = false }
      let before = entry.detail
      entry.detail = DetailChange.detail(entry.detail, after: effect)
      if entry.detail != before { entry.changedAt = place }
      objects[object] = entry
    }
  }
}
