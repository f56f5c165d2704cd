import CPgQuery

extension ConstantEvaluation {
  /// The rows of a query over constants: for each row the values by column name.
  func rows(of query: String) -> [[String: ConstantValue]]? {
    let read = SyntaxTree.withStatements(of: query) { statements -> [[String: ConstantValue]]? in
      guard statements.count == 1, let node = statements.first, node.kind == PG_QUERY__NODE__NODE_SELECT_STMT
      else {
        return nil
      }
      return rows(of: node.pointee.select_stmt.pointee)
    }
    return (try? read.get()) ?? nil
  }

  /// Whether a query reads `pg_policies` and nothing else.
  func asksPolicies(_ query: String) -> Bool {
    let read = SyntaxTree.withStatements(of: query) { statements -> Bool in
      guard statements.count == 1, let node = statements.first, node.kind == PG_QUERY__NODE__NODE_SELECT_STMT
      else { return false }
      let select = node.pointee.select_stmt.pointee
      let from = list(select.n_from_clause, select.from_clause)
      return from.count == 1 && Self.isPolicies(from[0])
    }
    return (try? read.get()) ?? false
  }

  private static func isPolicies(_ item: Node) -> Bool {
    guard item.kind == PG_QUERY__NODE__NODE_RANGE_VAR, let range = item.pointee.range_var else {
      return false
    }
    return string(range.pointee.relname) == "pg_policies"
      && ["", "pg_catalog"].contains(string(range.pointee.schemaname))
  }

  private func rows(of select: PgQuery__SelectStmt) -> [[String: ConstantValue]]? {
    guard select.larg == nil, select.n_group_clause == 0, select.limit_count == nil, select.with_clause == nil
    else { return nil }
    if select.n_values_lists > 0 { return valuesRows(select, names: []) }
    let from = list(select.n_from_clause, select.from_clause)
    let targets = list(select.n_target_list, select.target_list).map { $0.pointee.res_target.pointee }
    if from.isEmpty {
      guard select.where_clause == nil, targets.count == 1, let target = targets.first,
        let value = target.val,
        let items = unnested(value)
      else { return nil }
      let name = nonEmpty(target.name) ?? "unnest"
      return items.map { [name: .text($0)] }
    }
    guard from.count == 1, let source = sourceRows(from[0]) else { return nil }
    var answer: [[String: ConstantValue]] = []
    for row in source {
      var evaluation = self
      for (name, value) in row { evaluation.variables[name] = value }
      if let condition = select.where_clause {
        guard let isChosen = evaluation.truth(of: condition) else { return nil }
        if !isChosen { continue }
      }
      var output: [String: ConstantValue] = [:]
      for target in targets {
        guard let value = target.val else { return nil }
        if value.kind == PG_QUERY__NODE__NODE_COLUMN_REF {
          let reference = value.pointee.column_ref.pointee
          let fields = list(reference.n_fields, reference.fields)
          if fields.last?.kind == PG_QUERY__NODE__NODE_A_STAR {
            for (name, value) in row where !name.contains(".") { output[name] = value }
            continue
          }
        }
        guard let computed = evaluation.value(of: value) else { return nil }
        output[nonEmpty(target.name) ?? ExpressionNames.outputColumn(value)] = computed
      }
      answer.append(output)
    }
    return answer
  }

  /// What is constant for each row over which a query computes its outputs; nil if the rows are not constant.
  func environments(of select: PgQuery__SelectStmt) -> [ConstantEvaluation]? {
    let from = list(select.n_from_clause, select.from_clause)
    if from.isEmpty { return [self] }
    guard from.count == 1, let rows = sourceRows(from[0]) else { return nil }
    return rows.map { row in
      var environment = self
      for (name, value) in row { environment.variables[name] = value }
      return environment
    }
  }

  private func valuesRows(_ select: PgQuery__SelectStmt, names: [String]) -> [[String: ConstantValue]]? {
    var rows: [[String: ConstantValue]] = []
    for line in list(select.n_values_lists, select.values_lists) {
      var row: [String: ConstantValue] = [:]
      for (place, node) in line.elements.enumerated() {
        guard let value = value(of: node) else { return nil }
        row[place < names.count ? names[place] : "column\(place + 1)"] = value
      }
      rows.append(row)
    }
    return rows
  }

  /// The rows of a FROM item that is `unnest(constants)`, `VALUES` or a sub-select of constants.
  private func sourceRows(_ item: Node) -> [[String: ConstantValue]]? {
    switch item.kind {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      guard let policies, Self.isPolicies(item) else { return nil }
      let alias = item.pointee.range_var.pointee.alias.map { string($0.pointee.aliasname) }
      return Self.qualified(policies, by: alias ?? "pg_policies")
    case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
      let source = item.pointee.range_subselect.pointee
      guard let query = source.subquery, query.kind == PG_QUERY__NODE__NODE_SELECT_STMT else { return nil }
      let alias = source.alias?.pointee
      let names = alias.map { AliasNames.columns($0) } ?? []
      let select = query.pointee.select_stmt.pointee
      let rows = select.n_values_lists > 0 ? valuesRows(select, names: names) : rows(of: select)
      return rows.map { Self.qualified($0, by: alias.map { string($0.aliasname) }) }
    case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
      let source = item.pointee.range_function.pointee
      let functions = list(source.n_functions, source.functions)
      guard source.ordinality == 0, functions.count == 1, let call = functions[0].elements.first else {
        return nil
      }
      let alias = source.alias?.pointee
      if let commands, Self.calledName(call) == "pg_event_trigger_ddl_commands" {
        return Self.qualified(commands.map(\.values), by: alias.map { string($0.aliasname) })
      }
      guard let items = unnested(call) else { return nil }
      let name = alias.flatMap { AliasNames.columns($0).first ?? nonEmpty($0.aliasname) } ?? "unnest"
      return Self.qualified(items.map { [name: .text($0)] }, by: alias.map { string($0.aliasname) })
    default:
      return nil
    }
  }

  private static func qualified(
    _ rows: [[String: ConstantValue]], by alias: String?
  ) -> [[String: ConstantValue]] {
    guard let alias else { return rows }
    return rows.map { row in
      var copy = row
      for (name, value) in row { copy["\(alias).\(name)"] = value }
      return copy
    }
  }

  private static func calledName(_ node: Node) -> String? {
    guard node.kind == PG_QUERY__NODE__NODE_FUNC_CALL else { return nil }
    return names(node.pointee.func_call.pointee.n_funcname, node.pointee.func_call.pointee.funcname).last
  }

  private static let mostNumbers = 5_000

  /// The elements of `unnest(array)`, or the numbers of `generate_series(first, last)`.
  private func unnested(_ node: Node) -> [String]? {
    guard node.kind == PG_QUERY__NODE__NODE_FUNC_CALL else { return nil }
    let call = node.pointee.func_call.pointee
    if Self.calledName(node) == "generate_series", call.n_args == 2 {
      let ends = list(call.n_args, call.args).map { value(of: $0) }
      guard case .text(let first)? = ends[0], case .text(let last)? = ends[1], let start = Int(first),
        let end = Int(last), end - start < Self.mostNumbers
      else { return nil }
      return start <= end ? (start...end).map(String.init) : []
    }
    guard names(call.n_funcname, call.funcname).last == "unnest", call.n_args == 1,
      let argument = list(call.n_args, call.args).first, case .list(let items)? = value(of: argument)
    else { return nil }
    return items
  }
}

/// Reads the names that an alias gives.
enum AliasNames {
  /// The column names of an alias (`AS t (a, b)`).
  static func columns(_ alias: PgQuery__Alias) -> [String] { names(alias.n_colnames, alias.colnames) }
}
