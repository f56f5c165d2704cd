import CPgQuery
import Schema

extension EffectReader {
  /// `CREATE VIEW`.
  mutating func readCreateView(_ statement: PgQuery__ViewStmt) {
    guard let range = statement.view?.pointee else { return }
    let view = newRelation(range, .view)
    let isReplacing = statement.replace != 0
    let references = useQuery(statement.query, isKept: true)
    // A view of temporary tables is temporary too.
    if references.objects.contains(where: { $0.schema == SearchPath.temporarySchema }) { return }
    if isReplacing { lock(.accessExclusive, view) }
    let aliases = names(statement.n_aliases, statement.aliases)
    let settings = options(statement.n_options, statement.options)
    let isInvoker = settings.contains { $0.name == "security_invoker" && $0.arg?.booleanValue ?? true }
    var definition = statement.query.map { qualifiedText($0) } ?? ""
    let texts =
      settings.map { "\($0.name)=\($0.arg.map(Self.optionText) ?? "true")" } + checkOption(of: statement)
    if !texts.isEmpty {
      definition = "WITH (\(texts.sorted().joined(separator: ", "))) AS " + definition
    }
    makeView(
      view, definition: definition, query: statement.query, aliases: aliases,
      when: isReplacing ? .orReplace : .always, needs: references.objects, isSecurityInvoker: isInvoker)
  }

  private static func optionText(_ value: Node) -> String {
    value.stringValue ?? value.booleanValue.map(String.init) ?? value.nameParts.last ?? "true"
  }

  /// `WITH CHECK OPTION`, which is an option as the others to the server.
  private func checkOption(of statement: PgQuery__ViewStmt) -> [String] {
    switch statement.with_check_option {
    case PG_QUERY__VIEW_CHECK_OPTION__LOCAL_CHECK_OPTION: ["check_option=local"]
    case PG_QUERY__VIEW_CHECK_OPTION__CASCADED_CHECK_OPTION: ["check_option=cascaded"]
    default: []
    }
  }

  /// `CREATE TABLE AS`, `SELECT INTO` and `CREATE MATERIALIZED VIEW`.
  mutating func readCreateTableAs(_ statement: PgQuery__CreateTableAsStmt) {
    guard let into = statement.into?.pointee, let range = into.rel?.pointee else { return }
    let isView = statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW
    // TimescaleDB makes a view of its own over rows that it keeps elsewhere.
    let isContinuous = options(into.n_options, into.options).contains {
      nonEmpty($0.defnamespace) == "timescaledb" && $0.name == "continuous"
    }
    let relation = newRelation(range, isContinuous ? .view : isView ? .materializedView : .table)
    let references = useQuery(statement.query, isKept: into.skip_data != 0)
    makeView(
      relation, definition: isView && !isContinuous ? statement.query.map { qualifiedText($0) } : nil,
      query: statement.query,
      aliases: names(into.n_col_names, into.col_names),
      when: statement.if_not_exists != 0 ? .ifNotExists : .always,
      needs: isView ? references.objects : [],
      storage: storage(in: into.table_space_name, by: into.access_method))
  }

  /// The text of a query with every relation under its schema, so that the search path makes no difference.
  func qualifiedText(_ query: Node) -> String {
    var hidden: Set<String> = []
    SyntaxReflection.walk(message(query)) { any in
      if MessageKind(any) == .commonTableExpression {
        hidden.insert(string(any.cast(to: PgQuery__CommonTableExpr.self).pointee.ctename))
      }
      return true
    }
    SyntaxReflection.walk(message(query)) { any in
      guard MessageKind(any) == .rangeVariable else { return true }
      let range = any.cast(to: PgQuery__RangeVar.self)
      let name = string(range.pointee.relname)
      if nonEmpty(range.pointee.schemaname) == nil, !hidden.contains(name),
        let schema = relation(range.pointee).schema
      {
        Deparser.assign(&range.pointee.schemaname, schema)
      }
      return true
    }
    return Deparser.statement(query)
  }

  private mutating func makeView(
    _ view: ObjectIdentity, definition: String?, query: Node?, aliases: [String],
    when condition: EffectCondition,
    needs: [ObjectIdentity], isSecurityInvoker: Bool = false, storage: RelationStorage? = nil
  ) {
    let schema = view.schema ?? ""
    let known = outputColumns(of: query)
    var columns = known.names
    for (place, alias) in aliases.enumerated() where place < columns.count { columns[place] = alias }
    if columns.isEmpty { columns = aliases }
    let isComplete =
      known.isComplete || (!aliases.isEmpty && columns.count == aliases.count && known.names.isEmpty)
    if !isComplete {
      markOpaque("the columns of \(view.qualifiedName) come from relations that are not known here")
    }
    create(
      view, when: condition, definition: definition,
      detail: .relation(RelationDetail(isSecurityInvoker: isSecurityInvoker, storage: storage)),
      dependingOn: needs)
    self.known.relations[QualifiedName(schema, view.name)] = KnownSchema.Relation(
      kind: view.kind, columns: columns.map { KnownSchema.Column(name: $0, type: "") },
      areColumnsKnown: isComplete, table: view.kind == .view ? onlySource(of: query) : nil)
    guard isComplete else { return }
    for column in columns { create(.column(schema, view.name, column), when: condition, partOf: [view]) }
  }

  /// The only relation that a query takes rows from one by one, as a view must whose rows can be written
  /// (PostgreSQL documentation, CREATE VIEW, Updatable Views).
  private func onlySource(of query: Node?) -> QualifiedName? {
    guard let query, query.kind == PG_QUERY__NODE__NODE_SELECT_STMT else { return nil }
    let select = query.pointee.select_stmt.pointee
    guard select.larg == nil, select.with_clause == nil, select.n_distinct_clause == 0,
      select.n_group_clause == 0,
      select.having_clause == nil, select.limit_count == nil, select.limit_offset == nil,
      select.n_from_clause == 1, let source = list(select.n_from_clause, select.from_clause).first,
      source.kind == PG_QUERY__NODE__NODE_RANGE_VAR
    else { return nil }
    let table = relation(source.pointee.range_var.pointee)
    return QualifiedName(table.schema ?? "", table.name)
  }

  /// The columns of `WITH` queries by their names; nil where they are not known.
  private typealias WithQueries = [String: [String]?]

  /// The most columns that a query may give out (`MaxTupleAttributeNumber`).
  private static let mostColumns = 1_664

  /// The names of a query's output columns, as far as the text and the known relations tell them.
  ///
  /// - Parameter outer: the columns of the `WITH` queries that may be named in it.
  private func outputColumns(
    of query: Node?, outer: WithQueries = [:]
  ) -> (names: [String], isComplete: Bool) {
    guard let query, query.kind == PG_QUERY__NODE__NODE_SELECT_STMT else { return ([], false) }
    return outputColumns(of: query.pointee.select_stmt.pointee, outer)
  }

  private func outputColumns(
    of select: PgQuery__SelectStmt, _ outer: WithQueries
  ) -> (names: [String], isComplete: Bool) {
    var queries = outer
    if let clause = select.with_clause?.pointee {
      // Each may name those that stand before it.
      for node in list(clause.n_ctes, clause.ctes) {
        let query = node.pointee.common_table_expr.pointee
        let renamed = names(query.n_aliascolnames, query.aliascolnames)
        let output = outputColumns(of: query.ctequery, outer: queries)
        queries[string(query.ctename)] =
          .some(renamed.isEmpty ? (output.isComplete ? output.names : nil) : renamed)
      }
    }
    if let left = select.larg { return outputColumns(of: left.pointee, queries) }
    if select.n_values_lists > 0 {
      let first = list(select.n_values_lists, select.values_lists).first?.elements.count ?? 0
      return ((0..<first).map { "column\($0 + 1)" }, true)
    }
    var found: [String] = []
    for node in list(select.n_target_list, select.target_list) {
      let target = node.pointee.res_target.pointee
      if let name = nonEmpty(target.name) {
        found.append(name)
      } else if let value = target.val, value.kind == PG_QUERY__NODE__NODE_COLUMN_REF, Self.isStar(value) {
        guard let all = starColumns(value, in: select, queries) else { return ([], false) }
        found += all
      } else if let value = target.val {
        found.append(ExpressionNames.outputColumn(value))
      }
    }
    return (found, true)
  }

  private static func isStar(_ node: Node) -> Bool {
    let reference = node.pointee.column_ref.pointee
    return list(reference.n_fields, reference.fields).last?.kind == PG_QUERY__NODE__NODE_A_STAR
  }

  /// The columns behind `*` or `t.*`, if every source is a relation whose columns are known.
  private func starColumns(
    _ node: Node, in select: PgQuery__SelectStmt, _ queries: WithQueries
  ) -> [String]? {
    let reference = node.pointee.column_ref.pointee
    let qualifier = list(reference.n_fields, reference.fields).dropLast().last?.stringValue
    var all: [String] = []
    for item in list(select.n_from_clause, select.from_clause) {
      guard let qualifier else {
        guard let columns = joinedColumns(item, queries: queries) else { return nil }
        all += columns
        continue
      }
      guard let sources = starSources(item, queries: queries) else { return nil }
      for source in sources where source.alias == qualifier {
        guard let columns = source.columns else { return nil }
        all += columns
      }
    }
    return all.isEmpty || all.count > Self.mostColumns ? nil : all
  }

  /// The columns of a source as `*` gives them: those that `USING` and `NATURAL` merge come first, and once
  /// (PostgreSQL documentation, 7.2.1.1).
  private func joinedColumns(_ item: Node, queries: WithQueries) -> [String]? {
    guard item.kind == PG_QUERY__NODE__NODE_JOIN_EXPR else {
      guard let sources = starSources(item, queries: queries) else { return nil }
      let columns = sources.compactMap(\.columns)
      return columns.count == sources.count ? columns.flatMap(\.self) : nil
    }
    let join = item.pointee.join_expr.pointee
    guard join.alias == nil, let left = join.larg.flatMap({ joinedColumns($0, queries: queries) }),
      let right = join.rarg.flatMap({ joinedColumns($0, queries: queries) })
    else { return nil }
    let merged =
      join.is_natural != 0 ? left.filter(right.contains) : names(join.n_using_clause, join.using_clause)
    return merged + (left + right).filter { !merged.contains($0) }
  }

  private func starSources(
    _ item: Node, queries: WithQueries
  ) -> [(alias: String, columns: [String]?)]? {
    switch item.kind {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      let range = item.pointee.range_var.pointee
      let alias = range.alias.map { string($0.pointee.aliasname) } ?? string(range.relname)
      if nonEmpty(range.schemaname) == nil, let columns = queries[string(range.relname)] {
        return [(alias, columns)]
      }
      let identity = relation(range)
      let known = known.relation(identity.schema ?? "", identity.name)
      return [(alias, known?.areColumnsKnown == true ? known?.columns.map(\.name) : nil)]
    case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
      let subselect = item.pointee.range_subselect.pointee
      let output = outputColumns(of: subselect.subquery, outer: queries)
      guard let alias = subselect.alias?.pointee else {
        return [("", output.isComplete ? output.names : nil)]
      }
      let renamed = AliasNames.columns(alias)
      let columns = output.isComplete ? renamed + output.names.dropFirst(renamed.count) : nil
      return [(string(alias.aliasname), columns)]
    case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
      let source = item.pointee.range_function.pointee
      guard let alias = source.alias?.pointee else { return nil }
      let declared = list(source.n_coldeflist, source.coldeflist).map {
        string($0.pointee.column_def.pointee.colname)
      }
      let named = declared.isEmpty ? AliasNames.columns(alias) : declared
      return [(string(alias.aliasname), named.isEmpty ? nil : named)]
    case PG_QUERY__NODE__NODE_JOIN_EXPR:
      let join = item.pointee.join_expr.pointee
      guard let left = join.larg, let right = join.rarg,
        let before = starSources(left, queries: queries), let after = starSources(right, queries: queries)
      else { return nil }
      return before + after
    default:
      return nil
    }
  }

  /// `REFRESH MATERIALIZED VIEW`.
  mutating func readRefresh(_ statement: PgQuery__RefreshMatViewStmt) {
    guard let range = statement.relation?.pointee else { return }
    let view = relation(range, .materializedView)
    use(view)
    let isConcurrent = statement.concurrent != 0
    lock(isConcurrent ? .exclusive : .accessExclusive, view, rewrites: !isConcurrent)
    guard statement.skip_data == 0 else { return }
    for source in sources(behind: view) { lock(.accessShare, source) }
  }
}
