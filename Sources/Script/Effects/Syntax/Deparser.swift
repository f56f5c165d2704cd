import CPgQuery
import Glibc

/// Writes parse trees back as SQL in libpg_query's one spelling, so that two spellings of one thing become equal.
enum Deparser {
  /// The text of an expression.
  static func expression(_ node: Node) -> String {
    var target = PgQuery__ResTarget()
    pg_query__res_target__init(&target)
    target.val = node
    return withNode({ $0.res_target = $1 }, PG_QUERY__NODE__NODE_RES_TARGET, &target) { targetNode in
      var targets: UnsafeMutablePointer<PgQuery__Node>? = targetNode
      return withUnsafeMutablePointer(to: &targets) { self.targets(1, $0) }
    }
  }

  /// The text of what a query gives out, or of a `RETURNING` list.
  static func targets(_ count: Int, _ nodes: UnsafeMutablePointer<Node?>?) -> String {
    selection("SELECT ") {
      $0.n_target_list = count
      $0.target_list = nodes
    }
  }

  /// The text of what stands behind `FROM`.
  static func tables(_ count: Int, _ nodes: UnsafeMutablePointer<Node?>?) -> String {
    selection("SELECT FROM ") {
      $0.n_from_clause = count
      $0.from_clause = nodes
    }
  }

  /// The text of a `WITH` clause, empty if there is none; nil if a part of it changes rows.
  static func with(_ clause: UnsafeMutablePointer<PgQuery__WithClause>?) -> String? {
    guard let clause else { return "" }
    let queries = list(clause.pointee.n_ctes, clause.pointee.ctes)
    let areQueries = queries.allSatisfy {
      $0.pointee.common_table_expr?.pointee.ctequery?.kind == PG_QUERY__NODE__NODE_SELECT_STMT
    }
    guard areQueries else { return nil }
    let text = selection("") { $0.with_clause = clause }
    return text.hasSuffix("SELECT") ? String(text.dropLast("SELECT".count)) : nil
  }

  /// The text of a query without its beginning.
  private static func selection(_ beginning: String, _ fill: (inout PgQuery__SelectStmt) -> Void) -> String {
    var select = PgQuery__SelectStmt()
    pg_query__select_stmt__init(&select)
    fill(&select)
    select.limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT
    select.op = PG_QUERY__SET_OPERATION__SETOP_NONE
    return withNode({ $0.select_stmt = $1 }, PG_QUERY__NODE__NODE_SELECT_STMT, &select) { node in
      let text = statement(node)
      return text.hasPrefix(beginning) ? String(text.dropFirst(beginning.count)) : text
    }
  }

  /// The text of a statement; empty if the deparser cannot write it.
  static func statement(_ node: Node) -> String {
    let operands = LooseOperands.find(below: node)
    guard !operands.isEmpty else { return plainStatement(node) }
    // Each operand is written by itself, and stands in the text in the place of a name.
    let texts = operands.map(expression)
    var text = withStandIns(operands) { plainStatement(node) }
    for (number, operand) in texts.enumerated() {
      let name = standIn(number)
      let place = text.firstRange(of: "(\(name))") ?? text.firstRange(of: name)
      guard let place, !operand.isEmpty else { return "" }
      text.replaceSubrange(place, with: "(\(operand))")
    }
    return text
  }

  /// The name that stands for an operand; no longer one begins with it.
  private static func standIn(_ number: Int) -> String { "signalbox_operand_\(number)_" }

  /// Calls `body` while a reference to a column stands in the place of each node.
  private static func withStandIns(_ nodes: [Node], number: Int = 0, _ body: () -> String) -> String {
    guard number < nodes.count else { return body() }
    let place = nodes[number]
    let node = place.pointee
    defer { place.pointee = node }
    var word = PgQuery__String()
    pg_query__string__init(&word)
    return standIn(number).withCString { name in
      word.sval = UnsafeMutablePointer(mutating: name)
      return withNode({ $0.string = $1 }, PG_QUERY__NODE__NODE_STRING, &word) { wordNode in
        var words: UnsafeMutablePointer<PgQuery__Node>? = wordNode
        return withUnsafeMutablePointer(to: &words) { fields in
          var reference = PgQuery__ColumnRef()
          pg_query__column_ref__init(&reference)
          reference.n_fields = 1
          reference.fields = fields
          return withUnsafeMutablePointer(to: &reference) { pointer in
            place.pointee.node_case = PG_QUERY__NODE__NODE_COLUMN_REF
            place.pointee.column_ref = pointer
            return withStandIns(nodes, number: number + 1, body)
          }
        }
      }
    }
  }

  private static func plainStatement(_ node: Node) -> String {
    var raw = PgQuery__RawStmt()
    pg_query__raw_stmt__init(&raw)
    raw.stmt = node
    return withUnsafeMutablePointer(to: &raw) { rawPointer in
      var statements: UnsafeMutablePointer<PgQuery__RawStmt>? = rawPointer
      return withUnsafeMutablePointer(to: &statements) { statementList in
        var result = PgQuery__ParseResult()
        pg_query__parse_result__init(&result)
        result.version = PG_VERSION_NUM
        result.n_stmts = 1
        result.stmts = statementList
        return deparse(&result)
      }
    }
  }

  private static func deparse(_ result: inout PgQuery__ParseResult) -> String {
    var bytes = [UInt8](repeating: 0, count: pg_query__parse_result__get_packed_size(&result))
    _ = pg_query__parse_result__pack(&result, &bytes)
    return bytes.withUnsafeMutableBytes { buffer in
      let packed = PgQueryProtobuf(
        len: buffer.count, data: buffer.baseAddress?.assumingMemoryBound(to: CChar.self))
      let text = pg_query_deparse_protobuf(packed)
      defer { pg_query_free_deparse_result(text) }
      return text.error == nil ? string(text.query) : ""
    }
  }

  private static func withNode<Structure, Answer>(
    _ assign: (inout PgQuery__Node, UnsafeMutablePointer<Structure>) -> Void, _ kind: PgQuery__Node__NodeCase,
    _ structure: inout Structure, _ body: (Node) -> Answer
  ) -> Answer {
    withUnsafeMutablePointer(to: &structure) { pointer in
      var node = PgQuery__Node()
      pg_query__node__init(&node)
      node.node_case = kind
      assign(&node, pointer)
      return withUnsafeMutablePointer(to: &node) { body($0) }
    }
  }

  /// Replaces a string of the tree; the tree's own allocator frees it later.
  static func assign(_ field: inout UnsafeMutablePointer<CChar>?, _ text: String) {
    // An absent string is a static constant of protobuf-c, which must not be freed.
    if let old = field, old.pointee != 0 { free(old) }
    field = strdup(text)
  }
}
