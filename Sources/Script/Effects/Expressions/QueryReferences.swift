import CPgQuery
import Schema

/// Queries and changes of data, with the scopes that they open.
extension ExpressionReferences {
  func isWithName(_ range: PgQuery__RangeVar) -> Bool {
    nonEmpty(range.schemaname) == nil && withNames.contains { $0.contains(string(range.relname)) }
  }

  /// Notes a relation that is read and gives it, or nil for the name of a WITH query.
  @discardableResult
  mutating func readSource(_ range: PgQuery__RangeVar, lock: LockMode) -> ObjectIdentity? {
    guard !isWithName(range), !string(range.relname).isEmpty else { return nil }
    let relation = reader.relation(range)
    note(relation, lock: lock)
    mentions?.note(
      relation, .name, at: range.location, parts: nonEmpty(range.schemaname) == nil ? 1 : 2)
    return relation
  }

  func source(_ range: PgQuery__RangeVar) -> (alias: String, table: ObjectIdentity?) {
    let alias = range.alias.map { string($0.pointee.aliasname) } ?? string(range.relname)
    // An alias may rename columns (`t AS x (a, b)`), which makes them nobody's.
    let renames = range.alias.map { $0.pointee.n_colnames > 0 } ?? false
    return (alias, isWithName(range) || renames ? nil : reader.relation(range))
  }

  func sources(of item: Node) -> [(alias: String, table: ObjectIdentity?)] {
    switch item.kind {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      return [source(item.pointee.range_var.pointee)]
    case PG_QUERY__NODE__NODE_JOIN_EXPR:
      let join = item.pointee.join_expr.pointee
      return [join.larg, join.rarg].compactMap { $0 }.flatMap { sources(of: $0) }
    case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
      return [(item.pointee.range_subselect.pointee.alias.map { string($0.pointee.aliasname) } ?? "", nil)]
    case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
      return [(item.pointee.range_function.pointee.alias.map { string($0.pointee.aliasname) } ?? "", nil)]
    case PG_QUERY__NODE__NODE_RANGE_TABLE_SAMPLE:
      return item.pointee.range_table_sample.pointee.relation.map { sources(of: $0) } ?? []
    default:
      return [("", nil)]
    }
  }

  /// Reads the WITH clause; its names hold until the matching `withNames.removeLast()`.
  mutating func openWith(_ clause: UnsafeMutablePointer<PgQuery__WithClause>?) {
    withNames.append([])
    guard let clause = clause?.pointee else { return }
    let queries = list(clause.n_ctes, clause.ctes).map { $0.pointee.common_table_expr.pointee }
    let level = withNames.count - 1
    if clause.recursive != 0 { withNames[level].formUnion(queries.map { string($0.ctename) }) }
    for query in queries {
      visit(query.ctequery)
      withNames[level].insert(string(query.ctename))
    }
  }

  mutating func visitSelect(_ select: PgQuery__SelectStmt) {
    queryDepth += 1
    defer { queryDepth -= 1 }
    openWith(select.with_clause)
    let from = list(select.n_from_clause, select.from_clause)
    let outputs = outputNames(of: select)
    let scope = Scope(sources: from.flatMap { sources(of: $0) })
    scopes.append(scope)
    visit(from)
    visit(list(select.n_target_list, select.target_list))
    if mentions != nil { mentionPlainOutputs(of: select) }
    visitSorting(list(select.n_distinct_clause, select.distinct_clause), outputs, prefersColumns: false)
    visit(select.where_clause)
    visit(select.having_clause)
    visit(list(select.n_values_lists, select.values_lists))
    visit(list(select.n_window_clause, select.window_clause))
    visitSorting(list(select.n_group_clause, select.group_clause), outputs, prefersColumns: true)
    visitSorting(list(select.n_sort_clause, select.sort_clause), outputs, prefersColumns: false)
    visit(select.limit_offset)
    visit(select.limit_count)
    for clause in list(select.n_locking_clause, select.locking_clause) {
      lockRows(clause.pointee.locking_clause.pointee, among: scope)
    }
    scopes.removeLast()
    if let left = select.larg { visitSelect(left.pointee) }
    if let right = select.rarg { visitSelect(right.pointee) }
    if let into = select.into_clause { visitBelow(message(into)) }
    withNames.removeLast()
  }

  /// Notes where the query answers columns under their own names.
  private mutating func mentionPlainOutputs(of select: PgQuery__SelectStmt) {
    for target in list(select.n_target_list, select.target_list)
    where target.kind == PG_QUERY__NODE__NODE_RES_TARGET {
      let output = target.pointee.res_target.pointee
      guard nonEmpty(output.name) == nil, let value = output.val,
        value.kind == PG_QUERY__NODE__NODE_COLUMN_REF
      else { continue }
      mentions?.plainOutputs[Int(value.pointee.column_ref.pointee.location)] = queryDepth
    }
  }

  mutating func lockRows(_ clause: PgQuery__LockingClause, among scope: Scope) {
    let named = list(clause.n_locked_rels, clause.locked_rels).map {
      string($0.pointee.range_var.pointee.relname)
    }
    for source in scope.sources where named.isEmpty || named.contains(source.alias) {
      if let table = source.table {
        found.relations.append(References.RelationUse(relation: table, lock: .rowShare))
      }
    }
  }

  mutating func openTarget(_ range: PgQuery__RangeVar, for changes: RowChange...) -> ObjectIdentity {
    let target = reader.relation(range)
    for change in changes { note(target, lock: .rowExclusive, for: change) }
    return target
  }

  mutating func visitAssignments(_ targets: [Node], of table: ObjectIdentity) {
    for target in targets where target.kind == PG_QUERY__NODE__NODE_RES_TARGET {
      let assignment = target.pointee.res_target.pointee
      if let name = nonEmpty(assignment.name) { noteColumn(name, of: table) }
      noteLabels(in: assignment.val, writtenTo: assignment, of: table)
      visit(assignment.val)
    }
  }

  mutating func visitInsert(_ insert: PgQuery__InsertStmt) {
    openWith(insert.with_clause)
    defer { withNames.removeLast() }
    guard let range = insert.relation?.pointee else { return }
    let isChanging =
      insert.on_conflict_clause?.pointee.action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_UPDATE
    let table = isChanging ? openTarget(range, for: .insert, .update) : openTarget(range, for: .insert)
    visitAssignments(list(insert.n_cols, insert.cols), of: table)
    noteLabels(inserted: insert, into: table)
    visit(insert.select_stmt)
    scopes.append(Scope(sources: [source(range), ("excluded", table)]))
    if let conflict = insert.on_conflict_clause?.pointee {
      if let target = conflict.infer { visitBelow(message(target)) }
      visitAssignments(list(conflict.n_target_list, conflict.target_list), of: table)
      visit(conflict.where_clause)
    }
    visit(list(insert.n_returning_list, insert.returning_list))
    scopes.removeLast()
  }

  mutating func visitUpdate(_ update: PgQuery__UpdateStmt) {
    visitChange(
      .update, of: update.relation, with: update.with_clause,
      beside: list(update.n_from_clause, update.from_clause)
    ) { reader, table in
      reader.visitAssignments(list(update.n_target_list, update.target_list), of: table)
      reader.visit(update.where_clause)
      reader.visit(list(update.n_returning_list, update.returning_list))
    }
  }

  mutating func visitDelete(_ delete: PgQuery__DeleteStmt) {
    visitChange(
      .delete, of: delete.relation, with: delete.with_clause,
      beside: list(delete.n_using_clause, delete.using_clause)
    ) { reader, _ in
      reader.visit(delete.where_clause)
      reader.visit(list(delete.n_returning_list, delete.returning_list))
    }
  }

  /// Reads a statement that changes rows of one table, beside which it may read others.
  private mutating func visitChange(
    _ change: RowChange, of relation: UnsafeMutablePointer<PgQuery__RangeVar>?,
    with clause: UnsafeMutablePointer<PgQuery__WithClause>?,
    beside others: [Node], _ body: (inout Self, ObjectIdentity) -> Void
  ) {
    openWith(clause)
    defer { withNames.removeLast() }
    guard let range = relation?.pointee else { return }
    let table = openTarget(range, for: change)
    scopes.append(Scope(sources: [source(range)] + others.flatMap { sources(of: $0) }))
    visit(others)
    body(&self, table)
    scopes.removeLast()
  }

  mutating func visitMerge(_ merge: PgQuery__MergeStmt) {
    openWith(merge.with_clause)
    defer { withNames.removeLast() }
    guard let range = merge.relation?.pointee else { return }
    let table = openTarget(range, for: .insert, .update, .delete)
    let read = merge.source_relation.map { [$0] } ?? []
    scopes.append(Scope(sources: [source(range)] + read.flatMap { sources(of: $0) }))
    visit(read)
    visit(merge.join_condition)
    for clause in list(merge.n_merge_when_clauses, merge.merge_when_clauses) {
      let action = clause.pointee.merge_when_clause.pointee
      visit(action.condition)
      let targets = list(action.n_target_list, action.target_list)
      visitAssignments(targets, of: table)
      let values = list(action.n_values, action.values)
      noteLabels(inRow: values, writtenTo: targets.map { $0.pointee.res_target.pointee }, of: table)
      visit(values)
    }
    scopes.removeLast()
  }
}
