import CPgQuery
import Schema

extension EffectReader {
  /// `ALTER TABLE` and its sisters for views, sequences, indexes, foreign tables and composite types.
  mutating func readAlterTable(_ statement: PgQuery__AlterTableStmt) {
    guard let range = statement.relation?.pointee else { return }
    let commands = AlterTablePasses.inOrder(
      list(statement.n_cmds, statement.cmds).map { $0.pointee.alter_table_cmd.pointee })
    if statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE {
      readAlterCompositeType(relation(range), commands)
      return
    }
    let target = relation(range, Self.relationKind(statement.objtype))
    let start = effects.count
    if target.kind != .index { use(target) }
    for command in commands {
      let lockStart = lockCount
      if target.kind == .index {
        readAlterIndex(target, command)
      } else {
        readAlterTableCommand(command, on: target, reachesHeirs: range.inh != 0)
        if range.inh != 0, reachesHeirs(command, of: target) {
          repeatLocks(of: target, since: lockStart, on: heirs(of: target))
        }
      }
    }
    if statement.missing_ok != 0 { makeConditional(since: start, on: target) }
  }

  /// The kind of relation that an `ALTER` or `DROP` names.
  static func relationKind(_ type: PgQuery__ObjectType) -> ObjectKind {
    switch type {
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW: .view
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW: .materializedView
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE: .sequence
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX: .index
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE: .foreignTable
    default: .table
    }
  }

  private mutating func readAlterIndex(_ index: ObjectIdentity, _ command: PgQuery__AlterTableCmd) {
    switch command.subtype {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
      guard let range = command.def?.pointee.partition_cmd?.pointee.name?.pointee else { return }
      let partition = relation(range, .index)
      use(partition)
      alter(partition, definition: "PARTITION OF \(index.qualifiedName)")
      if let own = knownIndex(partition), let parent = knownIndex(index) { attach(own, to: parent) }
    default:
      alter(index, definition: optionText(command))
    }
    lock(.shareUpdateExclusive, index)
  }

  private mutating func readAlterTableCommand(
    _ command: PgQuery__AlterTableCmd, on table: ObjectIdentity, reachesHeirs: Bool
  ) {
    let schema = table.schema ?? ""
    let name = string(command.name)
    let column = ObjectIdentity.column(schema, table.name, name)
    let lockOnly = AlterTableLocks.mode(of: command)
    switch command.subtype {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
      addColumn(command, to: table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
      lock(.accessExclusive, table)
      drop(
        column, when: command.missing_ok != 0 ? .ifExists : .always,
        cascade: command.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
      setDefault(command.def, of: column, in: table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
      changeColumn(column, "DROP NOT NULL") { $0.isNullable = true }
      lock(.accessExclusive, table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
      lock(.accessExclusive, table, scans: !isProvenNotNull(name, in: table))
      changeColumn(column, "SET NOT NULL") { $0.isNullable = false }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      changeType(command, of: column, in: table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
      changeColumn(column, "DROP EXPRESSION") {
        $0.isGenerated = false
        $0.defaultExpression = nil
      }
      if command.missing_ok == 0 { noteRepetition(.fails("\(column) is not generated any more")) }
      lock(.accessExclusive, table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity, PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity,
      PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
      changeIdentity(command, of: column, in: table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics, PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage,
      PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression, PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions,
      PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions, PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions:
      use(column)
      if command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions {
        noteRepetition(ofOptions: command.def?.elements.compactMap(\.option) ?? [])
      }
      alter(column, definition: optionText(command, withName: false))
      lock(lockOnly, table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
      addConstraint(command, to: table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
      alter(
        .constraint(schema, table.name, constraintName(command)),
        definition: "ALTER CONSTRAINT" + deferral(command))
      lock(.accessExclusive, table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
      validate(.constraint(schema, table.name, name), of: table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
      dropConstraint(command, of: table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
      create(.rowSecurity(schema, table.name), when: .ifNotExists, partOf: [table])
      lock(.accessExclusive, table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
      drop(.rowSecurity(schema, table.name), when: .ifExists)
      lock(.accessExclusive, table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
      create(.forcedRowSecurity(schema, table.name), when: .ifNotExists, partOf: [table])
      lock(.accessExclusive, table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
      drop(.forcedRowSecurity(schema, table.name), when: .ifExists)
      lock(.accessExclusive, table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig, PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig,
      PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig, PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
      let trigger = ObjectIdentity.trigger(schema, table.name, name)
      use(trigger)
      alter(trigger, definition: AlterTableWords.text(command.subtype) + (reachesHeirs ? "" : " ONLY"))
      lock(.shareRowExclusive, table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll, PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser,
      PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll, PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
      alter(table, definition: AlterTableWords.text(command.subtype) + (reachesHeirs ? "" : " ONLY"))
      lock(lockOnly, table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule, PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule,
      PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule, PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule:
      let rule = ObjectIdentity(.rule, schema: schema, parent: table.name, name: name)
      use(rule)
      alter(rule, definition: AlterTableWords.text(command.subtype))
      lock(.accessExclusive, table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
      attachPartition(command, to: table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition,
      PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartitionFinalize:
      detachPartition(command, from: table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit, PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit:
      changeInheritance(command, of: table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
      let owner = command.newowner.map { roleName($0.pointee) } ?? ""
      useRoles([owner])
      alter(table, definition: "OWNER TO \(owner)")
      lock(.accessExclusive, table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged, PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged,
      PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod, PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
      alter(table, definition: optionText(command))
      lock(.accessExclusive, table, rewrites: true)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropOf:
      noteRepetition(.fails("\(table) has no type any more"))
      alter(table, definition: optionText(command))
      lock(lockOnly, table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
      use(.index(schema, name))
      alter(table, definition: optionText(command))
      lock(lockOnly, table)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_GenericOptions:
      noteRepetition(ofOptions: command.def?.elements.compactMap(\.option) ?? [])
      alter(table, definition: optionText(command))
      lock(lockOnly, table)
    default:
      alter(table, definition: optionText(command))
      lock(lockOnly, table)
    }
  }

  // MARK: Constraints

  private func constraintName(_ command: PgQuery__AlterTableCmd) -> String {
    command.def.flatMap {
      $0.kind == PG_QUERY__NODE__NODE_CONSTRAINT ? nonEmpty($0.pointee.constraint.pointee.conname) : nil
    } ?? string(command.name)
  }

  /// What `ALTER CONSTRAINT` makes of the moment at which a constraint is checked.
  private func deferral(_ command: PgQuery__AlterTableCmd) -> String {
    guard let node = command.def, node.kind == PG_QUERY__NODE__NODE_CONSTRAINT else { return "" }
    let constraint = node.pointee.constraint.pointee
    guard constraint.deferrable != 0 else { return " NOT DEFERRABLE" }
    return " DEFERRABLE" + (constraint.initdeferred != 0 ? " INITIALLY DEFERRED" : "")
  }

  private mutating func addConstraint(_ command: PgQuery__AlterTableCmd, to table: ObjectIdentity) {
    guard let node = command.def, node.kind == PG_QUERY__NODE__NODE_CONSTRAINT else { return }
    let plan = ConstraintPlan(node.pointee.constraint.pointee)
    let scans = !plan.isUnchecked && plan.adoptedIndex == nil
    lock(plan.kind == .foreignKey ? .shareRowExclusive : .accessExclusive, table, scans: scans)
    let schema = table.schema ?? ""
    for column in plan.columns { use(.column(schema, table.name, column)) }
    if plan.kind == .check {
      useExpression(plan.node.raw_expr, over: table)
    }
    if plan.kind == .primaryKey {
      for column in plan.columns {
        let key = QualifiedName(schema, table.name)
        if let place = known.relations[key]?.columns.firstIndex(where: { $0.name == column }) {
          known.relations[key]?.columns[place].isNullable = false
        }
      }
    }
    let before = known.relation(schema, table.name)?.constraints.count ?? 0
    if plan.givenName == nil && plan.kind != .primaryKey {
      unnamedRepetition = .changes("a second constraint of that kind is made")
    }
    makeConstraints([plan], on: table, when: .always)
    unnamedRepetition = nil
    guard let relation = known.relation(schema, table.name) else { return }
    let added = Set(relation.constraints.dropFirst(before).map(\.name))
    for index in relation.indexes where index.detail.constraint.map(added.contains) ?? false {
      makePartitionIndexes(of: index, on: table, when: .always)
    }
    for child in relation.children {
      for constraint in relation.constraints.dropFirst(before)
      where constraint.isInherited
        && (constraint.detail.kind == .check
          || (relation.isPartitioned && constraint.detail.kind == .foreignKey))
      {
        makeKnownConstraint(constraint, on: .table(child.schema, child.name), when: .always)
      }
    }
  }

  private mutating func validate(_ constraint: ObjectIdentity, of table: ObjectIdentity) {
    use(constraint)
    lock(.shareUpdateExclusive, table, scans: true)
    let key = QualifiedName(table.schema ?? "", table.name)
    var detail = ObjectDetail.none
    if let place = known.relations[key]?.constraints.firstIndex(where: { $0.name == constraint.name }),
      var found = known.relations[key]?.constraints[place]
    {
      found.detail.isValidated = true
      if found.definition.hasSuffix(" NOT VALID") { found.definition.removeLast(" NOT VALID".count) }
      known.relations[key]?.constraints[place] = found
      detail = .constraint(found.detail)
      if let referenced = found.detail.referencedTable { lock(.rowShare, referenced) }
    }
    alter(constraint, definition: "VALIDATE CONSTRAINT", detail: detail)
  }

  /// The column whose NOT NULL has this name, where PostgreSQL 18 gives it one.
  private func columnNotNull(by name: String, in table: ObjectIdentity) -> String? {
    let relation = known.relation(table.schema ?? "", table.name)
    guard relation?.constraints.contains(where: { $0.name == name }) != true else { return nil }
    return relation?.columns.first { column in
      !column.isNullable
        && (column.notNullName ?? ImplicitNames.objectName(table.name, column.name, "not_null")) == name
    }?.name
  }

  private mutating func dropConstraint(_ command: PgQuery__AlterTableCmd, of table: ObjectIdentity) {
    let schema = table.schema ?? ""
    let name = string(command.name)
    lock(.accessExclusive, table)
    if let column = columnNotNull(by: name, in: table) {
      changeColumn(.column(schema, table.name, column), "DROP NOT NULL") { $0.isNullable = true }
      return
    }
    let found = known.relation(schema, table.name)?.constraints.first { $0.name == name }
    if let referenced = found?.detail.referencedTable { lock(.accessExclusive, referenced) }
    drop(
      .constraint(schema, table.name, name), when: command.missing_ok != 0 ? .ifExists : .always,
      cascade: command.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
    for heir in heirs(of: table) {
      let constraint = ObjectIdentity.constraint(heir.schema ?? "", heir.name, name)
      guard known.contains(constraint) else { continue }
      drop(constraint, when: .guarded("unless \(heir.qualifiedName) has it of its own"))
    }
  }
}
