import CPgQuery
import Schema

/// The statements inside of rules and of functions with a body in SQL, taken apart so that the server can plan the pieces
/// without running them.
///
/// A query is one piece. Of what changes rows, the table is a name, and each value that is given to a column or returned,
/// and the condition, is an expression over the table and over what surrounds the statement. Where other tables stand
/// beside the changed one (`FROM`, `USING`), or queries before the statement (`WITH`), such an expression is a query over
/// them all.
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
    guard let range = statement.relation?.pointee, let with = Deparser.with(statement.with_clause),
      let source = statement.select_stmt, source.kind == PG_QUERY__NODE__NODE_SELECT_STMT
    else { return nil }
    var parts = head("INSERT", range, label)
    if let conflict = statement.on_conflict_clause?.pointee {
      guard let taken = self.conflict(conflict, label) else { return nil }
      parts += taken
    }
    let own = Surroundings(range, 0, nil, with: with)
    parts += returned(statement.n_returning_list, statement.returning_list, own, label)
    let columns = list(statement.n_cols, statement.cols).map { string($0.pointee.res_target.pointee.name) }
    if !columns.isEmpty {
      parts.append(DefinitionPart("columns of \(label)", .word(columns.joined(separator: ", "))))
    }
    let select = source.pointee.select_stmt.pointee
    guard select.n_values_lists > 0 else {
      guard with.isEmpty || select.with_clause == nil else { return nil }
      return parts + [DefinitionPart("rows of \(label)", .query(with + Deparser.statement(source)))]
    }
    for (row, values) in list(select.n_values_lists, select.values_lists).enumerated() {
      for (place, value) in values.elements.enumerated() {
        let number = select.n_values_lists > 1 ? "\(place + 1) in row \(row + 1)" : "\(place + 1)"
        parts.append(part("value \(number) of \(label)", value, Surroundings(with: with)))
      }
    }
    return parts
  }

  private static func update(_ statement: PgQuery__UpdateStmt, _ label: String) -> [DefinitionPart]? {
    guard let range = statement.relation?.pointee, let with = Deparser.with(statement.with_clause) else {
      return nil
    }
    let others = Surroundings(range, statement.n_from_clause, statement.from_clause, with: with)
    guard let values = assignments(list(statement.n_target_list, statement.target_list), label, others) else {
      return nil
    }
    return head("UPDATE", range, label) + values + condition(statement.where_clause, others, label)
      + returned(statement.n_returning_list, statement.returning_list, others, label)
  }

  private static func deletion(_ statement: PgQuery__DeleteStmt, _ label: String) -> [DefinitionPart]? {
    guard let range = statement.relation?.pointee, let with = Deparser.with(statement.with_clause) else {
      return nil
    }
    let others = Surroundings(range, statement.n_using_clause, statement.using_clause, with: with)
    return head("DELETE", range, label) + condition(statement.where_clause, others, label)
      + returned(statement.n_returning_list, statement.returning_list, others, label)
  }

  /// What happens to a row that is there already: its parts bear the label `conflict of …`.
  private static func conflict(
    _ clause: PgQuery__OnConflictClause, _ label: String
  ) -> [DefinitionPart]? {
    let label = "conflict of \(label)"
    let isUpdate = clause.action == PG_QUERY__ON_CONFLICT_ACTION__ONCONFLICT_UPDATE
    var parts = [DefinitionPart(label, .word(isUpdate ? "UPDATE" : "NOTHING"))]
    if let target = clause.infer?.pointee {
      if let name = nonEmpty(target.conname) {
        parts.append(DefinitionPart("constraint of \(label)", .word(name)))
      }
      for (place, node) in list(target.n_index_elems, target.index_elems).enumerated() {
        let element = node.pointee.index_elem.pointee
        guard element.n_collation == 0, element.n_opclass == 0 else { return nil }
        let name = "key \(place + 1) of \(label)"
        if let column = nonEmpty(element.name) {
          parts.append(DefinitionPart(name, .word(column)))
        } else if let expression = element.expr {
          parts.append(DefinitionPart(name, .expression(Deparser.expression(expression))))
        }
      }
      if let predicate = target.where_clause {
        parts.append(DefinitionPart("predicate of \(label)", .expression(Deparser.expression(predicate))))
      }
    }
    guard isUpdate else { return parts }
    guard let values = assignments(list(clause.n_target_list, clause.target_list), label, nil) else {
      return nil
    }
    return parts + values + condition(clause.where_clause, nil, label)
  }

  private static func assignments(
    _ targets: [Node], _ label: String, _ others: Surroundings?
  ) -> [DefinitionPart]? {
    var parts: [DefinitionPart] = []
    for node in targets {
      let target = node.pointee.res_target.pointee
      guard let value = target.val, target.n_indirection == 0,
        value.kind != PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF
      else { return nil }
      parts.append(part("value of \(string(target.name)) in \(label)", value, others))
    }
    return parts
  }

  private static func condition(
    _ condition: Node?, _ others: Surroundings?, _ label: String
  ) -> [DefinitionPart] {
    condition.map { [part("condition of \(label)", $0, others)] } ?? []
  }

  private static func returned(
    _ count: Int, _ targets: UnsafeMutablePointer<Node?>?, _ others: Surroundings, _ label: String
  ) -> [DefinitionPart] {
    guard count > 0 else { return [] }
    // The server writes out what `*` stands for: only the whole list can be compared.
    let columns = Deparser.targets(count, targets)
    return [DefinitionPart("rows returned by \(label)", .query(others.select(columns)))]
  }

  /// The changed table and those that stand beside it, and the queries before the statement.
  private struct Surroundings {
    /// As they stand behind `FROM`; empty if there are none.
    private let tables: String
    private let with: String
    /// Whether there is nothing but the changed table.
    let isAlone: Bool

    /// Those of a row that is inserted.
    init(with: String) {
      tables = ""
      self.with = with
      isAlone = with.isEmpty
    }

    init(
      _ range: PgQuery__RangeVar, _ count: Int, _ others: UnsafeMutablePointer<Node?>?, with: String
    ) {
      let alias = range.alias.flatMap { nonEmpty($0.pointee.aliasname) } ?? string(range.relname)
      let name = [nonEmpty(range.schemaname), nonEmpty(range.relname)].compactMap { $0 }
        .map(Identifier.alwaysQuoted).joined(separator: ".")
      let own = "ONLY \(name) AS \(Identifier.alwaysQuoted(alias))"
      isAlone = count == 0 && with.isEmpty
      tables = count == 0 ? own : "\(own), \(Deparser.tables(count, others))"
      self.with = with
    }

    /// Expressions as a query over them all.
    func select(_ expressions: String) -> String {
      "\(with)SELECT \(expressions)\(tables.isEmpty ? "" : " FROM \(tables)")"
    }
  }

  private static func part(_ name: String, _ value: Node, _ others: Surroundings? = nil) -> DefinitionPart {
    if value.kind == PG_QUERY__NODE__NODE_SET_TO_DEFAULT { return DefinitionPart(name, .word("DEFAULT")) }
    let expression = Deparser.expression(value)
    if let others, !others.isAlone {
      return DefinitionPart(name, .query(others.select(expression)))
    }
    return DefinitionPart(name, .expression(expression))
  }
}
