import CPgQuery
import Schema

/// Finds what an expression or a query refers to: relations, columns, functions, types.
///
/// Walks the tree with the scopes of SQL: the names of `WITH` queries hide tables, aliases stand for the tables that
/// they name. A column is reported only where its table is certain.
struct ExpressionReferences {
  /// The FROM list of one query level.
  struct Scope {
    /// The name by which columns are qualified, and the table behind it (nil for anything that is not a table).
    var sources: [(alias: String, table: ObjectIdentity?)] = []
    /// Names of output columns, which ORDER BY and GROUP BY may mean instead of table columns.
    var outputNames: Set<String> = []
  }

  /// What was found so far.
  private(set) var found = References()
  /// Names that are variables or arguments where the expression stands, and so no columns.
  var variables: Set<String> = []

  private let reader: EffectReader
  private var seen: Set<ObjectIdentity> = []
  private var scopes: [Scope]
  private var withNames: [Set<String>] = []

  /// Prepares a walk; `table` is the relation whose columns stand bare in the expression, if there is one.
  init(_ reader: EffectReader, over table: ObjectIdentity? = nil, aliases: [String] = []) {
    self.reader = reader
    scopes = []
    if let table {
      scopes = [Scope(sources: ([table.name] + aliases).map { ($0, table) })]
    }
  }

  private mutating func note(_ object: ObjectIdentity) {
    if seen.insert(object).inserted { found.objects.append(object) }
  }

  private mutating func note(_ relation: ObjectIdentity, lock: LockMode) {
    note(relation)
    found.relations.append(References.RelationUse(relation: relation, lock: lock))
  }

  /// Walks a node and everything below it.
  mutating func visit(_ node: Node?) {
    guard let node else { return }
    visit(message(node))
  }

  /// Walks a list of nodes.
  mutating func visit(_ nodes: [Node]) {
    for node in nodes { visit(node) }
  }

  private mutating func visit(_ any: Message) {
    switch MessageKind(any) {
    case .rangeVariable:
      readSource(any.cast(to: PgQuery__RangeVar.self).pointee, lock: .accessShare)
    case .selectStatement:
      visitSelect(any.cast(to: PgQuery__SelectStmt.self).pointee)
    case .typeName:
      visitType(any.cast(to: PgQuery__TypeName.self).pointee)
    case .node:
      visitNode(any.cast(to: PgQuery__Node.self))
    case .columnReference, .commonTableExpression, .other:
      for child in SyntaxReflection.children(of: any) { visit(child) }
    }
  }

  private mutating func visitNode(_ node: Node) {
    switch node.kind {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      readSource(node.pointee.range_var.pointee, lock: .accessShare)
    case PG_QUERY__NODE__NODE_SELECT_STMT:
      visitSelect(node.pointee.select_stmt.pointee)
    case PG_QUERY__NODE__NODE_INSERT_STMT:
      visitInsert(node.pointee.insert_stmt.pointee)
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
      visitUpdate(node.pointee.update_stmt.pointee)
    case PG_QUERY__NODE__NODE_DELETE_STMT:
      visitDelete(node.pointee.delete_stmt.pointee)
    case PG_QUERY__NODE__NODE_MERGE_STMT:
      visitMerge(node.pointee.merge_stmt.pointee)
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      visitCall(node.pointee.func_call.pointee)
    case PG_QUERY__NODE__NODE_TYPE_NAME:
      visitType(node.pointee.type_name.pointee)
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      visitCast(node.pointee.type_cast.pointee)
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      visitColumn(node.pointee.column_ref.pointee)
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
      visit(node.pointee.collate_clause.pointee.arg)
      visitCollation(
        names(node.pointee.collate_clause.pointee.n_collname, node.pointee.collate_clause.pointee.collname))
    default:
      for child in SyntaxReflection.children(of: message(node)) { visitBelow(child) }
    }
  }

  /// The fields of a node's message, which is not itself one that needs care.
  private mutating func visitBelow(_ any: Message) {
    for child in SyntaxReflection.children(of: any) { visit(child) }
  }

  // MARK: Leaves

  private mutating func visitType(_ typeName: PgQuery__TypeName) {
    if let identity = reader.type(typeName).identity { note(identity) }
    visit(list(typeName.n_typmods, typeName.typmods).filter { $0.kind != PG_QUERY__NODE__NODE_COLUMN_REF })
  }

  private mutating func visitCollation(_ parts: [String]) {
    guard parts.count > 1, parts[parts.count - 2] != "pg_catalog" else { return }
    note(ObjectIdentity(.collation, schema: parts[parts.count - 2], name: parts[parts.count - 1]))
  }

  private mutating func visitCast(_ cast: PgQuery__TypeCast) {
    if let type = cast.type_name?.pointee {
      visitType(type)
      // 'public.t'::regclass names a relation.
      if names(type.n_names, type.names).last == "regclass", let text = cast.arg?.stringValue {
        note(reader.relation(Self.dottedName(text)))
      }
    }
    visit(cast.arg)
  }

  private mutating func visitCall(_ call: PgQuery__FuncCall) {
    let parts = names(call.n_funcname, call.funcname)
    let arguments = list(call.n_args, call.args)
    let isBuiltIn = parts.count == 1 || parts.first == "pg_catalog"
    if let function = reader.calledFunction(parts, argumentCount: arguments.count) {
      note(function)
      let routines = reader.known.routines[QualifiedName(function.schema ?? "", function.name)] ?? []
      // A function is volatile unless it says otherwise; of one that is not known nothing better can be said.
      if routines.isEmpty || routines.contains(where: \.isVolatile) { found.isVolatile = true }
    } else if let name = parts.last {
      if BuiltInFunctions.isVolatile(name) { found.isVolatile = true }
      if isBuiltIn, ["nextval", "currval", "setval"].contains(name), let text = arguments.first?.stringValue {
        note(reader.relation(Self.dottedName(text), .sequence))
      }
    }
    visit(arguments)
    visit(list(call.n_agg_order, call.agg_order))
    visit(call.agg_filter)
    if let window = call.over { visitBelow(message(window)) }
  }

  /// The parts of a name written in a string, folded as PostgreSQL folds them.
  static func dottedName(_ text: String) -> [String] {
    var parts: [String] = []
    var current = ""
    var isQuoted = false
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "." where !isQuoted:
        parts.append(current)
        current = ""
      default: current += isQuoted ? String(character) : character.lowercased()
      }
    }
    return parts + [current]
  }

  private mutating func visitColumn(_ reference: PgQuery__ColumnRef) {
    let fields = list(reference.n_fields, reference.fields)
    guard fields.last?.kind == PG_QUERY__NODE__NODE_STRING else { return }
    let parts = fields.compactMap(\.stringValue)
    guard parts.count == fields.count, let name = parts.last, !Self.systemColumns.contains(name) else {
      return
    }
    if parts.count == 1 {
      if let table = tableOfBareColumn(name) { noteColumn(name, of: table) }
    } else {
      let qualifier = parts[parts.count - 2]
      guard !variables.contains(qualifier) else { return }
      for scope in scopes.reversed() {
        guard let source = scope.sources.first(where: { $0.alias == qualifier }) else { continue }
        if let table = source.table { noteColumn(name, of: table) }
        return
      }
    }
  }

  private static let systemColumns: Set<String> = ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "oid"]

  private mutating func noteColumn(_ name: String, of table: ObjectIdentity) {
    guard let schema = table.schema else { return }
    note(.column(schema, table.name, name))
  }

  /// The table that an unqualified column belongs to, where there is no doubt.
  private func tableOfBareColumn(_ name: String) -> ObjectIdentity? {
    guard !variables.contains(name) else { return nil }
    for (level, scope) in scopes.reversed().enumerated() {
      if scope.sources.contains(where: { $0.alias == name }) || scope.outputNames.contains(name) {
        return nil
      }
      var isEveryTableKnown = true
      for source in scope.sources {
        guard let table = source.table, let known = reader.known.relation(table.schema ?? "", table.name),
          known.areColumnsKnown
        else {
          isEveryTableKnown = false
          continue
        }
        if known.columns.contains(where: { $0.name == name }) { return table }
      }
      if isEveryTableKnown { continue }
      // The only table of the only query level: the column cannot be anyone else's.
      let isAlone = Set(scope.sources.map { $0.table }).count == 1 && level == scopes.count - 1
      return isAlone ? scope.sources.first?.table : nil
    }
    return nil
  }

  // MARK: Queries

  private func isWithName(_ range: PgQuery__RangeVar) -> Bool {
    nonEmpty(range.schemaname) == nil && withNames.contains { $0.contains(string(range.relname)) }
  }

  /// Notes a relation that is read and gives it, or nil for the name of a WITH query.
  @discardableResult
  private mutating func readSource(_ range: PgQuery__RangeVar, lock: LockMode) -> ObjectIdentity? {
    guard !isWithName(range), !string(range.relname).isEmpty else { return nil }
    let relation = reader.relation(range)
    note(relation, lock: lock)
    return relation
  }

  private func source(_ range: PgQuery__RangeVar) -> (alias: String, table: ObjectIdentity?) {
    let alias = range.alias.map { string($0.pointee.aliasname) } ?? string(range.relname)
    // An alias may rename columns (`t AS x (a, b)`), which makes them nobody's.
    let renames = range.alias.map { $0.pointee.n_colnames > 0 } ?? false
    return (alias, isWithName(range) || renames ? nil : reader.relation(range))
  }

  private func sources(of item: Node) -> [(alias: String, table: ObjectIdentity?)] {
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
  private mutating func openWith(_ clause: UnsafeMutablePointer<PgQuery__WithClause>?) {
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

  private mutating func visitSelect(_ select: PgQuery__SelectStmt) {
    openWith(select.with_clause)
    let from = list(select.n_from_clause, select.from_clause)
    var scope = Scope(sources: from.flatMap { sources(of: $0) })
    scopes.append(scope)
    visit(from)
    visit(list(select.n_target_list, select.target_list))
    visit(list(select.n_distinct_clause, select.distinct_clause))
    visit(select.where_clause)
    visit(select.having_clause)
    visit(list(select.n_values_lists, select.values_lists))
    visit(list(select.n_window_clause, select.window_clause))
    scope.outputNames = Set(
      list(select.n_target_list, select.target_list).compactMap {
        nonEmpty($0.pointee.res_target.pointee.name)
      })
    if select.larg != nil, let first = Self.leftmost(select) {
      scope.outputNames = Set(
        list(first.n_target_list, first.target_list).compactMap {
          nonEmpty($0.pointee.res_target.pointee.name)
        })
    }
    scopes[scopes.count - 1] = scope
    visit(list(select.n_group_clause, select.group_clause))
    visit(list(select.n_sort_clause, select.sort_clause))
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

  private static func leftmost(_ select: PgQuery__SelectStmt) -> PgQuery__SelectStmt? {
    var current = select
    while let left = current.larg { current = left.pointee }
    return current
  }

  private mutating func lockRows(_ clause: PgQuery__LockingClause, among scope: Scope) {
    let named = list(clause.n_locked_rels, clause.locked_rels).map {
      string($0.pointee.range_var.pointee.relname)
    }
    for source in scope.sources where named.isEmpty || named.contains(source.alias) {
      if let table = source.table {
        found.relations.append(References.RelationUse(relation: table, lock: .rowShare))
      }
    }
  }

  private mutating func openTarget(_ range: PgQuery__RangeVar) -> ObjectIdentity {
    let target = reader.relation(range)
    note(target, lock: .rowExclusive)
    return target
  }

  private mutating func visitAssignments(_ targets: [Node], of table: ObjectIdentity) {
    for target in targets where target.kind == PG_QUERY__NODE__NODE_RES_TARGET {
      let assignment = target.pointee.res_target.pointee
      if let name = nonEmpty(assignment.name) { noteColumn(name, of: table) }
      visit(assignment.val)
    }
  }

  private mutating func visitInsert(_ insert: PgQuery__InsertStmt) {
    openWith(insert.with_clause)
    defer { withNames.removeLast() }
    guard let range = insert.relation?.pointee else { return }
    let table = openTarget(range)
    visitAssignments(list(insert.n_cols, insert.cols), of: table)
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

  private mutating func visitUpdate(_ update: PgQuery__UpdateStmt) {
    openWith(update.with_clause)
    defer { withNames.removeLast() }
    guard let range = update.relation?.pointee else { return }
    let table = openTarget(range)
    let from = list(update.n_from_clause, update.from_clause)
    scopes.append(Scope(sources: [source(range)] + from.flatMap { sources(of: $0) }))
    visit(from)
    visitAssignments(list(update.n_target_list, update.target_list), of: table)
    visit(update.where_clause)
    visit(list(update.n_returning_list, update.returning_list))
    scopes.removeLast()
  }

  private mutating func visitDelete(_ delete: PgQuery__DeleteStmt) {
    openWith(delete.with_clause)
    defer { withNames.removeLast() }
    guard let range = delete.relation?.pointee else { return }
    _ = openTarget(range)
    let using = list(delete.n_using_clause, delete.using_clause)
    scopes.append(Scope(sources: [source(range)] + using.flatMap { sources(of: $0) }))
    visit(using)
    visit(delete.where_clause)
    visit(list(delete.n_returning_list, delete.returning_list))
    scopes.removeLast()
  }

  private mutating func visitMerge(_ merge: PgQuery__MergeStmt) {
    openWith(merge.with_clause)
    defer { withNames.removeLast() }
    guard let range = merge.relation?.pointee else { return }
    let table = openTarget(range)
    let read = merge.source_relation.map { [$0] } ?? []
    scopes.append(Scope(sources: [source(range)] + read.flatMap { sources(of: $0) }))
    visit(read)
    visit(merge.join_condition)
    for clause in list(merge.n_merge_when_clauses, merge.merge_when_clauses) {
      let action = clause.pointee.merge_when_clause.pointee
      visit(action.condition)
      visitAssignments(list(action.n_target_list, action.target_list), of: table)
      visit(list(action.n_values, action.values))
    }
    scopes.removeLast()
  }
}
