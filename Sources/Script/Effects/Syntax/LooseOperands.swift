import CPgQuery

/// Finds the operands around which libpg_query's deparser leaves out parentheses that they need.
///
/// It writes `(a AND b) IS NULL` as `a AND b IS NULL`, and `(at AT TIME ZONE 'UTC')::date` as
/// `at AT TIME ZONE 'UTC'::date`: another expression, or none at all.
enum LooseOperands {
  /// The outermost such operands below a node.
  static func find(below node: Node) -> [Node] {
    var found: [Node] = []
    var taken: Set<Message> = []
    SyntaxReflection.walk(message(node)) { any in
      if taken.contains(any) { return false }
      guard MessageKind(any) == .node else { return true }
      let loose = operands(of: any.cast(to: PgQuery__Node.self))
      found += loose
      taken.formUnion(loose.map { message($0) })
      return true
    }
    return found
  }

  /// Whether a call is written as an operator between its arguments (`a AT TIME ZONE b`).
  static func isInfix(_ node: Node) -> Bool { [.infixCall, .normalization].contains(Shape(node)) }

  /// What an expression looks like from outside.
  private enum Shape {
    case logical, comparison, distinction, arithmetic, nullTest, booleanTest, normalization, membership
    case infixCall, collation, call, reference, cast, row, other

    init(_ node: Node) {
      switch node.kind {
      case PG_QUERY__NODE__NODE_BOOL_EXPR: self = .logical
      case PG_QUERY__NODE__NODE_NULL_TEST: self = .nullTest
      case PG_QUERY__NODE__NODE_BOOLEAN_TEST: self = .booleanTest
      case PG_QUERY__NODE__NODE_COLLATE_CLAUSE: self = .collation
      case PG_QUERY__NODE__NODE_TYPE_CAST: self = .cast
      case PG_QUERY__NODE__NODE_ROW_EXPR: self = .row
      case PG_QUERY__NODE__NODE_COLUMN_REF, PG_QUERY__NODE__NODE_PARAM_REF,
        PG_QUERY__NODE__NODE_A_INDIRECTION:
        self = .reference
      case PG_QUERY__NODE__NODE_SUB_LINK:
        switch node.pointee.sub_link.pointee.sub_link_type {
        case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK, PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK: self = .membership
        case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK: self = .reference
        default: self = .other
        }
      case PG_QUERY__NODE__NODE_FUNC_CALL:
        let call = node.pointee.func_call.pointee
        let isWritten = call.funcformat == PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX
        switch LooseOperands.name(call) {
        case "timezone" where isWritten, "overlaps" where isWritten: self = .infixCall
        case "is_normalized" where isWritten: self = .normalization
        default: self = .call
        }
      case PG_QUERY__NODE__NODE_A_EXPR:
        let expression = node.pointee.a_expr.pointee
        switch expression.kind {
        case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT, PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
          self = .distinction
        case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF: self = .other
        case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
          let sign = names(expression.n_name, expression.name).last ?? ""
          self = Shape.comparisons.contains(sign) ? .comparison : .arithmetic
        default: self = .comparison
        }
      default: self = .other
      }
    }

    private static let comparisons: Set<String> = ["=", "<>", "<", ">", "<=", ">="]
  }

  private static let truths: Set<Shape> = [.logical, .comparison, .distinction]
  private static let tests: Set<Shape> = [.nullTest, .booleanTest, .normalization, .membership]
  /// What is written as words and operators in a row.
  private static let phrases = truths.union(tests)

  private static func name(_ call: PgQuery__FuncCall) -> String {
    names(call.n_funcname, call.funcname).last ?? ""
  }

  /// The operands of one node that need parentheses and would get none.
  private static func operands(of node: Node) -> [Node] {
    switch node.kind {
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return pick(node.pointee.type_cast.pointee.arg, [.logical, .infixCall, .normalization])
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
      return pick(node.pointee.collate_clause.pointee.arg, [.logical, .infixCall, .normalization])
    case PG_QUERY__NODE__NODE_NULL_TEST:
      return pick(node.pointee.null_test.pointee.arg, [.logical, .distinction])
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
      return pick(node.pointee.boolean_test.pointee.arg, [.logical, .distinction])
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
      guard let operand = node.pointee.a_indirection.pointee.arg else { return [] }
      let writesItsOwn: Set<Shape> = [
        .reference, .call, .infixCall, .cast, .row, .comparison, .distinction, .arithmetic,
      ]
      return writesItsOwn.contains(Shape(operand)) ? [] : [operand]
    case PG_QUERY__NODE__NODE_SUB_LINK:
      return pick(node.pointee.sub_link.pointee.testexpr, truths)
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return operands(of: node.pointee.func_call.pointee)
    case PG_QUERY__NODE__NODE_A_EXPR:
      return operands(of: node.pointee.a_expr.pointee)
    default:
      return []
    }
  }

  private static func operands(of call: PgQuery__FuncCall) -> [Node] {
    guard call.funcformat == PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX else { return [] }
    let arguments = list(call.n_args, call.args)
    switch name(call) {
    case "timezone" where arguments.count == 2:
      // The zone is the first argument, and stands behind.
      return pick(arguments[1], truths.union([.arithmetic]))
        + pick(arguments[0], phrases.union([.arithmetic, .infixCall]))
    case "position": return arguments.flatMap { pick($0, phrases.union([.infixCall, .collation])) }
    case "is_normalized": return arguments.first.map { pick($0, [.logical, .distinction]) } ?? []
    default: return []
    }
  }

  private static func operands(of expression: PgQuery__AExpr) -> [Node] {
    switch expression.kind {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
      let isPrefix = expression.lexpr == nil
      return pick(
        expression.rexpr,
        isPrefix
          ? [.booleanTest, .membership, .normalization, .infixCall, .collation]
          : [.booleanTest, .membership, .normalization])
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY, PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL,
      PG_QUERY__A__EXPR__KIND__AEXPR_IN:
      return pick(expression.lexpr, truths)
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT, PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
      return pick(expression.rexpr, [.booleanTest, .normalization])
    case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE, PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE,
      PG_QUERY__A__EXPR__KIND__AEXPR_SIMILAR:
      return pick(expression.lexpr, truths) + pick(expression.rexpr, phrases)
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN, PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN,
      PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM, PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
      let bounds = expression.rexpr.map { items($0) } ?? []
      return pick(expression.lexpr, truths)
        + bounds.flatMap { pick($0, phrases.union([.infixCall, .collation])) }
    default:
      return []
    }
  }

  private static func pick(_ operand: Node?, _ shapes: Set<Shape>) -> [Node] {
    operand.map { shapes.contains(Shape($0)) ? [$0] : [] } ?? []
  }

  private static func items(_ node: Node) -> [Node] {
    guard node.kind == PG_QUERY__NODE__NODE_LIST else { return [node] }
    return list(node.pointee.list.pointee.n_items, node.pointee.list.pointee.items)
  }
}
