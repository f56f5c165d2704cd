import CPgQuery
import Schema

/// What a condition in a `DO` block asks.
enum CatalogGuard: Equatable {
  /// That something is in the catalog.
  case exists
  /// That something is not in the catalog.
  case notExists
  /// Anything else.
  case other

  /// The opposite.
  var negated: CatalogGuard {
    switch self {
    case .exists: .notExists
    case .notExists: .exists
    case .other: .other
    }
  }

  /// What a condition asks; `variables` are those that hold the answer of an earlier question to the catalog.
  static func classify(_ condition: String, variables: [String: CatalogGuard]) -> CatalogGuard {
    let read = SyntaxTree.withStatements(of: "SELECT " + condition) { statements -> CatalogGuard in
      guard statements.count == 1, let node = statements.first, node.kind == PG_QUERY__NODE__NODE_SELECT_STMT
      else {
        return .other
      }
      let select = node.pointee.select_stmt.pointee
      guard let value = list(select.n_target_list, select.target_list).first?.pointee.res_target.pointee.val
      else {
        return .other
      }
      return classify(value, variables)
    }
    return (try? read.get()) ?? .other
  }

  private static func classify(_ node: Node, _ variables: [String: CatalogGuard]) -> CatalogGuard {
    switch node.kind {
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
      let expression = node.pointee.bool_expr.pointee
      let answers = list(expression.n_args, expression.args).map { classify($0, variables) }
      guard let first = answers.first else { return .other }
      if expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR { return first.negated }
      // "a and b exist" and "a or b is missing" are no question about one object, yet both parts ask the same.
      return answers.allSatisfy { $0 == first } ? first : .other
    case PG_QUERY__NODE__NODE_SUB_LINK:
      let link = node.pointee.sub_link.pointee
      guard let query = link.subselect, readsOnlyCatalogs(query) else { return .other }
      switch link.sub_link_type {
      case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK: return .exists
      case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK: return .exists
      default: return .other
      }
    case PG_QUERY__NODE__NODE_NULL_TEST:
      let test = node.pointee.null_test.pointee
      guard let argument = test.arg, asksCatalog(argument, variables) else { return .other }
      return test.nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL ? .notExists : .exists
    case PG_QUERY__NODE__NODE_A_EXPR:
      return comparison(node.pointee.a_expr.pointee, variables)
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
      let test = node.pointee.boolean_test.pointee
      guard let argument = test.arg else { return .other }
      let answer = classify(argument, variables)
      switch test.booltesttype {
      case PG_QUERY__BOOL_TEST_TYPE__IS_TRUE, PG_QUERY__BOOL_TEST_TYPE__IS_NOT_FALSE: return answer
      case PG_QUERY__BOOL_TEST_TYPE__IS_FALSE, PG_QUERY__BOOL_TEST_TYPE__IS_NOT_TRUE: return answer.negated
      default: return .other
      }
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      return variable(node).flatMap { variables[$0] } ?? .other
    default:
      return .other
    }
  }

  private static func variable(_ node: Node) -> String? {
    guard node.kind == PG_QUERY__NODE__NODE_COLUMN_REF else { return nil }
    let reference = node.pointee.column_ref.pointee
    let parts = names(reference.n_fields, reference.fields)
    return parts.count == 1 ? parts[0] : nil
  }

  /// Whether an expression is NULL exactly when something is not in the catalog.
  private static func asksCatalog(_ node: Node, _ variables: [String: CatalogGuard]) -> Bool {
    if let name = variable(node) { return variables[name] == .exists }
    if node.kind == PG_QUERY__NODE__NODE_SUB_LINK, let query = node.pointee.sub_link.pointee.subselect {
      return readsOnlyCatalogs(query)
    }
    if node.kind == PG_QUERY__NODE__NODE_TYPE_CAST, let inner = node.pointee.type_cast.pointee.arg {
      return asksCatalog(inner, variables)
    }
    guard node.kind == PG_QUERY__NODE__NODE_FUNC_CALL else { return false }
    let name =
      names(node.pointee.func_call.pointee.n_funcname, node.pointee.func_call.pointee.funcname).last ?? ""
    return name.hasPrefix("to_reg")
  }

  /// Whether an expression such as `to_regclass('public.t')` is NULL exactly when something is not in the catalog.
  static func isNullWhereMissing(_ expression: String) -> Bool {
    classify("(\(expression)) IS NOT NULL", variables: [:]) == .exists
  }

  /// `count = 0`, `count > 0`, `count < 1` over the catalog.
  private static func comparison(
    _ expression: PgQuery__AExpr, _ variables: [String: CatalogGuard]
  ) -> CatalogGuard {
    guard let left = expression.lexpr, let number = expression.rexpr?.integerValue else { return .other }
    let isCount: Bool
    if let name = variable(left) {
      isCount = variables[name] == .exists
    } else if left.kind == PG_QUERY__NODE__NODE_SUB_LINK, let query = left.pointee.sub_link.pointee.subselect
    {
      isCount = readsOnlyCatalogs(query)
    } else {
      isCount = false
    }
    return isCount ? answer(names(expression.n_name, expression.name).last, number) : .other
  }

  /// What `count(*) = 0` and the like say, as a query over the catalog gives them out; nil for any other output.
  static func outputOfCount(_ output: Node) -> CatalogGuard? {
    guard output.kind == PG_QUERY__NODE__NODE_A_EXPR, let left = output.pointee.a_expr.pointee.lexpr,
      left.kind == PG_QUERY__NODE__NODE_FUNC_CALL,
      let number = output.pointee.a_expr.pointee.rexpr?.integerValue
    else { return nil }
    let call = left.pointee.func_call.pointee
    guard names(call.n_funcname, call.funcname).last == "count" else { return nil }
    return answer(
      names(output.pointee.a_expr.pointee.n_name, output.pointee.a_expr.pointee.name).last, number)
  }

  /// What a count compared with a number says.
  private static func answer(_ comparison: String?, _ number: Int) -> CatalogGuard {
    switch (comparison, number) {
    case ("=", 0), ("<", 1): .notExists
    case (">", 0), ("<>", 0), (">=", 1), ("=", 1): .exists
    default: .other
    }
  }

  /// Whether a query reads nothing but the system's catalogs.
  static func readsOnlyCatalogs(_ query: Node) -> Bool {
    var isAnyRead = false
    var areAllCatalogs = true
    SyntaxReflection.walk(message(query)) { any in
      guard MessageKind(any) == .rangeVariable else { return true }
      let range = any.cast(to: PgQuery__RangeVar.self).pointee
      isAnyRead = true
      let schema = string(range.schemaname)
      let isCatalog =
        schema == "pg_catalog" || schema == "information_schema"
        || (schema.isEmpty && BuiltInRelations.contains(string(range.relname)))
      areAllCatalogs = areAllCatalogs && isCatalog
      return true
    }
    return isAnyRead && areAllCatalogs
  }
}
