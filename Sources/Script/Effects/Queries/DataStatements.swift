import CPgQuery
import Schema

extension EffectReader {
  /// `SELECT`: what it reads; `set_config` in it changes what follows.
  mutating func readSelect(_ select: PgQuery__SelectStmt, node: Node) {
    if let into = select.into_clause?.pointee, let range = into.rel?.pointee {
      let table = newRelation(range, .table)
      useQuery(node)
      create(table)
      known.relations[QualifiedName(table.schema ?? "", table.name)] = KnownSchema.Relation(kind: .table)
      markOpaque("the columns of \(table.qualifiedName) come from the query")
      return
    }
    let references = useQuery(node)
    for target in list(select.n_target_list, select.target_list) {
      guard let value = target.pointee.res_target.pointee.val, value.kind == PG_QUERY__NODE__NODE_FUNC_CALL
      else {
        continue
      }
      readCalledFunction(value.pointee.func_call.pointee)
    }
    let isFollowed = followCalls(in: node)
    followTriggers(of: references)
    let writes = references.relations.contains { $0.lock >= .rowExclusive }
    if writes {
      noteRepetition(.unknown("it writes rows"))
    } else if !isFollowed,
      references.objects.contains(where: { $0.kind == .function || $0.kind == .procedure })
    {
      noteRepetition(.unknown("it calls functions"))
    }
  }

  /// Functions of the server that do what statements do.
  private mutating func readCalledFunction(_ call: PgQuery__FuncCall) {
    let arguments = list(call.n_args, call.args)
    switch names(call.n_funcname, call.funcname).last {
    case "set_config":
      guard let name = arguments.first?.stringValue?.lowercased() else { return }
      guard arguments.count > 1, let value = arguments[1].stringValue else {
        noteSetting(name, .unknown)
        if name == "search_path" { markOpaque("the search path is computed") }
        return
      }
      set(name, to: [value], isLocal: arguments.count > 2 && arguments[2].booleanValue == true)
    case "setval":
      noteRepetition(.harmless)
    default:
      break
    }
  }

  /// `INSERT`, `UPDATE`, `DELETE`, `MERGE`.
  mutating func readDataChange(_ node: Node) {
    followTriggers(of: useQuery(node))
    followCalls(in: node)
    switch node.kind {
    case PG_QUERY__NODE__NODE_INSERT_STMT:
      let insert = node.pointee.insert_stmt.pointee
      if let conflict = insert.on_conflict_clause?.pointee {
        let doesNothing = conflict.action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_NOTHING
        noteRepetition(doesNothing ? .harmless : .unknown("rows that are there are updated again"))
      } else if Self.insertsOnlyWhatIsMissing(insert) {
        noteRepetition(.harmless)
      } else {
        noteRepetition(.changes("the rows are inserted again"))
      }
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
      let update = node.pointee.update_stmt.pointee
      if Self.computesFromItself(update) {
        noteRepetition(.unknown("the new values are computed from the old"))
      }
    case PG_QUERY__NODE__NODE_DELETE_STMT:
      let delete = node.pointee.delete_stmt.pointee
      // What stands in WITH may write to the table too.
      if delete.where_clause == nil, delete.n_using_clause == 0, delete.with_clause == nil,
        let range = delete.relation?.pointee, range.inh != 0
      {
        lock(.rowExclusive, relation(range), empties: true)
      }
      noteRepetition(.changes("rows written since are deleted too"))
    default:
      noteRepetition(.unknown("rows that match are changed again"))
    }
  }

  /// Whether a column that an `UPDATE` sets is read by what it sets.
  private static func computesFromItself(_ update: PgQuery__UpdateStmt) -> Bool {
    let targets = list(update.n_target_list, update.target_list).map { $0.pointee.res_target.pointee }
    let changed = Set(targets.map { string($0.name) })
    guard let table = update.relation?.pointee else { return false }
    let alias = table.alias.map { string($0.pointee.aliasname) } ?? string(table.relname)
    return targets.contains { target in
      guard let value = target.val else { return false }
      var readsItself = false
      SyntaxReflection.walk(message(value)) { any in
        guard MessageKind(any) == .columnReference else { return true }
        let reference = any.cast(to: PgQuery__ColumnRef.self).pointee
        let parts = names(reference.n_fields, reference.fields)
        let isOwn = parts.count == 1 || parts.dropLast().last == alias
        if isOwn, let name = parts.last, changed.contains(name) { readsItself = true }
        return false
      }
      return readsItself
    }
  }

  /// `INSERT … SELECT … WHERE NOT EXISTS (…)`.
  private static func insertsOnlyWhatIsMissing(_ insert: PgQuery__InsertStmt) -> Bool {
    guard let source = insert.select_stmt, source.kind == PG_QUERY__NODE__NODE_SELECT_STMT,
      let condition = source.pointee.select_stmt.pointee.where_clause,
      condition.kind == PG_QUERY__NODE__NODE_BOOL_EXPR
    else { return false }
    let expression = condition.pointee.bool_expr.pointee
    let negations = [condition] + list(expression.n_args, expression.args)
    return negations.contains { node in
      guard node.kind == PG_QUERY__NODE__NODE_BOOL_EXPR,
        node.pointee.bool_expr.pointee.boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR
      else { return false }
      let inner = list(node.pointee.bool_expr.pointee.n_args, node.pointee.bool_expr.pointee.args).first
      return inner?.kind == PG_QUERY__NODE__NODE_SUB_LINK
    }
  }

  /// `COPY`.
  mutating func readCopy(_ statement: PgQuery__CopyStmt) {
    if let query = statement.query {
      useQuery(query)
      return
    }
    guard let range = statement.relation?.pointee else { return }
    let table = relation(range)
    use(table)
    for column in names(statement.n_attlist, statement.attlist) {
      use(.column(table.schema ?? "", table.name, column))
    }
    let isWriting = statement.is_from != 0
    lock(isWriting ? .rowExclusive : .accessShare, table)
    if isWriting { noteRepetition(.changes("the rows are copied again")) }
  }

  /// `TRUNCATE`.
  mutating func readTruncate(_ statement: PgQuery__TruncateStmt) {
    var emptied: [ObjectIdentity] = []
    for node in list(statement.n_relations, statement.relations) {
      let table = relation(node.pointee.range_var.pointee)
      use(table)
      emptied += [table] + (node.pointee.range_var.pointee.inh != 0 ? heirs(of: table) : [])
    }
    if statement.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE {
      emptied += tablesReferring(to: emptied)
      markOpaque("tables that refer to them are emptied too")
    }
    for table in emptied { lock(.accessExclusive, table, empties: true) }
    noteRepetition(.changes("rows written since are removed too"))
  }

  /// `LOCK TABLE`; the number is that of the mode in PostgreSQL's `storage/lockdefs.h`.
  mutating func readLock(_ statement: PgQuery__LockStmt) {
    guard let mode = LockMode(rawValue: Int(statement.mode)) else { return }
    for node in list(statement.n_relations, statement.relations) {
      let table = relation(node.pointee.range_var.pointee)
      use(table)
      lock(mode, table)
      for source in sources(behind: table) where table.kind == .view { lock(mode, source) }
    }
  }

  /// `CALL`.
  mutating func readCall(_ statement: PgQuery__CallStmt) {
    guard let call = statement.funccall?.pointee else { return }
    let arguments = list(call.n_args, call.args)
    if var procedure = calledFunction(
      names(call.n_funcname, call.funcname), argumentCount: arguments.count,
      arguments: arguments)
    {
      if procedure.kind == .function { procedure.kind = .procedure }
      use(procedure)
    }
    for argument in arguments { useQuery(argument) }
    followProcedure(call)
  }
}
