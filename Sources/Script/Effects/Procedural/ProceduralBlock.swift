import CPgQuery
import JSON

/// A PL/pgSQL function or `DO` block, as libpg_query's PL/pgSQL parser reads it.
struct ProceduralBlock {
  /// A statement that reads or runs SQL.
  struct Query {
    /// The text, as a statement that the SQL parser reads.
    var statementText: String
  }

  /// The statements of the outermost block.
  var body: [ProceduralStatement]
  /// Initial values of variables, as expressions.
  var defaults: [(name: String, expression: String)]
  /// Everything that is a variable, an argument or a loop variable.
  var variableNames: Set<String>
  /// The types of its variables, as they are written: `app.mood[]`, `invoices%ROWTYPE`, `invoices.total%TYPE`.
  var declaredTypes: [String]
  /// The SQL anywhere in it.
  var embeddedQueries: [Query]

  /// Two hundred blocks in each other, three levels of JSON each; what is deeper stays unread, as code that cannot be known.
  private static let maximumDepth = 600

  /// What libpg_query writes for an argument's type, and for one of PL/pgSQL's own.
  private static let unknownType = "UNKNOWN"

  /// Parses a whole `CREATE FUNCTION` or `DO` statement; nil if it is not valid PL/pgSQL.
  static func parse(_ definition: String) -> ProceduralBlock? {
    let result = pg_query_parse_plpgsql(definition)
    defer { pg_query_free_plpgsql_parse_result(result) }
    guard result.error == nil,
      let json = JSONReader.read(Array(string(result.plpgsql_funcs).utf8), maximumDepth: maximumDepth),
      let function = json.elements?.first?["PLpgSQL_function"], let action = function["action"]
    else { return nil }
    let datums = (function["datums"]?.elements ?? []).map { $0.variant?.value["refname"]?.stringValue ?? "" }
    var block = ProceduralBlock(
      body: [ProceduralStatement(action, datums: datums)], defaults: [],
      variableNames: ["new", "old", "found", "sqlstate", "sqlerrm"], declaredTypes: [],
      embeddedQueries: [])
    for datum in function["datums"]?.elements ?? [] {
      guard let (kind, value) = datum.variant else { continue }
      if let name = value["refname"]?.stringValue {
        block.variableNames.insert(name)
        if let type = value["datatype"]?["PLpgSQL_type"]?["typname"]?.stringValue, type != unknownType {
          block.declaredTypes.append(type)
        }
        if let expression = value["default_val"]?["PLpgSQL_expr"]?["query"]?.stringValue {
          block.defaults.append((name, expression))
        }
      }
      if kind == "PLpgSQL_row" {
        for field in value["fields"]?.elements ?? [] {
          if let name = field["name"]?.stringValue { block.variableNames.insert(name) }
        }
      }
    }
    collect(function, into: &block.embeddedQueries)
    return block
  }

  private static func collect(_ value: JSONValue, into queries: inout [Query]) {
    switch value {
    case .object(let members):
      for member in members {
        if member.name == "PLpgSQL_expr", let text = member.value["query"]?.stringValue {
          queries.append(Query(statementText: ProceduralStatement.statement(from: text)))
        } else {
          collect(member.value, into: &queries)
        }
      }
    case .array(let values):
      for value in values { collect(value, into: &queries) }
    case .string, .integer, .number, .boolean, .null:
      break
    }
  }
}

/// One statement of PL/pgSQL, as far as effects need it.
indirect enum ProceduralStatement {
  /// A block with its exception handlers.
  case block(body: [ProceduralStatement], handlers: [Handler])
  /// `IF` and `CASE`: conditions with their statements, and what happens otherwise.
  case conditional(
    branches: [(condition: String, body: [ProceduralStatement])], otherwise: [ProceduralStatement])
  /// An SQL statement (also `PERFORM` and `CALL`), and the variables that it fills.
  case sql(String, into: [String])
  /// `EXECUTE`: the expression that gives the text, and the variables that it fills.
  case execute(String, into: [String])
  case assignment(variable: String, expression: String)
  case forEach(variable: String, array: String, body: [ProceduralStatement])
  case forQuery(variables: [String], query: String, body: [ProceduralStatement])
  case forInteger(variable: String, lower: String, upper: String, body: [ProceduralStatement])
  /// A loop whose rounds cannot be counted beforehand; the text says over what it goes.
  case loop(over: String, variables: [String], body: [ProceduralStatement])
  case endOfTransaction
  /// `RETURN`, with the expression that it returns, which may be empty.
  case exit(String)
  /// `CONTINUE`: the rest of a loop's round is left out.
  case leaveRound
  /// `EXIT`: the loop around has no more rounds.
  case leaveLoop
  /// `EXIT` (or else `CONTINUE`) of a loop or block by its label.
  case leaveLabelled(String, isExit: Bool)
  /// A loop or block with a label.
  case labelled(String, ProceduralStatement)
  case raisesError
  /// Anything that does nothing to objects.
  case nothing

  /// What happens when the block fails in some way.
  struct Handler {
    /// The names of the conditions (`duplicate_object`, `others`).
    var conditions: [String]
    var body: [ProceduralStatement]
  }

  /// Reads a statement from libpg_query's JSON; `datums` are the names of the variables by their numbers.
  init(_ json: JSONValue, datums: [String]) {
    guard let (kind, value) = json.variant else {
      self = .nothing
      return
    }
    self.init(kind, value, datums: datums)
    if kind != "PLpgSQL_stmt_exit", let label = value["label"]?.stringValue { self = .labelled(label, self) }
  }

  private init(_ kind: String, _ value: JSONValue, datums: [String]) {
    func list(_ value: JSONValue?) -> [ProceduralStatement] {
      (value?.elements ?? []).map { ProceduralStatement($0, datums: datums) }
    }
    func datum(_ number: JSONValue?) -> String {
      guard let index = number?.integerValue.map({ Int($0) }), datums.indices.contains(index) else {
        return ""
      }
      return datums[index]
    }
    let body = list(value["body"])
    switch kind {
    case "PLpgSQL_stmt_block":
      let handlers = (value["exceptions"]?["PLpgSQL_exception_block"]?["exc_list"]?.elements ?? []).map {
        entry in
        let handler = entry["PLpgSQL_exception"]
        return Handler(
          conditions: (handler?["conditions"]?.elements ?? []).compactMap {
            $0["PLpgSQL_condition"]?["condname"]?.stringValue
          }, body: list(handler?["action"]))
      }
      self = .block(body: body, handlers: handlers)
    case "PLpgSQL_stmt_if":
      var branches = [(Self.query(value["cond"]), list(value["then_body"]))]
      for entry in value["elsif_list"]?.elements ?? [] {
        let branch = entry["PLpgSQL_if_elsif"]
        branches.append((Self.query(branch?["cond"]), list(branch?["stmts"])))
      }
      self = .conditional(
        branches: branches.map { (condition: $0.0, body: $0.1) }, otherwise: list(value["else_body"]))
    case "PLpgSQL_stmt_case":
      let branches = (value["case_when_list"]?.elements ?? []).map { entry in
        let branch = entry["PLpgSQL_case_when"]
        return (condition: Self.query(branch?["expr"]), body: list(branch?["stmts"]))
      }
      self = .conditional(branches: branches, otherwise: list(value["else_stmts"]))
    case "PLpgSQL_stmt_execsql":
      self = .sql(Self.query(value["sqlstmt"]), into: Self.variables(value["target"]))
    case "PLpgSQL_stmt_perform", "PLpgSQL_stmt_call":
      self = .sql(Self.query(value["expr"]), into: [])
    case "PLpgSQL_stmt_dynexecute":
      self = .execute(Self.query(value["query"]), into: Self.variables(value["target"]))
    case "PLpgSQL_stmt_assign":
      let (target, expression) = Self.assignment(Self.query(value["expr"]))
      // `r.x := 1` and `a[1] := 1` change a part of their variable.
      let variable = datum(value["varno"])
      self = .assignment(variable: variable, expression: target == variable ? expression : "")
    case "PLpgSQL_stmt_foreach_a":
      self = .forEach(variable: datum(value["varno"]), array: Self.query(value["expr"]), body: body)
    case "PLpgSQL_stmt_fors":
      self = .forQuery(variables: Self.variables(value["var"]), query: Self.query(value["query"]), body: body)
    case "PLpgSQL_stmt_fori":
      self = .forInteger(
        variable: value["var"]?["PLpgSQL_var"]?["refname"]?.stringValue ?? "",
        lower: Self.query(value["lower"]),
        upper: Self.query(value["upper"]), body: body)
    case "PLpgSQL_stmt_dynfors", "PLpgSQL_stmt_forc", "PLpgSQL_stmt_while", "PLpgSQL_stmt_loop":
      let over = Self.query(value["query"] ?? value["cond"])
      self = .loop(over: over, variables: Self.variables(value["var"]), body: body)
    case "PLpgSQL_stmt_commit", "PLpgSQL_stmt_rollback":
      self = .endOfTransaction
    case "PLpgSQL_stmt_return":
      self = .exit(Self.query(value["expr"]))
    case "PLpgSQL_stmt_exit":
      let isExit = value["is_exit"] == .boolean(true)
      let leaving: ProceduralStatement =
        value["label"]?.stringValue.map { .leaveLabelled($0, isExit: isExit) }
        ?? (isExit ? .leaveLoop : .leaveRound)
      let condition = Self.query(value["cond"])
      self =
        condition.isEmpty
        ? leaving : .conditional(branches: [(condition: condition, body: [leaving])], otherwise: [])
    case "PLpgSQL_stmt_raise":
      // 21 is ERROR in PostgreSQL 15's `utils/elog.h`.
      self = value["elog_level"]?.integerValue == 21 ? .raisesError : .nothing
    default:
      self = .nothing
    }
  }

  private static func query(_ value: JSONValue?) -> String {
    value?["PLpgSQL_expr"]?["query"]?.stringValue ?? ""
  }

  private static func variables(_ value: JSONValue?) -> [String] {
    guard let (kind, target) = value?.variant else { return [] }
    if kind == "PLpgSQL_row" {
      return (target["fields"]?.elements ?? []).compactMap { $0["name"]?.stringValue }
    }
    return target["refname"]?.stringValue.map { [$0] } ?? []
  }

  /// `v := expression` or `v = expression` in its two halves.
  private static func assignment(_ text: String) -> (variable: String, expression: String) {
    guard let equals = text.firstIndex(of: "=") else { return ("", text) }
    var target = text[..<equals]
    if target.last == ":" { target = target.dropLast() }
    let name = target.filter { $0 != " " && $0 != "\n" && $0 != "\t" }
    return (name.lowercased(), String(text[text.index(after: equals)...]))
  }

  /// The text as a statement: expressions get a `SELECT` before them.
  static func statement(from text: String) -> String {
    let first = text.drop { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "(" || $0 == "\r" }.prefix {
      $0.isLetter
    }
    .lowercased()
    let commands: Set<String> = [
      "select", "with", "insert", "update", "delete", "values", "merge", "call", "create", "alter", "drop",
      "grant",
      "revoke", "truncate", "comment", "set", "refresh", "lock", "copy", "notify", "reset", "analyze",
      "table", "do",
      "execute", "import", "reindex", "security", "discard", "listen", "unlisten", "show", "explain",
      "vacuum",
    ]
    if commands.contains(first) { return text }
    let (variable, expression) = assignment(text)
    let isAssignment = !variable.isEmpty && text.range(ofText: ":=") != nil
    return "SELECT " + (isAssignment ? expression : text)
  }
}

extension JSONValue {
  /// The only member of an object such as `{"PLpgSQL_stmt_if": {…}}`.
  fileprivate var variant: (name: String, value: JSONValue)? {
    guard case .object(let members) = self, let first = members.first else { return nil }
    return (first.name, first.value)
  }
}
