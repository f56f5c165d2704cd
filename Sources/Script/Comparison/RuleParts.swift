import CPgQuery
import Schema

/// Rules taken apart.
enum RuleParts {
  static func parts(of statement: PgQuery__RuleStmt) -> [DefinitionPart]? {
    let event =
      switch statement.event {
      case PG_QUERY__CMD_TYPE__CMD_SELECT: "SELECT"
      case PG_QUERY__CMD_TYPE__CMD_UPDATE: "UPDATE"
      case PG_QUERY__CMD_TYPE__CMD_INSERT: "INSERT"
      default: "DELETE"
      }
    var parts = [
      DefinitionPart("event", .word(event)),
      DefinitionPart("kind", .word(statement.instead != 0 ? "INSTEAD" : "ALSO")),
    ]
    if let condition = statement.where_clause {
      parts.append(DefinitionPart("WHERE", .expression(Deparser.expression(condition))))
    }
    let actions = list(statement.n_actions, statement.actions)
    if actions.isEmpty { parts.append(DefinitionPart("action 1", .word("NOTHING"))) }
    for (place, action) in actions.enumerated() {
      guard let taken = ActionParts.parts(of: action, "action \(place + 1)") else { return nil }
      parts += taken
    }
    return parts
  }

  /// The name of a relation as the statement gives it.
  static func name(of range: PgQuery__RangeVar) -> String {
    [nonEmpty(range.schemaname), nonEmpty(range.relname)].compactMap { $0 }.joined(separator: ".")
  }
}

/// The statements inside of rules and of functions with a body in SQL, taken apart so that the server can plan the pieces
/// without running them.
///
/// A query is one piece. Of what changes rows, the table is a name, and each value that is given to a column, and the
/// condition, is an expression over the table and over what surrounds the statement.
enum ActionParts {
  /// The parts of one statement under a label of its own; nil for one that does more than can be compared.
  static func parts(of node: Node, _ label: String) -> [DefinitionPart]? {
    switch node.kind {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
      return [DefinitionPart(label, .query(Deparser.statement(node)))]
    case PG_QUERY__NODE__NODE_INSERT_STMT: return insertion(node.pointee.insert_stmt.pointee, label)
    case PG_QUERY__NODE__NODE_UPDATE_STMT: return update(node.pointee.update_stmt.pointee, label)
    case PG_QUERY__NODE__NODE_DELETE_STMT: return deletion(node.pointee.delete_stmt.pointee, label)
    case PG_QUERY__NODE__NODE_NOTIFY_STMT: return [DefinitionPart(label, .word(Deparser.statement(node)))]
    default: return nil
    }
  }

  private static func head(_ word: String, _ range: PgQuery__RangeVar, _ label: String) -> [DefinitionPart] {
    var parts = [
      DefinitionPart(label, .word(word)),
      DefinitionPart("table of \(label)", .name(RuleParts.name(of: range))),
    ]
    if let alias = range.alias.flatMap({ nonEmpty($0.pointee.aliasname) }), alias != string(range.relname) {
      parts.append(DefinitionPart("alias of \(label)", .word(alias)))
    }
    return parts
  }

  private static func insertion(_ statement: PgQuery__InsertStmt, _ label: String) -> [DefinitionPart]? {
    guard let range = statement.relation?.pointee, statement.on_conflict_clause == nil,
      statement.n_returning_list == 0, statement.with_clause == nil, let source = statement.select_stmt,
      source.kind == PG_QUERY__NODE__NODE_SELECT_STMT
    else { return nil }
    var parts = head("INSERT", range, label)
    let columns = list(statement.n_cols, statement.cols).map { string($0.pointee.res_target.pointee.name) }
    if !columns.isEmpty {
      parts.append(DefinitionPart("columns of \(label)", .word(columns.joined(separator: ", "))))
    }
    let select = source.pointee.select_stmt.pointee
    guard select.n_values_lists > 0 else {
      return parts + [DefinitionPart("rows of \(label)", .query(Deparser.statement(source)))]
    }
    for (row, values) in list(select.n_values_lists, select.values_lists).enumerated() {
      for (place, value) in values.elements.enumerated() {
        let number = select.n_values_lists > 1 ? "\(place + 1) in row \(row + 1)" : "\(place + 1)"
        parts.append(part("value \(number) of \(label)", value))
      }
    }
    return parts
  }

  private static func update(_ statement: PgQuery__UpdateStmt, _ label: String) -> [DefinitionPart]? {
    guard let range = statement.relation?.pointee, statement.n_from_clause == 0,
      statement.n_returning_list == 0, statement.with_clause == nil
    else { return nil }
    var parts = head("UPDATE", range, label)
    for node in list(statement.n_target_list, statement.target_list) {
      let target = node.pointee.res_target.pointee
      guard let value = target.val, target.n_indirection == 0,
        value.kind != PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF
      else { return nil }
      parts.append(part("value of \(string(target.name)) in \(label)", value))
    }
    if let condition = statement.where_clause {
      parts.append(DefinitionPart("condition of \(label)", .expression(Deparser.expression(condition))))
    }
    return parts
  }

  private static func deletion(_ statement: PgQuery__DeleteStmt, _ label: String) -> [DefinitionPart]? {
    guard let range = statement.relation?.pointee, statement.n_using_clause == 0,
      statement.n_returning_list == 0, statement.with_clause == nil
    else { return nil }
    var parts = head("DELETE", range, label)
    if let condition = statement.where_clause {
      parts.append(DefinitionPart("condition of \(label)", .expression(Deparser.expression(condition))))
    }
    return parts
  }

  private static func part(_ name: String, _ value: Node) -> DefinitionPart {
    if value.kind == PG_QUERY__NODE__NODE_SET_TO_DEFAULT { return DefinitionPart(name, .word("DEFAULT")) }
    return DefinitionPart(name, .expression(Deparser.expression(value)))
  }
}
