import CPgQuery
import Glibc

/// Puts subqueries so that a plan shows what they are compared with.
///
/// The planner may hash what a subquery answers; before version 17 `EXPLAIN` then writes `(hashed SubPlan 1)` for
/// `x IN (SELECT …)`, and leaves out `x`, as it leaves out the outer side of `EXISTS (… WHERE y = x)`. Two conditions over
/// different columns would have one plan. `x = ANY (ARRAY(SELECT …))` and `EXISTS (… OFFSET 0)` cannot be hashed.
public enum VisibleSubqueries {
  /// The query with its subqueries put so; nil if it has none, or if the grammar of version 15 cannot read it.
  public static func rewrite(_ query: String) -> String? {
    let read = SyntaxTree.withStatements(of: query) { statements -> String? in
      guard statements.count == 1, let statement = statements.first else { return nil }
      var links: [Node] = []
      SyntaxReflection.walk(message(statement)) { message in
        if case .node = MessageKind(message) {
          let node = message.cast(to: PgQuery__Node.self)
          if node.kind == PG_QUERY__NODE__NODE_SUB_LINK { links.append(node) }
        }
        return true
      }
      // Each is asked, whatever became of the one before.
      let changes = links.map(rewrite)
      guard changes.contains(true) else { return nil }
      let text = Deparser.statement(statement)
      return text.isEmpty ? nil : text
    }
    return (try? read.get()) ?? nil
  }

  private static func rewrite(_ node: Node) -> Bool {
    guard let link = node.pointee.sub_link else { return false }
    switch link.pointee.sub_link_type {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
      guard let query = link.pointee.subselect, query.kind == PG_QUERY__NODE__NODE_SELECT_STMT,
        let select = query.pointee.select_stmt
      else { return false }
      return keepFromHashing(select)
    case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK:
      return compareWithArray(node, link, PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY)
    case PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK:
      return compareWithArray(node, link, PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL)
    default: return false
    }
  }

  /// `OFFSET 0` leaves the answer as it is.
  ///
  /// What the query selects is no part of what `EXISTS` asks, and would now be
  /// in the plan: `*` may mean more columns today.
  private static func keepFromHashing(_ select: UnsafeMutablePointer<PgQuery__SelectStmt>) -> Bool {
    guard select.pointee.limit_offset == nil, select.pointee.limit_count == nil,
      select.pointee.n_values_lists == 0
    else { return false }
    select.pointee.limit_offset = zero()
    select.pointee.limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_COUNT
    let targets = list(select.pointee.n_target_list, select.pointee.target_list)
    let isPlain = targets.allSatisfy { target in
      guard target.kind == PG_QUERY__NODE__NODE_RES_TARGET, let value = target.pointee.res_target.pointee.val
      else { return false }
      return value.kind == PG_QUERY__NODE__NODE_COLUMN_REF || value.kind == PG_QUERY__NODE__NODE_A_CONST
    }
    guard isPlain, select.pointee.n_distinct_clause == 0, select.pointee.n_group_clause == 0,
      let first = targets.first, let selected = first.pointee.res_target.pointee.val
    else { return true }
    pg_query__node__free_unpacked(selected, nil)
    first.pointee.res_target.pointee.val = zero()
    for target in targets.dropFirst() { pg_query__node__free_unpacked(target, nil) }
    select.pointee.n_target_list = 1
    return true
  }

  /// `x IN (SELECT …)` becomes `x = ANY (ARRAY(SELECT …))`; rows have no arrays.
  private static func compareWithArray(
    _ node: Node, _ link: UnsafeMutablePointer<PgQuery__SubLink>, _ kind: PgQuery__AExprKind
  ) -> Bool {
    guard let compared = link.pointee.testexpr, compared.kind != PG_QUERY__NODE__NODE_ROW_EXPR,
      let array = make(PgQuery__Node.self, pg_query__node__init),
      let comparison = make(PgQuery__AExpr.self, pg_query__a__expr__init)
    else { return false }
    comparison.pointee.kind = kind
    comparison.pointee.lexpr = compared
    if link.pointee.n_oper_name > 0 {
      comparison.pointee.n_name = link.pointee.n_oper_name
      comparison.pointee.name = link.pointee.oper_name
    } else {
      comparison.pointee.n_name = 1
      comparison.pointee.name = listOfOne(word("="))
    }
    comparison.pointee.rexpr = array
    link.pointee.sub_link_type = PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK
    link.pointee.testexpr = nil
    link.pointee.n_oper_name = 0
    link.pointee.oper_name = nil
    array.pointee.node_case = PG_QUERY__NODE__NODE_SUB_LINK
    array.pointee.sub_link = link
    node.pointee.node_case = PG_QUERY__NODE__NODE_A_EXPR
    node.pointee.a_expr = comparison
    return true
  }

  // MARK: New nodes, which the tree's own allocator frees with the rest

  private static func make<Structure>(
    _ type: Structure.Type, _ initialize: (UnsafeMutablePointer<Structure>?) -> Void
  ) -> UnsafeMutablePointer<Structure>? {
    let structure = calloc(1, MemoryLayout<Structure>.size)?.assumingMemoryBound(to: type)
    initialize(structure)
    return structure
  }

  private static func zero() -> Node? {
    guard let node = make(PgQuery__Node.self, pg_query__node__init),
      let constant = make(PgQuery__AConst.self, pg_query__a__const__init),
      let integer = make(PgQuery__Integer.self, pg_query__integer__init)
    else { return nil }
    constant.pointee.val_case = PG_QUERY__A__CONST__VAL_IVAL
    constant.pointee.ival = integer
    node.pointee.node_case = PG_QUERY__NODE__NODE_A_CONST
    node.pointee.a_const = constant
    return node
  }

  private static func word(_ text: String) -> Node? {
    guard let node = make(PgQuery__Node.self, pg_query__node__init),
      let string = make(PgQuery__String.self, pg_query__string__init)
    else { return nil }
    string.pointee.sval = strdup(text)
    node.pointee.node_case = PG_QUERY__NODE__NODE_STRING
    node.pointee.string = string
    return node
  }

  private static func listOfOne(_ node: Node?) -> UnsafeMutablePointer<Node?>? {
    let list = calloc(1, MemoryLayout<Node?>.size)?.assumingMemoryBound(to: Node?.self)
    list?.pointee = node
    return list
  }
}
