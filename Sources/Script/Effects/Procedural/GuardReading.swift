import CPgQuery

/// Takes the conditions of a block apart into questions.
struct GuardReading {
  /// What is constant where the condition stands.
  let evaluation: ConstantEvaluation
  /// The variables that hold the answers to earlier questions.
  let answers: [String: GuardQuestion]
  /// All variables of the block.
  let variables: Set<String>

  /// The questions of a condition, all of which must be answered with yes.
  func questions(of condition: String) -> [GuardQuestion] {
    let whole = question(of: condition)
    // "Neither a nor b is there" is asked before both are made; any other chain is taken apart.
    guard whole.asked != .notExists else { return [whole] }
    let parts = parts(of: condition)
    return parts.count > 1 ? parts : [whole]
  }

  /// A condition as one question.
  func question(of condition: String) -> GuardQuestion {
    question(CatalogGuard.classify(condition, variables: answers.mapValues(\.asked)), "SELECT " + condition)
  }

  /// A question that a statement asks.
  func question(_ asked: CatalogGuard, _ statement: String) -> GuardQuestion {
    GuardQuestion(
      asked, names: names(inStatement: statement), looksForParts: looksForParts(statement))
  }

  private static let catalogsOfParts: Set<String> = [
    "columns", "pg_attribute", "table_constraints", "key_column_usage", "constraint_column_usage",
    "referential_constraints", "check_constraints", "pg_constraint", "pg_index", "pg_indexes", "pg_policy",
    "pg_policies", "triggers", "pg_trigger",
  ]

  private func looksForParts(_ statement: String) -> Bool {
    let read = SyntaxTree.withStatements(of: statement) { statements -> Bool in
      var isFound = false
      for statement in statements {
        SyntaxReflection.walk(message(statement)) { any in
          switch MessageKind(any) {
          case .rangeVariable:
            let name = string(any.cast(to: PgQuery__RangeVar.self).pointee.relname)
            isFound = isFound || Self.catalogsOfParts.contains(name)
          case .node:
            let node = any.cast(to: PgQuery__Node.self)
            if node.kind == PG_QUERY__NODE__NODE_COLUMN_REF, let name = node.columnParts.first {
              isFound = isFound || answers[name]?.looksForParts == true
            }
          default: break
          }
          return !isFound
        }
      }
      return isFound
    }
    return (try? read.get()) ?? false
  }

  /// The texts of a statement that may name objects; nil if one of them is not known.
  func names(inStatement statement: String) -> [String]? {
    let read = SyntaxTree.withStatements(of: statement) { statements -> [String]? in
      var found: [String]? = []
      for node in statements { collect(node, into: &found) }
      return found
    }
    return (try? read.get()) ?? nil
  }

  private func parts(of condition: String) -> [GuardQuestion] {
    let read = SyntaxTree.withStatements(of: "SELECT " + condition) { statements -> [GuardQuestion] in
      guard let node = statements.first, node.kind == PG_QUERY__NODE__NODE_SELECT_STMT,
        let target = list(
          node.pointee.select_stmt.pointee.n_target_list, node.pointee.select_stmt.pointee.target_list
        ).first,
        let value = target.pointee.res_target.pointee.val
      else { return [] }
      return conjuncts(of: value)
        // What constants decide asks nothing.
        .filter { evaluation.truth(of: $0) != true }
        .map { question(of: Deparser.expression($0)) }
    }
    return (try? read.get()) ?? []
  }

  private func conjuncts(of node: Node) -> [Node] {
    guard node.kind == PG_QUERY__NODE__NODE_BOOL_EXPR else { return [node] }
    let expression = node.pointee.bool_expr.pointee
    guard expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR else { return [node] }
    return list(expression.n_args, expression.args).flatMap { conjuncts(of: $0) }
  }

  private func collect(_ node: Node, into found: inout [String]?) {
    var names = found
    SyntaxReflection.walk(message(node)) { any in
      guard MessageKind(any) == .node else { return true }
      let inner = any.cast(to: PgQuery__Node.self)
      switch inner.kind {
      case PG_QUERY__NODE__NODE_A_CONST:
        if let text = inner.stringValue { names?.append(text) }
        return false
      case PG_QUERY__NODE__NODE_A_EXPR, PG_QUERY__NODE__NODE_FUNC_CALL, PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return !append(evaluation.value(of: inner), to: &names)
      case PG_QUERY__NODE__NODE_COLUMN_REF:
        if append(evaluation.value(of: inner), to: &names) { return false }
        let parts = inner.columnParts
        guard let first = parts.first, variables.contains(first) else { return false }
        if parts.count == 1, let answer = answers[first] {
          names = answer.names.flatMap { more in names.map { $0 + more } }
        } else {
          names = nil
        }
        return false
      default:
        return true
      }
    }
    found = names
  }

  /// Takes in a constant value; false if there is none.
  private func append(_ value: ConstantValue?, to names: inout [String]?) -> Bool {
    switch value {
    case .text(let text): names?.append(text)
    case .list(let texts): names?.append(contentsOf: texts)
    case .null: break
    case nil: return false
    }
    return true
  }
}

extension Node {
  /// The parts of the name of a column or a variable; none for anything else.
  fileprivate var columnParts: [String] {
    guard kind == PG_QUERY__NODE__NODE_COLUMN_REF else { return [] }
    let reference = pointee.column_ref.pointee
    return list(reference.n_fields, reference.fields).compactMap(\.stringValue)
  }
}
