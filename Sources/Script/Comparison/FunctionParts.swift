import CPgQuery
import Schema

/// Functions and procedures taken apart.
enum FunctionParts {
  static func parts(of statement: PgQuery__CreateFunctionStmt) -> [DefinitionPart]? {
    var parts: [DefinitionPart] = []
    let parameters = list(statement.n_parameters, statement.parameters).map {
      $0.pointee.function_parameter.pointee
    }
    var hasTable = false
    for (place, parameter) in parameters.enumerated() {
      // The server keeps no modifiers of arguments and results.
      guard let typeName = parameter.arg_type?.pointee,
        let type = TypeParts.text(of: typeName, withModifiers: false)
      else { return nil }
      let label = "argument \(place + 1)"
      if let name = nonEmpty(parameter.name) {
        parts.append(DefinitionPart("name of \(label)", .word(Identifier.quoted(name))))
      }
      parts.append(DefinitionPart("type of \(label)", .type(type)))
      let mode = mode(parameter.mode)
      hasTable = hasTable || mode == "TABLE"
      parts.append(DefinitionPart("mode of \(label)", .word(mode)))
      if let value = parameter.defexpr {
        parts.append(DefinitionPart("default of \(label)", .expression(Deparser.expression(value))))
      }
    }
    if let result = statement.return_type?.pointee, !hasTable {
      guard let type = TypeParts.text(of: result, withModifiers: false) else { return nil }
      parts.append(DefinitionPart("result", .type(type)))
      if result.setof != 0 { parts.append(DefinitionPart("rows of the result", .word("SETOF"))) }
    }
    let settings = options(statement.n_options, statement.options)
    parts += traits(settings).filter { !Self.defaults.contains($0) }
    if let language = settings.first(where: { $0.name == "language" })?.arg?.stringValue {
      parts.append(DefinitionPart("language", .word(language.lowercased())))
    } else {
      parts.append(DefinitionPart("language", .word("sql")))
    }
    if let body = settings.first(where: { $0.name == "as" })?.arg {
      let text = body.elements.compactMap(\.stringValue).joined(separator: " ")
      parts.append(DefinitionPart("body", .word(withoutCarriageReturns(text))))
    }
    if let body = statement.sql_body { parts += bodyInSQL(body) }
    return parts
  }

  /// The body of `BEGIN ATOMIC` statement by statement, or the expression behind `RETURN`.
  ///
  /// A body with a statement that does more than can be compared is its tree, in which the server's own text is hardly ever
  /// the same.
  private static func bodyInSQL(_ body: Node) -> [DefinitionPart] {
    if body.kind == PG_QUERY__NODE__NODE_RETURN_STMT, let value = body.pointee.return_stmt.pointee.returnval {
      return [DefinitionPart("returned value", .expression(Deparser.expression(value)))]
    }
    var parts: [DefinitionPart] = []
    for (place, statement) in body.elements.flatMap(\.elements).enumerated() {
      guard let taken = ActionParts.parts(of: statement, "statement \(place + 1) of the body") else {
        return [DefinitionPart("body", .query(TreeForm.of(body)))]
      }
      parts += taken
    }
    return parts
  }

  /// What the options say that `ALTER FUNCTION` can change, too.
  static func traits(_ options: [PgQuery__DefElem]) -> [DefinitionPart] {
    var parts: [DefinitionPart] = []
    for option in options {
      let value = option.arg
      switch option.name {
      case "volatility":
        parts.append(DefinitionPart("volatility", .word((value?.stringValue ?? "volatile").uppercased())))
      case "security":
        let isDefiner = value?.booleanValue ?? false
        parts.append(DefinitionPart("security", .word(isDefiner ? "DEFINER" : "INVOKER")))
      case "strict":
        let isStrict = value?.booleanValue ?? false
        parts.append(DefinitionPart("on NULL", .word(isStrict ? "STRICT" : "CALLED")))
      case "leakproof":
        parts.append(DefinitionPart("leakproof", .word(value?.booleanValue ?? false ? "yes" : "no")))
      case "parallel":
        parts.append(DefinitionPart("parallel", .word((value?.stringValue ?? "unsafe").uppercased())))
      case "cost", "rows":
        parts.append(DefinitionPart(option.name, .word(value.map(Deparser.number) ?? "")))
      case "support":
        parts.append(DefinitionPart("support", .name(value?.nameParts.joined(separator: ".") ?? "")))
      case "set":
        guard let value, value.kind == PG_QUERY__NODE__NODE_VARIABLE_SET_STMT else { continue }
        parts.append(setting(value.pointee.variable_set_stmt.pointee))
      default: break
      }
    }
    return parts
  }

  /// The part of a setting; one that is reset has an empty name for a value, and `RESET ALL` names none.
  private static func setting(_ statement: PgQuery__VariableSetStmt) -> DefinitionPart {
    let name = string(statement.name).lowercased()
    switch statement.kind {
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET, PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT:
      return DefinitionPart("setting \(name)", .name(""))
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL:
      return DefinitionPart("setting", .name(""))
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT:
      return DefinitionPart("setting \(name)", .expression("FROM CURRENT"))
    default:
      let values = SettingStatements.values(statement)
      return DefinitionPart("setting \(name)", .word(values.joined(separator: ", ")))
    }
  }

  /// What need not be said.
  private static let defaults: Set<DefinitionPart> = [
    DefinitionPart("volatility", .word("VOLATILE")), DefinitionPart("security", .word("INVOKER")),
    DefinitionPart("on NULL", .word("CALLED")), DefinitionPart("leakproof", .word("no")),
    DefinitionPart("parallel", .word("UNSAFE")),
  ]

  private static func mode(_ mode: PgQuery__FunctionParameterMode) -> String {
    switch mode {
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT: "OUT"
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT: "INOUT"
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_VARIADIC: "VARIADIC"
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE: "TABLE"
    default: "IN"
    }
  }

  /// Line ends folded to LF: tools differ in whether they send a file's CRLF as it is.
  private static func withoutCarriageReturns(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte == 0x0A, bytes.last == 0x0D { bytes.removeLast() }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
