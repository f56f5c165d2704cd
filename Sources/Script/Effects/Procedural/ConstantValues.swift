import CPgQuery
import Schema

/// What is known of the value of a PL/pgSQL expression before it runs.
enum ConstantValue: Hashable {
  case text(String)
  case list([String])
  /// NULL.
  case null
}

/// Computes PL/pgSQL expressions whose parts are all constant.
struct ConstantEvaluation {
  /// The variables whose values are known; fields of records under `record.field`.
  var variables: [String: ConstantValue] = [:]
  /// The rows of `pg_event_trigger_ddl_commands()` in the function of an event trigger.
  var commands: [DefinitionCommand]?
  /// The rows of `pg_policies`, as far as they are known.
  var policies: [[String: ConstantValue]]?
  /// What is known of the row of a catalog of which conditions ask, by its columns' names.
  var row: [String: ConstantValue] = [:]
  /// The variables that hold a text of which only parts are known.
  var templates: [String: String] = [:]

  /// The value of an expression, or nil if it is not constant.
  func value(of expression: String) -> ConstantValue? {
    let read = SyntaxTree.withStatements(of: "SELECT " + expression) { statements -> ConstantValue? in
      guard let target = Self.targets(statements).first else { return nil }
      return target.value.flatMap { value(of: $0) }
    }
    return (try? read.get()) ?? nil
  }

  /// Whether a condition over constants holds; nil if it is not constant.
  func truth(of condition: String) -> Bool? {
    let read = SyntaxTree.withStatements(of: "SELECT " + condition) { statements -> Bool? in
      guard let target = Self.targets(statements).first else { return nil }
      return target.value.flatMap { truth(of: $0) }
    }
    return (try? read.get()) ?? nil
  }

  func truth(of node: Node) -> Bool? {
    switch node.kind {
    case PG_QUERY__NODE__NODE_A_CONST:
      return node.booleanValue
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
      let expression = node.pointee.bool_expr.pointee
      let parts = list(expression.n_args, expression.args).map { truth(of: $0) }
      switch expression.boolop {
      case PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR: return parts.first.flatMap { $0.map { !$0 } }
      case PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR:
        return parts.contains(false) ? false : parts.contains(nil) ? nil : true
      default:
        return parts.contains(true) ? true : parts.contains(nil) ? nil : false
      }
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      return text(of: node).flatMap { ["t": true, "true": true, "f": false, "false": false][$0] }
    case PG_QUERY__NODE__NODE_NULL_TEST:
      let test = node.pointee.null_test.pointee
      guard let value = test.arg.flatMap({ value(of: $0) }) else { return nil }
      return (value == .null) == (test.nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL)
    case PG_QUERY__NODE__NODE_A_EXPR:
      let expression = node.pointee.a_expr.pointee
      guard let left = expression.lexpr.flatMap({ text(of: $0) }), let right = expression.rexpr else {
        return nil
      }
      let comparison = names(expression.n_name, expression.name).last ?? ""
      let isEqual = comparison == "="
      switch expression.kind {
      case PG_QUERY__A__EXPR__KIND__AEXPR_OP where ["<", "<=", ">", ">="].contains(comparison):
        // Numbers alone: how texts are sorted hangs on the database.
        guard let left = Int(left), let right = right.integerValue else { return nil }
        return (comparison.first == "<" ? left < right : left > right)
          || (comparison.count == 2 && left == right)
      case PG_QUERY__A__EXPR__KIND__AEXPR_OP
      where ["=", "<>"].contains(comparison):
        return text(of: right).map { ($0 == left) == isEqual }
      case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY where isEqual:
        guard case .list(let options)? = value(of: right) else { return nil }
        return options.contains(left)
      case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        let options = right.elements.map { text(of: $0) }
        if options.contains(left) { return isEqual }
        return options.contains(nil) ? nil : !isEqual
      case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
        return text(of: right).map { pattern in
          Self.matches(left[...], pattern[...]) == (names(expression.n_name, expression.name).last == "~~")
        }
      default: return nil
      }
    default:
      return nil
    }
  }

  /// Whether a text is like a pattern of `LIKE`.
  private static func matches(_ text: Substring, _ pattern: Substring) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    switch first {
    case "%": return text.indices.contains { matches(text[$0...], rest) } || matches("", rest)
    case "_": return !text.isEmpty && matches(text.dropFirst(), rest)
    case "\\": return text.first == rest.first && matches(text.dropFirst(), rest.dropFirst())
    default: return text.first == first && matches(text.dropFirst(), rest)
    }
  }

  /// The elements of an array expression; a text is read as an array literal (`'{a,b}'`).
  func items(of expression: String) -> [String]? {
    switch value(of: expression) {
    case .list(let items): items
    case .text(let literal): Self.arrayLiteral(literal)
    case .null, nil: nil
    }
  }

  private static func targets(_ statements: [Node]) -> [(name: String?, value: Node?)] {
    guard statements.count == 1, let node = statements.first, node.kind == PG_QUERY__NODE__NODE_SELECT_STMT
    else {
      return []
    }
    let select = node.pointee.select_stmt.pointee
    guard select.n_from_clause == 0, select.where_clause == nil else { return [] }
    return list(select.n_target_list, select.target_list).map {
      (nonEmpty($0.pointee.res_target.pointee.name), $0.pointee.res_target.pointee.val)
    }
  }

  // MARK: Expressions

  /// The value of an expression's tree, or nil if it is not constant.
  func value(of node: Node) -> ConstantValue? {
    switch node.kind {
    case PG_QUERY__NODE__NODE_A_CONST:
      return constant(node)
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return cast(node.pointee.type_cast.pointee)
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
      let elements = list(
        node.pointee.a_array_expr.pointee.n_elements, node.pointee.a_array_expr.pointee.elements)
      let texts = elements.compactMap { text(of: $0) }
      return texts.count == elements.count ? .list(texts) : nil
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      let reference = node.pointee.column_ref.pointee
      let parts = names(reference.n_fields, reference.fields)
      guard parts.count == list(reference.n_fields, reference.fields).count else { return nil }
      return variables[parts.joined(separator: ".")] ?? parts.last.flatMap { row[$0] }
    case PG_QUERY__NODE__NODE_PARAM_REF:
      return variables["$\(node.pointee.param_ref.pointee.number)"]
    case PG_QUERY__NODE__NODE_A_EXPR:
      return concatenation(node.pointee.a_expr.pointee)
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return call(node.pointee.func_call.pointee)
    default:
      return nil
    }
  }

  /// The value of an expression's tree as one text.
  private func text(of node: Node) -> String? {
    if case .text(let text)? = value(of: node) { return text }
    return nil
  }

  private func constant(_ node: Node) -> ConstantValue? {
    if node.isNullConstant { return .null }
    if let text = node.stringValue { return .text(text) }
    if let number = node.integerValue { return .text(String(number)) }
    let constant = node.pointee.a_const.pointee
    switch constant.val_case {
    case PG_QUERY__A__CONST__VAL_FVAL: return .text(string(constant.fval.pointee.fval))
    case PG_QUERY__A__CONST__VAL_BOOLVAL: return .text(constant.boolval.pointee.boolval != 0 ? "t" : "f")
    default: return nil
    }
  }

  private func cast(_ cast: PgQuery__TypeCast) -> ConstantValue? {
    guard let argument = cast.arg, let value = value(of: argument), let type = cast.type_name?.pointee else {
      return nil
    }
    let name = names(type.n_names, type.names).last ?? ""
    if type.n_array_bounds > 0 {
      if case .text(let literal) = value { return Self.arrayLiteral(literal).map { .list($0) } }
      return value
    }
    // Only casts that leave the text as it is.
    let plain: Set<String> = ["text", "varchar", "name", "bpchar", "unknown"]
    if name == "regtype", case .text(let type) = value { return Self.builtInType(type).map { .text($0) } }
    return plain.contains(name) ? value : nil
  }

  /// A type that every server has, as `regtype` writes it.
  private static func builtInType(_ name: String) -> String? {
    let spelling = TypeSpelling.canonical(name)
    let element = spelling.hasSuffix("[]") ? String(spelling.dropLast(2)) : spelling
    return BuiltInTypes.internalName(element).map { _ in spelling }
  }

  /// The elements of `{a,b}`; nil for nested or quoted ones.
  private static func arrayLiteral(_ text: String) -> [String]? {
    guard text.hasPrefix("{"), text.hasSuffix("}"), !text.contains("\""), !text.dropFirst().contains("{")
    else {
      return nil
    }
    let inside = text.dropFirst().dropLast()
    return inside.isEmpty ? [] : inside.split(separator: ",").map { String($0.drop { $0 == " " }) }
  }

  private func concatenation(_ expression: PgQuery__AExpr) -> ConstantValue? {
    guard names(expression.n_name, expression.name) == ["||"], let left = expression.lexpr,
      let right = expression.rexpr, let before = value(of: left), let after = value(of: right)
    else { return nil }
    switch (before, after) {
    case (.text(let first), .text(let second)): return .text(first + second)
    case (.list(let first), .list(let second)): return .list(first + second)
    case (.list(let first), .text(let second)): return .list(first + [second])
    case (.text(let first), .list(let second)): return .list([first] + second)
    case (.null, _), (_, .null): return .null
    }
  }

  private func call(_ call: PgQuery__FuncCall) -> ConstantValue? {
    let arguments = list(call.n_args, call.args)
    let values = arguments.compactMap { value(of: $0) }
    guard values.count == arguments.count, let name = names(call.n_funcname, call.funcname).last else {
      return nil
    }
    let texts = values.map { value -> String? in
      if case .text(let text) = value { return text }
      return nil
    }
    switch (name, texts.first ?? nil) {
    case ("format", let pattern?):
      return Self.format(pattern, Array(values.dropFirst())).map { .text($0) }
    case ("quote_ident", let text?) where values.count == 1:
      return .text(Self.quotedIdentifier(text))
    case ("quote_literal", let text?) where values.count == 1:
      return .text(SQLLiteral.standard(text))
    case ("lower", let text?): return .text(text.lowercased())
    case ("upper", let text?): return .text(text.uppercased())
    case ("concat", _):
      return .text(texts.compactMap { $0 }.joined())
    case ("replace", let text?):
      guard texts.count == 3, let old = texts[1], let new = texts[2], !old.isEmpty else { return nil }
      return .text(Self.replacing(old, in: text, with: new))
    case ("string_to_array", let text?):
      guard texts.count == 2, let separator = texts[1], let character = separator.first, separator.count == 1
      else {
        return nil
      }
      return .list(text.split(separator: character, omittingEmptySubsequences: false).map(String.init))
    default:
      return nil
    }
  }

  private static func replacing(_ old: String, in text: String, with new: String) -> String {
    var rest = text[...]
    var answer = ""
    while !rest.isEmpty {
      if rest.hasPrefix(old) {
        answer += new
        rest = rest.dropFirst(old.count)
      } else if let first = rest.popFirst() {
        answer.append(first)
      }
    }
    return answer
  }

  /// A name as `%I` writes it: without quotes where it needs none, since what follows may belong to the same name
  /// (`%I_owner_idx`).
  private static func quotedIdentifier(_ name: String) -> String {
    KeyWords.quoted(name)
  }

  /// PostgreSQL's `format()`: `%s`, `%I`, `%L`, with positions (`%1$I`); nil where a width or a NULL comes in.
  static func format(_ pattern: String, _ arguments: [ConstantValue]) -> String? {
    var answer = ""
    var rest = pattern[...]
    var next = 0
    while let character = rest.popFirst() {
      guard character == "%" else {
        answer.append(character)
        continue
      }
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      if !digits.isEmpty {
        guard let position = Int(digits), position > 0, rest.dropFirst(digits.count).first == "$" else {
          return nil
        }
        next = position - 1
        rest = rest.dropFirst(digits.count + 1)
      }
      guard let specifier = rest.popFirst() else { return nil }
      if specifier == "%" {
        answer.append("%")
        continue
      }
      guard next < arguments.count else { return nil }
      let argument = arguments[next]
      next += 1
      switch (specifier, argument) {
      case ("s", .text(let text)): answer += text
      case ("s", .null): break
      case ("I", .text(let text)): answer += quotedIdentifier(text)
      case ("L", .text(let text)): answer += SQLLiteral.standard(text)
      case ("L", .null): answer += "NULL"
      default: return nil
      }
    }
    return answer
  }
}
