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
