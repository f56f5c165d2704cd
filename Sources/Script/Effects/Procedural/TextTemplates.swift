import CPgQuery
import Schema

/// Texts that are put together when they run, with marks for the parts that are not known before.
extension ConstantEvaluation {
  /// The text of an expression as far as it is known; nil if none of it is.
  func template(of expression: String) -> String? {
    templates(ofOutputs: "SELECT " + expression).first ?? nil
  }

  /// The texts that a query gives out, as far as they are known, whatever it reads them from.
  func templates(ofOutputs query: String) -> [String?] {
    let read = SyntaxTree.withStatements(of: query) { statements -> [String?] in
      guard let node = statements.first, node.kind == PG_QUERY__NODE__NODE_SELECT_STMT else { return [] }
      let select = node.pointee.select_stmt.pointee
      return list(select.n_target_list, select.target_list).map { target in
        guard let text = target.pointee.res_target.pointee.val.map(template) else { return nil }
        return text.contains { !PossibleEffect.isUnknown($0) && $0 != " " } ? text : nil
      }
    }
    return (try? read.get()) ?? []
  }

  private func template(of node: Node) -> String {
    let unknown = String(PossibleEffect.unknownText)
    if case .text(let text)? = value(of: node) { return text }
    switch node.kind {
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return node.pointee.type_cast.pointee.arg.map(template) ?? unknown
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      let reference = node.pointee.column_ref.pointee
      return templates[names(reference.n_fields, reference.fields).joined(separator: ".")] ?? unknown
    case PG_QUERY__NODE__NODE_A_EXPR:
      let expression = node.pointee.a_expr.pointee
      guard names(expression.n_name, expression.name) == ["||"], let left = expression.lexpr,
        let right = expression.rexpr
      else { return unknown }
      return template(of: left) + template(of: right)
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return template(of: node.pointee.func_call.pointee) ?? unknown
    default:
      return unknown
    }
  }

  private func template(of call: PgQuery__FuncCall) -> String? {
    let arguments = list(call.n_args, call.args).map { template(of: $0) }
    guard let first = arguments.first else { return nil }
    switch names(call.n_funcname, call.funcname).last {
    case "format":
      return Self.format(first, arguments.dropFirst().map { .text($0) }).map(Self.markingNames)
    case "quote_ident":
      return Self.format("%I", [.text(first)]).map(Self.markingNames)
    case "quote_literal", "quote_nullable":
      return Self.format("%L", [.text(first)])
    case "concat":
      return arguments.joined()
    default:
      return nil
    }
  }

  /// A quoted name of which nothing is known is one name, and has no schema before it.
  private static func markingNames(_ text: String) -> String {
    let quoted = "\"\(PossibleEffect.unknownText)\""
    var answer = ""
    var rest = text[...]
    while let first = rest.first {
      if rest.hasPrefix(quoted) {
        answer += "\"\(PossibleEffect.unknownName)\""
        rest = rest.dropFirst(quoted.count)
      } else {
        answer.append(first)
        rest = rest.dropFirst()
      }
    }
    return answer
  }
}
