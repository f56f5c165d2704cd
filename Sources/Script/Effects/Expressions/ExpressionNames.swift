import CPgQuery

/// The name that PostgreSQL gives to an expression in an index (`FigureIndexColname` in `parse_target.c`).
enum ExpressionNames {
  /// The name of an index expression, `expr` where the expression suggests none.
  static func indexColumn(_ expression: Node) -> String { figure(expression).name ?? "expr" }

  /// The name of a query's output column, `?column?` where the expression suggests none.
  static func outputColumn(_ expression: Node) -> String { figure(expression).name ?? "?column?" }

  /// The name and how strongly it is suggested: 2 for a name, 1 for a type or a key word, 0 for none.
  private static func figure(_ node: Node?) -> (name: String?, strength: Int) {
    guard let node else { return (nil, 0) }
    switch node.kind {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      let reference = node.pointee.column_ref.pointee
      let name = list(reference.n_fields, reference.fields).last { $0.stringValue != nil }?.stringValue
      return (name, name == nil ? 0 : 2)
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
      let indirection = node.pointee.a_indirection.pointee
      if let name = list(indirection.n_indirection, indirection.indirection).last(where: {
        $0.stringValue != nil
      })?
      .stringValue {
        return (name, 2)
      }
      return figure(indirection.arg)
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return (
        names(node.pointee.func_call.pointee.n_funcname, node.pointee.func_call.pointee.funcname).last, 2
      )
    case PG_QUERY__NODE__NODE_A_EXPR:
      return node.pointee.a_expr.pointee.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF
        ? ("nullif", 2) : (nil, 0)
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      let inner = figure(node.pointee.type_cast.pointee.arg)
      guard inner.strength <= 1, let type = node.pointee.type_cast.pointee.type_name?.pointee else {
        return inner
      }
      return (names(type.n_names, type.names).last, 1)
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
      return figure(node.pointee.collate_clause.pointee.arg)
    case PG_QUERY__NODE__NODE_GROUPING_FUNC:
      return ("grouping", 2)
    case PG_QUERY__NODE__NODE_SUB_LINK:
      return figureSubLink(node.pointee.sub_link.pointee)
    case PG_QUERY__NODE__NODE_CASE_EXPR:
      let inner = figure(node.pointee.case_expr.pointee.defresult)
      return inner.strength <= 1 ? ("case", 1) : inner
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
      return ("array", 2)
    case PG_QUERY__NODE__NODE_ROW_EXPR:
      return ("row", 2)
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
      return ("coalesce", 2)
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
      let isGreatest = node.pointee.min_max_expr.pointee.op == PG_QUERY__MIN_MAX_OP__IS_GREATEST
      return (isGreatest ? "greatest" : "least", 2)
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
      return (sqlValueName(node.pointee.sqlvalue_function.pointee.op), 2)
    case PG_QUERY__NODE__NODE_XML_SERIALIZE:
      return ("xmlserialize", 2)
    default:
      return (nil, 0)
    }
  }

  private static func figureSubLink(_ link: PgQuery__SubLink) -> (name: String?, strength: Int) {
    switch link.sub_link_type {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK: return ("exists", 2)
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK: return ("array", 2)
    case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK:
      guard let select = link.subselect, select.kind == PG_QUERY__NODE__NODE_SELECT_STMT else {
        return (nil, 0)
      }
      let statement = select.pointee.select_stmt.pointee
      guard let first = list(statement.n_target_list, statement.target_list).first else { return (nil, 0) }
      let target = first.pointee.res_target.pointee
      return (nonEmpty(target.name) ?? target.val.map(outputColumn), 2)
    default: return (nil, 0)
    }
  }

  private static func sqlValueName(_ function: PgQuery__SQLValueFunctionOp) -> String? {
    switch function {
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_DATE: "current_date"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME,
      PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIME_N:
      "current_time"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP,
      PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_TIMESTAMP_N:
      "current_timestamp"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME, PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIME_N:
      "localtime"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP,
      PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_LOCALTIMESTAMP_N:
      "localtimestamp"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE: "current_role"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER: "current_user"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER: "user"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER: "session_user"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG: "current_catalog"
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_SCHEMA: "current_schema"
    default: nil
    }
  }
}
