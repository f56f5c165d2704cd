import CPgQuery
import Schema

extension EffectReader {
  /// `ALTER … RENAME`: the old name goes, the new one comes.
  mutating func readRename(_ statement: PgQuery__RenameStmt) {
    let newName = string(statement.newname)
    let condition: EffectCondition = statement.missing_ok != 0 ? .ifExists : .always
    if let range = statement.relation?.pointee {
      renameRelationOrPart(statement, range, to: newName, when: condition)
      return
    }
    if let kind = Self.kindNamedAlone(statement.rename_type) {
      let old = ObjectIdentity(kind, name: string(statement.subname))
      rename(old, to: ObjectIdentity(kind, name: newName), when: condition)
      if kind == .schema { renameSchema(old.name, to: newName) }
      return
    }
    guard let node = statement.object else {
      markOpaque("what it renames is not followed")
      return
    }
    switch statement.rename_type {
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
      if let domain = object(statement.rename_type, node) {
        alter(
          domain,
          definition:
            "RENAME CONSTRAINT \(Identifier.quoted(string(statement.subname))) TO \(Identifier.quoted(newName))"
        )
        noteRepetition(.fails("the constraint of \(domain) has its new name"))
      }
    default:
      guard let old = object(statement.rename_type, node) else {
        markOpaque("what it renames is not followed")
        return
      }
      var new = old
      new.name = newName
      renameKnown(old, to: new)
      rename(old, to: new, when: condition)
    }
  }

  /// The kinds whose old name stands by itself in the statement.
  private static func kindNamedAlone(_ type: PgQuery__ObjectType) -> ObjectKind? {
    switch type {
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: .schema
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROLE: .role
    case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE: .database
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE: .tablespace
    default: nil
    }
  }

  private mutating func renameRelationOrPart(
    _ statement: PgQuery__RenameStmt, _ range: PgQuery__RangeVar, to newName: String,
    when condition: EffectCondition
  ) {
    let kind = Self.relationKind(
      statement.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN
        ? statement.relation_type : statement.rename_type)
    let owner = relation(range, kind)
    let schema = owner.schema ?? ""
    let oldName = string(statement.subname)
    switch statement.rename_type {
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
      use(owner)
      lock(.accessExclusive, owner)
      let relatives =
        [QualifiedName(schema, owner.name)] + (known.relation(schema, owner.name)?.children ?? [])
      for relative in relatives {
        lock(.accessExclusive, self.relation([relative.schema, relative.name], kind))
        if let place = known.relations[relative]?.columns.firstIndex(where: { $0.name == oldName }) {
          known.relations[relative]?.columns[place].name = newName
        }
        rename(
          .column(relative.schema, relative.name, oldName),
          to: .column(relative.schema, relative.name, newName),
          when: condition)
      }
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
      alter(
        userType([schema, owner.name]),
        definition: "RENAME ATTRIBUTE \(Identifier.quoted(oldName)) TO \(Identifier.quoted(newName))")
      noteRepetition(.fails("the attribute has its new name"))
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
      renameConstraint(oldName, to: newName, of: owner, when: condition)
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER, PG_QUERY__OBJECT_TYPE__OBJECT_POLICY,
      PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
      let kind: ObjectKind =
        statement.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER
        ? .trigger : statement.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_POLICY ? .policy : .rule
      lock(.accessExclusive, owner)
      let old = ObjectIdentity(kind, schema: schema, parent: owner.name, name: oldName)
      let new = ObjectIdentity(kind, schema: schema, parent: owner.name, name: newName)
      let key = QualifiedName(schema, owner.name)
      if let replacement = known.relations[key]?.replacements.removeValue(forKey: old) {
        known.relations[key]?.replacements[new] = replacement
      }
      rename(old, to: new, when: condition)
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      lock(.shareUpdateExclusive, owner)
      // The constraint behind an index is renamed with it.
      if let table = tableOfIndex(owner), let constraint = constraint(of: owner, on: table) {
        renameConstraint(constraint, to: newName, of: table, when: condition)
      } else {
        renameIndex(owner, to: newName, when: condition)
      }
    default:
      lock(.accessExclusive, owner)
      var new = owner
      new.name = newName
      renameKnown(owner, to: new)
      rename(owner, to: new, when: condition)
    }
  }

  /// The table of an index that an earlier statement made.
  func tableOfIndex(_ index: ObjectIdentity) -> ObjectIdentity? {
    known.relation(index.schema ?? "", index.name)?.table.map { .table($0.schema, $0.name) }
  }

  private func constraint(of index: ObjectIdentity, on table: ObjectIdentity) -> String? {
    known.relation(table.schema ?? "", table.name)?.indexes.first { $0.name == index.name }?.detail.constraint
  }

  private mutating func renameConstraint(
    _ oldName: String, to newName: String, of table: ObjectIdentity, when condition: EffectCondition
  ) {
    let schema = table.schema ?? ""
    let key = QualifiedName(schema, table.name)
    lock(.accessExclusive, table)
    known.constraintNames[schema]?.remove(oldName)
    known.constraintNames[schema, default: []].insert(newName)
    if let place = known.relations[key]?.constraints.firstIndex(where: { $0.name == oldName }) {
      known.relations[key]?.constraints[place].name = newName
    }
    rename(
      .constraint(schema, table.name, oldName), to: .constraint(schema, table.name, newName), when: condition)
    if let place = known.relations[key]?.indexes.firstIndex(where: { $0.detail.constraint == oldName }) {
      known.relations[key]?.indexes[place].detail.constraint = newName
      renameIndex(.index(schema, oldName), to: newName, when: condition)
    }
  }

  /// Moves what is known of a relation, type or routine to its new name or schema.
  mutating func renameKnown(_ old: ObjectIdentity, to new: ObjectIdentity) {
    let oldName = QualifiedName(old.schema ?? "", old.name)
    let newName = QualifiedName(new.schema ?? "", new.name)
    switch old.kind {
    case .table, .foreignTable, .view, .materializedView, .sequence:
      guard let relation = known.relations.removeValue(forKey: oldName) else { return }
      known.relations[newName] = relation
      known.relations[newName]?.replacements = Dictionary(
        relation.replacements.map { ($0.key.moved(from: old, to: new), $0.value) },
        uniquingKeysWith: { first, _ in first })
      for (place, index) in relation.indexes.enumerated() {
        known.relations[newName]?.indexes[place].detail.table = new
        for schema in Set([oldName.schema, newName.schema]) {
          let key = QualifiedName(schema, index.name)
          if known.relations[key]?.table == oldName { known.relations[key]?.table = newName }
        }
      }
      for view in known.relations.filter({ $0.value.kind == .view && $0.value.table == oldName }).keys {
        known.relations[view]?.table = newName
      }
      for parent in relation.parents {
        let children = known.relations[parent]?.children ?? []
        known.relations[parent]?.children = children.map { $0 == oldName ? newName : $0 }
      }
      for child in relation.children {
        let parents = known.relations[child]?.parents ?? []
        known.relations[child]?.parents = parents.map { $0 == oldName ? newName : $0 }
      }
      // Its rows are a type.
      if old.kind != .sequence { renameType(old, to: new) }
    case .index:
      guard let index = known.relations.removeValue(forKey: oldName) else { return }
      known.relations[newName] = index
    case .type, .domain:
      if let kind = known.types.removeValue(forKey: oldName) { known.types[newName] = kind }
      if let relation = known.relations.removeValue(forKey: oldName) { known.relations[newName] = relation }
      renameType(old, to: new)
    case .function, .procedure, .aggregate:
      guard let place = known.routines[oldName]?.firstIndex(where: { $0.identity == old }),
        var routine = known.routines[oldName]?.remove(at: place)
      else { return }
      routine.identity = new
      known.routines[newName, default: []].append(routine)
    default:
      break
    }
  }

  /// What is of a type, or takes it as an argument, now has it under its new name.
  private mutating func renameType(_ old: ObjectIdentity, to new: ObjectIdentity) {
    let (oldText, newText) = (Self.typeText(old), Self.typeText(new))
    func renamed(_ text: String) -> String? {
      let suffix = text.hasPrefix(oldText) ? text.dropFirst(oldText.count) : "?"
      return suffix.isEmpty || suffix.hasPrefix("[") || suffix.hasPrefix("(") ? newText + suffix : nil
    }
    for name in known.relations.keys.sorted(by: { ($0.schema, $0.name) < ($1.schema, $1.name) }) {
      guard let relation = known.relations[name] else { continue }
      for (place, column) in relation.columns.enumerated() {
        guard let text = renamed(column.type) else { continue }
        known.relations[name]?.columns[place].type = text
        known.relations[name]?.columns[place].typeIdentity = new
        guard relation.kind == .table, let changed = known.relations[name]?.columns[place] else { continue }
        alter(
          .column(name.schema, name.name, column.name), definition: "TYPE \(text)",
          detail: .column(Self.detail(of: changed, position: place + 1)))
      }
    }
    for (name, routines) in known.routines {
      for (place, routine) in routines.enumerated() {
        guard let signature = routine.identity.signature else { continue }
        var identity = routine.identity
        identity.signature = signature.split(separator: ",").map { argument in
          let text = String(argument.drop { $0 == " " })
          return renamed(text) ?? text
        }.joined(separator: ", ")
        guard identity != routine.identity else { continue }
        known.routines[name]?[place].identity = identity
        rename(routine.identity, to: identity, when: .ifExists)
      }
    }
  }

  private static func typeText(_ type: ObjectIdentity) -> String {
    [type.schema, type.name].compactMap { $0 }.map(Identifier.quoted).joined(separator: ".")
  }

  private mutating func renameSchema(_ old: String, to new: String) {
    known.missingSchemas.insert(old)
    known.missingSchemas.remove(new)
    // What belongs to an object has gone along when its turn comes.
    for object in known.objects(inSchema: old) where object.parent == nil && known.contains(object) {
      var moved = object
      moved.schema = new
      renameKnown(object, to: moved)
      rename(object, to: moved, when: .ifExists)
    }
    if let names = known.constraintNames.removeValue(forKey: old) { known.constraintNames[new] = names }
    for (name, home) in known.extensionSchemas where home == old { known.extensionSchemas[name] = new }
  }
}
