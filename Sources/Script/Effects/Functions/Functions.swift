import CPgQuery
import Schema

extension EffectReader {
  /// `CREATE FUNCTION` and `CREATE PROCEDURE`.
  mutating func readCreateFunction(_ statement: PgQuery__CreateFunctionStmt, node: Node) {
    let name = newName(names(statement.n_funcname, statement.funcname))
    let parameters = list(statement.n_parameters, statement.parameters).map {
      $0.pointee.function_parameter.pointee
    }
    var needs: [ObjectIdentity] = []
    var inputs: [String] = []
    var required = 0
    var written: [String] = []
    var accepted: [RoutineProgram.Parameter] = []
    var outputs: [String] = []
    var isVariadic = false
    for parameter in parameters {
      guard let typeName = parameter.arg_type?.pointee else { continue }
      let reference = type(typeName)
      if let identity = reference.identity { needs.append(identity) }
      if typeName.pct_type != 0 { useType(ofColumn: names(typeName.n_names, typeName.names)) }
      var text = ""
      switch parameter.mode {
      case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT: text = "OUT "
      case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE: text = "TABLE "
      case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT: text = "INOUT "
      case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_VARIADIC: text = "VARIADIC "
      default: break
      }
      if let name = nonEmpty(parameter.name) { text += Identifier.quoted(name) + " " }
      text += reference.signature
      if let value = parameter.defexpr {
        text += " DEFAULT \(Deparser.expression(value))"
        let type = EnumeratedType(reference.identity, text: reference.signature, in: known)
        needs += useExpression(value, as: type).objects
      }
      if text.hasPrefix("OUT ") || text.hasPrefix("TABLE ") {
        outputs.append(text)
      } else {
        inputs.append(reference.signature)
        accepted.append(
          RoutineProgram.Parameter(
            name: nonEmpty(parameter.name), defaultExpression: parameter.defexpr.map(Deparser.expression)))
        isVariadic = isVariadic || text.hasPrefix("VARIADIC ")
        if parameter.defexpr == nil && !text.hasPrefix("VARIADIC ") { required += 1 }
      }
      written.append(text)
    }
    let kind: ObjectKind = statement.is_procedure != 0 ? .procedure : .function
    let function = ObjectIdentity(
      kind, schema: name.schema, name: name.name, signature: inputs.joined(separator: ", "))
    var result = statement.return_type.map { type($0.pointee) }
    if let identity = result?.identity { needs.append(identity) }
    if let returned = statement.return_type?.pointee, returned.pct_type != 0 {
      useType(ofColumn: names(returned.n_names, returned.names))
    }
    if outputs.contains(where: { $0.hasPrefix("TABLE ") }) {
      let columns = outputs.filter { $0.hasPrefix("TABLE ") }.map { String($0.dropFirst(6)) }
      result = TypeReference(text: "TABLE(\(columns.joined(separator: ", ")))", signature: "")
    } else if let reference = result, reference.isSet {
      result?.text = "SETOF \(reference.signature)"
    } else if let reference = result {
      result?.text = reference.signature
    }
    let traits = FunctionTraits(options(statement.n_options, statement.options))
    needs += readBody(
      of: statement, node: node, traits: traits, variables: Set(parameters.compactMap { nonEmpty($0.name) }))
    if let support = traits.support, let called = calledFunction(support, argumentCount: nil) {
      needs.append(called)
    }

    let detail = FunctionDetail(
      result: result?.text, language: traits.language, isSecurityDefiner: traits.isSecurityDefiner,
      settings: traits.settings, volatility: traits.volatility)
    create(
      function, when: statement.replace != 0 ? .orReplace : .always,
      definition: traits.definition(
        arguments: written, result: result?.text,
        body: traits.body.map(FunctionTraits.quoted) ?? statement.sql_body.map(Self.bodyText) ?? ""),
      detail: .function(detail), dependingOn: needs)
    let routine = KnownSchema.Routine(
      identity: function, acceptedCounts: required...(isVariadic ? 100 : max(required, inputs.count)),
      isVolatile: traits.volatility == "v", program: Self.program(node, traits, accepted))
    known.routines[name, default: []].removeAll { $0.identity == function }
    known.routines[name, default: []].append(routine)
  }

  private static func program(
    _ node: Node, _ traits: FunctionTraits, _ parameters: [RoutineProgram.Parameter]
  ) -> RoutineProgram? {
    guard let body = traits.body else { return nil }
    switch traits.language {
    case "plpgsql":
      return RoutineProgram(
        .procedural(Deparser.statement(node)), parameters: parameters, searchPath: traits.searchPath)
    case "sql": return RoutineProgram(.sql(body), parameters: parameters, searchPath: traits.searchPath)
    default: return nil
    }
  }

  /// A body in SQL: `RETURN expression` or the statements between `BEGIN ATOMIC` and `END`.
  private static func bodyText(_ body: Node) -> String {
    if body.kind == PG_QUERY__NODE__NODE_RETURN_STMT {
      return "RETURN " + (body.pointee.return_stmt.pointee.returnval.map(Deparser.expression) ?? "")
    }
    let statements = body.elements.flatMap(\.elements).map { statement in
      statement.kind == PG_QUERY__NODE__NODE_RETURN_STMT ? bodyText(statement) : Deparser.statement(statement)
    }
    return "BEGIN ATOMIC \(statements.joined(separator: "; ")) END"
  }

  /// `ALTER FUNCTION`, `ALTER PROCEDURE`, `ALTER ROUTINE`.
  mutating func readAlterFunction(_ statement: PgQuery__AlterFunctionStmt) {
    guard let target = statement.func?.pointee else { return }
    let function = routine(target, statement.objtype)
    use(function)
    let traits = FunctionTraits(options(statement.n_actions, statement.actions))
    alter(function, definition: traits.changes.joined(separator: " "))
  }
}

/// What the options of `CREATE FUNCTION` say, in whatever order they were written.
struct FunctionTraits {
  var language = "sql"
  var body: String?
  /// `i`, `s` or `v`.
  var volatility = "v"
  var isSecurityDefiner = false
  var isStrict = false
  var isLeakproof = false
  var parallel: String?
  var cost: String?
  var rows: String?
  var support: [String]?
  /// Settings for its calls, as `pg_proc.proconfig` has them (`search_path=public`).
  var settings: [String] = []
  /// The same as SQL (`SET search_path TO 'public'`).
  private var assignments: [String] = []
  /// The schemas that its own `SET search_path` names, if it has one.
  var searchPath: [String]?
  /// Each option as SQL, sorted: what `ALTER FUNCTION` changes.
  var changes: [String] = []

  init(_ options: [PgQuery__DefElem]) {
    for option in options {
      let value = option.arg
      switch option.name {
      case "language": language = value?.stringValue?.lowercased() ?? "sql"
      case "as":
        body = value?.elements.compactMap(\.stringValue).joined(separator: " ")
      case "volatility":
        volatility = String((value?.stringValue ?? "volatile").prefix(1))
        changes.append((value?.stringValue ?? "").uppercased())
      case "security":
        isSecurityDefiner = value?.booleanValue ?? false
        changes.append(isSecurityDefiner ? "SECURITY DEFINER" : "SECURITY INVOKER")
      case "strict":
        isStrict = value?.booleanValue ?? false
        changes.append(isStrict ? "STRICT" : "CALLED ON NULL INPUT")
      case "leakproof":
        isLeakproof = value?.booleanValue ?? false
        changes.append(isLeakproof ? "LEAKPROOF" : "NOT LEAKPROOF")
      case "parallel":
        parallel = value?.stringValue
        changes.append("PARALLEL \((parallel ?? "").uppercased())")
      case "cost": cost = value.map(Deparser.number)
      case "rows": rows = value.map(Deparser.number)
      case "support": support = value?.nameParts
      case "set":
        guard let value, value.kind == PG_QUERY__NODE__NODE_VARIABLE_SET_STMT else { continue }
        add(value.pointee.variable_set_stmt.pointee)
      default: break
      }
    }
    if let cost { changes.append("COST \(cost)") }
    if let rows { changes.append("ROWS \(rows)") }
    changes.sort()
  }

  /// A setting's value as a statement may have it: `public`, but `'5s'`.
  private static func word(_ value: String) -> String {
    KeyWords.needsQuotes(value) ? SQLLiteral.standard(value) : value
  }

  private mutating func add(_ setting: PgQuery__VariableSetStmt) {
    let name = string(setting.name)
    let values = SettingStatements.values(setting)
    guard setting.kind != PG_QUERY__VARIABLE_SET_KIND__VAR_RESET,
      setting.kind != PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL
    else {
      changes.append("RESET \(name.isEmpty ? "ALL" : name)")
      return
    }
    if name == "search_path" { searchPath = values }
    let text =
      setting.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT
      ? "FROM CURRENT" : values.map { $0.isEmpty ? "\"\"" : $0 }.joined(separator: ", ")
    settings.append("\(name)=\(text)")
    let isCurrent = setting.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT
    let assigned = isCurrent ? text : "TO " + values.map(SQLLiteral.standard).joined(separator: ", ")
    assignments.append("SET \(name) \(assigned)")
    changes.append("SET \(name) \(isCurrent ? text : "TO " + values.map(Self.word).joined(separator: ", "))")
  }

  /// The whole definition with the options in a fixed order, so that two spellings of it are equal.
  func definition(arguments: [String], result: String?, body: String) -> String {
    var parts = ["(\(arguments.joined(separator: ", ")))"]
    if let result { parts.append("RETURNS \(result)") }
    parts.append("LANGUAGE \(language)")
    if volatility != "v" { parts.append(volatility == "i" ? "IMMUTABLE" : "STABLE") }
    if isStrict { parts.append("STRICT") }
    if isSecurityDefiner { parts.append("SECURITY DEFINER") }
    if isLeakproof { parts.append("LEAKPROOF") }
    if let parallel, parallel != "unsafe" { parts.append("PARALLEL \(parallel.uppercased())") }
    if let cost { parts.append("COST \(cost)") }
    if let rows { parts.append("ROWS \(rows)") }
    parts += assignments.sorted()
    return (parts + [body]).joined(separator: " ")
  }

  /// The body as `AS` takes it, in dollar quotes whose tag does not come up in it.
  static func quoted(_ body: String) -> String {
    var tag = "$$"
    var number = 0
    while body.range(ofText: tag) != nil {
      number += 1
      tag = "$body\(number)$"
    }
    return "AS " + tag + body + tag
  }
}

extension Deparser {
  /// A number as it was written.
  static func number(_ node: Node) -> String {
    switch node.kind {
    case PG_QUERY__NODE__NODE_FLOAT: string(node.pointee.float_.pointee.fval)
    default: node.integerValue.map(String.init) ?? node.stringValue ?? expression(node)
    }
  }
}
