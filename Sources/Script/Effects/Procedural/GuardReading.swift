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
    let read = SyntaxTree.withStatements(of: statement) { statements -> GuardQuestion in
      var question = GuardQuestion(asked, names: [])
      for node in statements { collect(node, into: &question) }
      return question
    }
    return (try? read.get()) ?? GuardQuestion(asked)
  }

  private static let catalogsOfParts: Set<String> = [
    "columns", "pg_attribute", "table_constraints", "key_column_usage", "constraint_column_usage",
    "referential_constraints", "check_constraints", "pg_constraint", "pg_index", "pg_indexes", "pg_policy",
    "pg_policies", "triggers", "pg_trigger",
  ]

  private func parts(of condition: String) -> [GuardQuestion] {
    let read = SyntaxTree.withStatements(of: "SELECT " + condition) { statements -> [GuardQuestion] in
      guard let node = statements.first, node.kind == PG_QUERY__NODE__NODE_SELECT_STMT,
        let target = list(
          node.pointee.select_stmt.pointee.n_target_list, node.pointee.select_stmt.pointee.target_list
        ).first,
        let value = target.pointee.res_target.pointee.val
      else { return [] }
      return ColumnTest.conjuncts(of: value)
        // What constants decide asks nothing.
        .filter { evaluation.truth(of: $0) != true }
        .map { question(of: Deparser.expression($0)) }
    }
    return (try? read.get()) ?? []
  }

  /// Takes in the texts that may name objects, and what is read; the names are not known where one of them is not.
  private func collect(_ node: Node, into question: inout GuardQuestion) {
    var found = question
    SyntaxReflection.walk(message(node)) { any in
      switch MessageKind(any) {
      case .rangeVariable:
        let name = string(any.cast(to: PgQuery__RangeVar.self).pointee.relname)
        if Self.catalogsOfParts.contains(name) { found.looksForParts = true }
        return true
      case .node: break
      default: return true
      }
      let inner = any.cast(to: PgQuery__Node.self)
      switch inner.kind {
      case PG_QUERY__NODE__NODE_SELECT_STMT:
        found.columnTests += ColumnTest.tests(of: inner.pointee.select_stmt.pointee)
        return true
      case PG_QUERY__NODE__NODE_A_CONST:
        if let text = inner.stringValue { found.names?.append(text) }
        return false
      case PG_QUERY__NODE__NODE_A_EXPR, PG_QUERY__NODE__NODE_FUNC_CALL, PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
        return !append(evaluation.value(of: inner), to: &found.names)
      case PG_QUERY__NODE__NODE_COLUMN_REF:
        if append(evaluation.value(of: inner), to: &found.names) { return false }
        let reference = inner.pointee.column_ref.pointee
        let parts = list(reference.n_fields, reference.fields).compactMap(\.stringValue)
        guard let first = parts.first, variables.contains(first) else { return false }
        let answer = parts.count == 1 ? answers[first] : nil
        found.names = answer?.names.flatMap { more in found.names.map { $0 + more } }
        if answer?.looksForParts == true { found.looksForParts = true }
        found.columnTests += answer?.columnTests ?? []
        return false
      default:
        return true
      }
    }
    question = found
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
