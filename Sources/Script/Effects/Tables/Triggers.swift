import CPgQuery
import Schema

extension EffectReader {
  /// `CREATE TRIGGER` and `CREATE CONSTRAINT TRIGGER`.
  mutating func readCreateTrigger(_ statement: PgQuery__CreateTrigStmt) {
    guard let range = statement.relation?.pointee else { return }
    let table = relation(range)
    let schema = table.schema ?? ""
    lock(.shareRowExclusive, table)
    use(table)
    let parts = names(statement.n_funcname, statement.funcname)
    // A trigger's function has no declared arguments, so the call says which function it is.
    var function = calledFunction(parts, argumentCount: 0)
    if function?.signature == nil { function?.signature = "" }
    let columns = names(statement.n_columns, statement.columns)
    for column in columns { use(.column(schema, table.name, column)) }
    if let referenced = statement.constrrel?.pointee {
      let other = relation(referenced)
      use(other)
      lock(.accessShare, other)
    }
    let condition = useExpression(statement.when_clause, over: table, aliases: ["new", "old"])
    let trigger = ObjectIdentity.trigger(schema, table.name, string(statement.trigname))
    let target =
      function ?? ObjectIdentity(.function, schema: "pg_catalog", name: parts.last ?? "", signature: "")
    let definition = triggerText(statement, on: table, calling: target)
    create(
      trigger, when: statement.replace != 0 ? .orReplace : .always, definition: definition,
      detail: .trigger(TriggerDetail(function: target)),
      dependingOn: (function.map { [$0] } ?? []) + condition.objects,
      partOf: [table] + columns.map { .column(schema, table.name, $0) })
    if statement.isconstraint != 0 {
      known.constraintNames[schema, default: []].insert(trigger.name)
      create(
        .constraint(schema, table.name, trigger.name), definition: "TRIGGER",
        detail: .constraint(ConstraintDetail(kind: .trigger)), partOf: [trigger])
    }
    known.relations[QualifiedName(schema, table.name)]?.triggerFunctions[trigger.name] = target
    if statement.timing & 64 != 0 {
      known.relations[QualifiedName(schema, table.name)]?.replacements[trigger] = KnownSchema.Replacement(
        changes: Self.rowChanges(statement.events))
    }
    if statement.row != 0 {
      let kept = KnownSchema.RowTrigger(
        name: trigger.name, definition: definition, detail: TriggerDetail(function: target))
      known.relations[QualifiedName(schema, table.name)]?.rowTriggers.append(kept)
    }
    for child in known.relation(schema, table.name)?.children ?? []
    where statement.row != 0 && known.relation(schema, table.name)?.isPartitioned == true {
      lock(.shareRowExclusive, .table(child.schema, child.name))
      create(
        .trigger(child.schema, child.name, trigger.name), when: statement.replace != 0 ? .orReplace : .always,
        definition: definition, detail: .trigger(TriggerDetail(function: target)), partOf: [trigger])
    }
  }

  /// The changes of rows among events; the bits are those of `TRIGGER_TYPE_…` in `catalog/pg_trigger.h`.
  private static func rowChanges(_ events: Int32) -> Set<RowChange> {
    var changes: Set<RowChange> = []
    if events & 4 != 0 { changes.insert(.insert) }
    if events & 8 != 0 { changes.insert(.delete) }
    if events & 16 != 0 { changes.insert(.update) }
    return changes
  }

  /// Gives a partition the triggers for each row that its parent has.
  mutating func makeRowTriggers(
    of parent: QualifiedName, on partition: ObjectIdentity, when condition: EffectCondition
  ) {
    for trigger in known.relations[parent]?.rowTriggers ?? [] {
      let original = ObjectIdentity.trigger(parent.schema, parent.name, trigger.name)
      guard known.contains(original) else { continue }
      create(
        .trigger(partition.schema ?? "", partition.name, trigger.name), when: condition,
        definition: trigger.definition, detail: .trigger(trigger.detail), partOf: [original, partition])
    }
  }

  /// The trigger as `pg_get_triggerdef` orders it; the bits are those of `TRIGGER_TYPE_…` in `catalog/pg_trigger.h`.
  private func triggerText(
    _ statement: PgQuery__CreateTrigStmt, on table: ObjectIdentity, calling function: ObjectIdentity
  ) -> String {
    let timing = statement.timing & 2 != 0 ? "BEFORE" : statement.timing & 64 != 0 ? "INSTEAD OF" : "AFTER"
    var events: [String] = []
    if statement.events & 4 != 0 { events.append("INSERT") }
    if statement.events & 8 != 0 { events.append("DELETE") }
    if statement.events & 16 != 0 {
      let columns = names(statement.n_columns, statement.columns).map(KeyWords.quoted)
      events.append(columns.isEmpty ? "UPDATE" : "UPDATE OF " + columns.joined(separator: ", "))
    }
    if statement.events & 32 != 0 { events.append("TRUNCATE") }
    var text = statement.isconstraint != 0 ? "CREATE CONSTRAINT TRIGGER " : "CREATE TRIGGER "
    text += "\(KeyWords.quoted(string(statement.trigname))) \(timing) \(events.joined(separator: " OR ")) "
    text += "ON \(table.qualifiedName)"
    if statement.deferrable != 0 { text += " DEFERRABLE" }
    if statement.initdeferred != 0 { text += " INITIALLY DEFERRED" }
    let transitions = list(statement.n_transition_rels, statement.transition_rels)
      .map { $0.pointee.trigger_transition.pointee }
      .map { "\($0.is_new != 0 ? "NEW" : "OLD") TABLE AS \(KeyWords.quoted(string($0.name)))" }
    if !transitions.isEmpty { text += " REFERENCING " + transitions.joined(separator: " ") }
    text += statement.row != 0 ? " FOR EACH ROW" : " FOR EACH STATEMENT"
    if let condition = statement.when_clause { text += " WHEN (\(Deparser.expression(condition)))" }
    let arguments = names(statement.n_args, statement.args).map(SQLLiteral.standard).joined(separator: ", ")
    return text
      + " EXECUTE FUNCTION \([function.schema, function.name].compactMap { $0 }.joined(separator: "."))(\(arguments))"
  }

  /// `CREATE RULE`.
  mutating func readCreateRule(_ statement: PgQuery__RuleStmt) {
    guard let range = statement.relation?.pointee else { return }
    let table = relation(range)
    lock(.accessExclusive, table)
    use(table)
    var needs = useExpression(statement.where_clause).objects
    let actions = list(statement.n_actions, statement.actions)
    var uses: [References.RelationUse] = []
    for action in actions {
      let found = useQuery(action, isKept: true)
      needs += found.objects
      uses += found.relations
    }
    let event: String
    switch statement.event {
    case PG_QUERY__CMD_TYPE__CMD_SELECT: event = "SELECT"
    case PG_QUERY__CMD_TYPE__CMD_UPDATE: event = "UPDATE"
    case PG_QUERY__CMD_TYPE__CMD_INSERT: event = "INSERT"
    default: event = "DELETE"
    }
    let condition = statement.where_clause.map { " WHERE (\(Deparser.expression($0)))" } ?? ""
    let texts = actions.map(Deparser.statement)
    let body = texts.isEmpty ? "NOTHING" : texts.count == 1 ? texts[0] : "(\(texts.joined(separator: "; ")))"
    let rule = ObjectIdentity(
      .rule, schema: table.schema, parent: table.name, name: string(statement.rulename))
    let key = QualifiedName(table.schema ?? "", table.name)
    if statement.instead != 0, statement.where_clause == nil,
      let change = RowChange(rawValue: event.lowercased())
    {
      known.relations[key]?.replacements[rule] = KnownSchema.Replacement(changes: [change], uses: uses)
    } else {
      known.relations[key]?.replacements[rule] = nil
    }
    create(
      rule, when: statement.replace != 0 ? .orReplace : .always,
      definition: "ON \(event)\(condition) DO \(statement.instead != 0 ? "INSTEAD " : "")\(body)",
      dependingOn: needs, partOf: [table])
  }
}
