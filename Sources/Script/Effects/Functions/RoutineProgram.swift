import CPgQuery
import Schema

/// What a function or procedure of the project does when it is called.
struct RoutineProgram: Sendable, Hashable {
  /// An argument that a call gives.
  struct Parameter: Sendable, Hashable {
    var name: String?
    /// The expression that stands in where a call leaves it out.
    var defaultExpression: String?
  }

  /// A body in a language that can be followed.
  enum Body: Sendable, Hashable {
    /// The whole `CREATE FUNCTION` statement, as the PL/pgSQL parser takes it.
    case procedural(String)
    /// The statements of a body in SQL.
    case sql(String)
  }

  var body: Body
  var parameters: [Parameter]
  /// The schemas that its own `SET search_path` names, if it has one.
  var searchPath: [String]?
  /// Whether a statement of the body makes, changes or drops objects, or may.
  var changesObjects: Bool
  /// The functions that the body calls, by the parts of their names.
  var calls: Set<[String]>

  /// A program whose body was looked through before.
  init(
    _ body: Body, parameters: [Parameter], searchPath: [String]?, changesObjects: Bool, calls: Set<[String]>
  ) {
    self.body = body
    self.parameters = parameters
    self.searchPath = searchPath
    self.changesObjects = changesObjects
    self.calls = calls
  }

  init(_ body: Body, parameters: [Parameter], searchPath: [String]?) {
    self.body = body
    self.parameters = parameters
    self.searchPath = searchPath
    var survey = BodySurvey()
    switch body {
    case .procedural(let definition):
      if let block = ProceduralBlock.parse(definition) { survey.visit(block) }
    case .sql(let text):
      survey.visit(text)
    }
    changesObjects = survey.changesObjects
    calls = survey.calls
  }
}

/// Looks through a body for what it may do to objects.
struct BodySurvey {
  private(set) var changesObjects = false
  private(set) var calls: Set<[String]> = []

  /// Looks through a PL/pgSQL block.
  mutating func visit(_ block: ProceduralBlock) {
    for query in block.embeddedQueries { visit(query.statementText) }
    visit(block.body)
  }

  /// Looks through the statements of a text.
  mutating func visit(_ text: String) {
    // What does not parse is an expression of another kind, which does nothing to objects.
    _ = SyntaxTree.withStatements(of: text) { statements in
      for statement in statements {
        if Self.changesObjects(statement) { changesObjects = true }
        calls.formUnion(Self.calls(in: statement).map { names($0.pointee.n_funcname, $0.pointee.funcname) })
      }
    }
  }

  private mutating func visit(_ statements: [ProceduralStatement]) {
    for statement in statements {
      switch statement {
      case .execute(let expression, _):
        if !DynamicText.onlyTouchesRows(expression) { changesObjects = true }
      case .block(let body, let handlers):
        visit(body + handlers.flatMap(\.body))
      case .conditional(let branches, let otherwise):
        visit(branches.flatMap(\.body) + otherwise)
      case .labelled(_, let statement): visit([statement])
      case .forEach(_, _, let body), .forQuery(_, _, let body), .forInteger(_, _, _, let body),
        .loop(_, _, let body):
        visit(body)
      case .sql, .assignment, .endOfTransaction, .exit, .leaveRound, .leaveLoop, .leaveLabelled,
        .raisesError,
        .nothing:
        break
      }
    }
  }

  /// Whether a statement is of a kind that makes, changes or drops objects that outlive the session.
  private static func changesObjects(_ node: Node) -> Bool {
    switch node.kind {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
      node.pointee.select_stmt.pointee.into_clause?.pointee.rel.map { !isTemporary($0.pointee) } ?? false
    case PG_QUERY__NODE__NODE_CREATE_STMT:
      node.pointee.create_stmt.pointee.relation.map { !isTemporary($0.pointee) } ?? true
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
      node.pointee.create_table_as_stmt.pointee.into?.pointee.rel.map { !isTemporary($0.pointee) } ?? true
    case PG_QUERY__NODE__NODE_INSERT_STMT, PG_QUERY__NODE__NODE_UPDATE_STMT, PG_QUERY__NODE__NODE_DELETE_STMT,
      PG_QUERY__NODE__NODE_MERGE_STMT, PG_QUERY__NODE__NODE_COPY_STMT, PG_QUERY__NODE__NODE_TRUNCATE_STMT,
      PG_QUERY__NODE__NODE_LOCK_STMT, PG_QUERY__NODE__NODE_CALL_STMT, PG_QUERY__NODE__NODE_EXPLAIN_STMT,
      PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT, PG_QUERY__NODE__NODE_FETCH_STMT,
      PG_QUERY__NODE__NODE_CLOSE_PORTAL_STMT, PG_QUERY__NODE__NODE_NOTIFY_STMT,
      PG_QUERY__NODE__NODE_LISTEN_STMT, PG_QUERY__NODE__NODE_UNLISTEN_STMT,
      PG_QUERY__NODE__NODE_VARIABLE_SHOW_STMT, PG_QUERY__NODE__NODE_VARIABLE_SET_STMT,
      PG_QUERY__NODE__NODE_CONSTRAINTS_SET_STMT, PG_QUERY__NODE__NODE_TRANSACTION_STMT,
      PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT, PG_QUERY__NODE__NODE_VACUUM_STMT,
      PG_QUERY__NODE__NODE_REINDEX_STMT, PG_QUERY__NODE__NODE_RETURN_STMT:
      false
    default: true
    }
  }

  private static func isTemporary(_ range: PgQuery__RangeVar) -> Bool {
    string(range.relpersistence) == "t" || string(range.schemaname) == SearchPath.temporarySchema
  }

  /// The calls of functions anywhere in a tree, in its order.
  static func calls(in node: Node) -> [UnsafeMutablePointer<PgQuery__FuncCall>] {
    var found: [UnsafeMutablePointer<PgQuery__FuncCall>] = []
    SyntaxReflection.walk(message(node)) { any in
      if any.typeName == "FuncCall" { found.append(any.cast(to: PgQuery__FuncCall.self)) }
      return true
    }
    return found
  }
}

/// A text that `EXECUTE` runs, as far as its constant beginning tells.
enum DynamicText {
  /// Whether a text that begins as this expression does reads and writes rows, and does nothing to objects.
  static func onlyTouchesRows(_ expression: String) -> Bool {
    let read = SyntaxTree.withStatements(of: "SELECT " + expression) { statements -> String in
      guard let node = statements.first, node.kind == PG_QUERY__NODE__NODE_SELECT_STMT else { return "" }
      let select = node.pointee.select_stmt.pointee
      let target = list(select.n_target_list, select.target_list).first
      return target?.pointee.res_target.pointee.val.map(beginning) ?? ""
    }
    guard case .success(let text) = read else { return false }
    let folded = text.lowercased()
    let words = folded.split { !$0.isLetter && $0 != "_" }
    switch words.first {
    case "insert", "update", "delete", "merge", "truncate", "analyze", "lock", "notify", "copy", "refresh":
      return true
    case "select":
      // Only where the functions that it calls stand in its beginning, and come with the server.
      guard words.contains("from") else { return false }
      return folded.split(separator: "(").dropLast().allSatisfy { piece in
        let name = piece.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
        return name.isEmpty || BuiltInFunctions.contains(String(name.reversed()))
          || ["in", "from", "values", "exists", "and", "or", "not", "where", "any", "as"].contains(
            String(name.reversed()))
      }
    default:
      return false
    }
  }

  /// The constant beginning of a text that is put together.
  private static func beginning(_ node: Node) -> String {
    switch node.kind {
    case PG_QUERY__NODE__NODE_A_CONST: return node.stringValue ?? ""
    case PG_QUERY__NODE__NODE_A_EXPR: return node.pointee.a_expr.pointee.lexpr.map(beginning) ?? ""
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      let call = node.pointee.func_call.pointee
      guard ["format", "concat"].contains(names(call.n_funcname, call.funcname).last),
        let first = list(call.n_args, call.args).first
      else { return "" }
      return String(beginning(first).prefix { $0 != "%" })
    default: return ""
    }
  }
}
