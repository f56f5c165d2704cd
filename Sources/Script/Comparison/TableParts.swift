import CPgQuery
import Schema

/// Indexes taken apart.
enum IndexParts {
  static func parts(of statement: PgQuery__IndexStmt) -> [DefinitionPart] {
    var parts = [
      DefinitionPart("uniqueness", .word(statement.unique != 0 ? "UNIQUE" : "not unique")),
      DefinitionPart("method", .word(nonEmpty(statement.access_method) ?? "btree")),
    ]
    parts += keys(list(statement.n_index_params, statement.index_params))
    let included = list(statement.n_index_including_params, statement.index_including_params)
      .map { string($0.pointee.index_elem.pointee.name) }
    if !included.isEmpty {
      parts.append(DefinitionPart("included columns", .word(included.joined(separator: ", "))))
    }
    if statement.nulls_not_distinct != 0 { parts.append(DefinitionPart("nulls", .word("NOT DISTINCT"))) }
    if let predicate = statement.where_clause {
      parts.append(DefinitionPart("predicate", .expression(Deparser.expression(predicate))))
    }
    return parts + SettingParts.storage(options(statement.n_options, statement.options))
  }

  static func keys(_ nodes: [Node]) -> [DefinitionPart] {
    nodes.enumerated().flatMap { place, node in key(node.pointee.index_elem.pointee, number: place + 1) }
  }

  private static func key(_ element: PgQuery__IndexElem, number: Int) -> [DefinitionPart] {
    var parts: [DefinitionPart] = []
    let label = "key \(number)"
    if let name = nonEmpty(element.name) {
      parts.append(DefinitionPart(label, .word(Identifier.quoted(name))))
    } else if let expression = element.expr {
      // A column in parentheses is a column.
      let column = plainColumn(expression).map { DefinitionPart.Value.word(Identifier.quoted($0)) }
      parts.append(DefinitionPart(label, column ?? .expression(Deparser.expression(expression))))
    }
    let collation = names(element.n_collation, element.collation)
    if !collation.isEmpty {
      parts.append(DefinitionPart("collation of \(label)", .name(collation.joined(separator: "."))))
    }
    let operatorClass = names(element.n_opclass, element.opclass)
    if !operatorClass.isEmpty {
      parts.append(DefinitionPart("operator class of \(label)", .name(operatorClass.joined(separator: "."))))
    }
    let isDescending = element.ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC
    let areNullsFirst =
      switch element.nulls_ordering {
      case PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST: true
      case PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST: false
      default: isDescending
      }
    let order = (isDescending ? "DESC" : "ASC") + (areNullsFirst ? " NULLS FIRST" : " NULLS LAST")
    parts.append(DefinitionPart("order of \(label)", .word(order)))
    return parts
  }

  /// The column that an expression is nothing but; nil for any other.
  static func plainColumn(_ expression: Node) -> String? {
    guard expression.kind == PG_QUERY__NODE__NODE_COLUMN_REF else { return nil }
    let reference = expression.pointee.column_ref.pointee
    let fields = list(reference.n_fields, reference.fields)
    return fields.count == 1 ? fields[0].stringValue : nil
  }
}

/// Table constraints taken apart.
enum ConstraintParts {
  static func parts(of constraint: PgQuery__Constraint) -> [DefinitionPart]? {
    var parts: [DefinitionPart]
    switch constraint.contype {
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      guard let expression = constraint.raw_expr else { return nil }
      parts = [
        DefinitionPart("kind", .word("CHECK")),
        DefinitionPart("condition", .expression(Deparser.expression(expression))),
      ]
      if constraint.is_no_inherit != 0 { parts.append(DefinitionPart("inheritance", .word("NO INHERIT"))) }
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
      parts = foreignKey(constraint)
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY, PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
      let isPrimary = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY
      parts = [
        DefinitionPart("kind", .word(isPrimary ? "PRIMARY KEY" : "UNIQUE")),
        DefinitionPart("columns", .word(names(constraint.n_keys, constraint.keys).joined(separator: ", "))),
      ]
      let included = names(constraint.n_including, constraint.including)
      if !included.isEmpty {
        parts.append(DefinitionPart("included columns", .word(included.joined(separator: ", "))))
      }
      if constraint.nulls_not_distinct != 0 { parts.append(DefinitionPart("nulls", .word("NOT DISTINCT"))) }
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
      parts = exclusion(constraint)
    default:
      return nil
    }
    if constraint.deferrable != 0 {
      parts.append(
        DefinitionPart(
          "deferral", .word(constraint.initdeferred != 0 ? "DEFERRABLE INITIALLY DEFERRED" : "DEFERRABLE")))
    }
    if constraint.skip_validation != 0 { parts.append(DefinitionPart("validation", .word("NOT VALID"))) }
    return parts
  }

  private static func foreignKey(_ constraint: PgQuery__Constraint) -> [DefinitionPart] {
    var parts = [
      DefinitionPart("kind", .word("FOREIGN KEY")),
      DefinitionPart(
        "columns", .word(names(constraint.n_fk_attrs, constraint.fk_attrs).joined(separator: ", "))),
    ]
    if let table = constraint.pktable?.pointee {
      let name = [nonEmpty(table.schemaname), nonEmpty(table.relname)].compactMap { $0 }.joined(
        separator: ".")
      parts.append(DefinitionPart("referenced table", .name(name)))
    }
    let referenced = names(constraint.n_pk_attrs, constraint.pk_attrs)
    if !referenced.isEmpty {
      parts.append(DefinitionPart("referenced columns", .word(referenced.joined(separator: ", "))))
    }
    if string(constraint.fk_matchtype) == "f" { parts.append(DefinitionPart("match", .word("FULL"))) }
    let columns = names(constraint.n_fk_del_set_cols, constraint.fk_del_set_cols)
    let list = columns.isEmpty ? "" : " (\(columns.joined(separator: ", ")))"
    if let action = action(constraint.fk_upd_action) {
      parts.append(DefinitionPart("ON UPDATE", .word(action)))
    }
    if let action = action(constraint.fk_del_action) {
      parts.append(DefinitionPart("ON DELETE", .word(action + list)))
    }
    return parts
  }

  private static func action(_ letter: UnsafePointer<CChar>?) -> String? {
    switch string(letter) {
    case "r": "RESTRICT"
    case "c": "CASCADE"
    case "n": "SET NULL"
    case "d": "SET DEFAULT"
    default: nil
    }
  }

  private static func exclusion(_ constraint: PgQuery__Constraint) -> [DefinitionPart] {
    var parts = [
      DefinitionPart("kind", .word("EXCLUDE")),
      DefinitionPart("method", .word(nonEmpty(constraint.access_method) ?? "btree")),
    ]
    let pairs = list(constraint.n_exclusions, constraint.exclusions).map(\.elements)
    parts += IndexParts.keys(
      pairs.compactMap(\.first).filter { $0.kind == PG_QUERY__NODE__NODE_INDEX_ELEM })
    for (place, pair) in pairs.enumerated() {
      parts.append(
        DefinitionPart(
          "operator of key \(place + 1)", .name(pair.last?.nameParts.joined(separator: ".") ?? "")))
    }
    if let predicate = constraint.where_clause {
      parts.append(DefinitionPart("predicate", .expression(Deparser.expression(predicate))))
    }
    return parts
  }
}

/// Triggers taken apart.
enum TriggerParts {
  /// The bits are those of `TRIGGER_TYPE_…` in PostgreSQL's `catalog/pg_trigger.h`.
  static func parts(of statement: PgQuery__CreateTrigStmt) -> [DefinitionPart] {
    let timing = statement.timing & 2 != 0 ? "BEFORE" : statement.timing & 64 != 0 ? "INSTEAD OF" : "AFTER"
    let events = [(Int32(4), "INSERT"), (8, "DELETE"), (16, "UPDATE"), (32, "TRUNCATE")]
      .filter { statement.events & $0.0 != 0 }.map(\.1)
    var parts = [
      DefinitionPart("timing", .word(timing)),
      DefinitionPart("events", .word(events.joined(separator: " OR "))),
      DefinitionPart("level", .word(statement.row != 0 ? "FOR EACH ROW" : "FOR EACH STATEMENT")),
      DefinitionPart(
        "function", .name(names(statement.n_funcname, statement.funcname).joined(separator: "."))),
    ]
    let columns = names(statement.n_columns, statement.columns)
    if !columns.isEmpty {
      parts.append(DefinitionPart("columns", .word(columns.sorted().joined(separator: ", "))))
    }
    if let condition = statement.when_clause {
      parts.append(DefinitionPart("WHEN", .expression(Deparser.expression(condition))))
    }
    let arguments = names(statement.n_args, statement.args)
    if !arguments.isEmpty {
      parts.append(
        DefinitionPart("arguments", .word(arguments.map(SQLLiteral.standard).joined(separator: ", "))))
    }
    let transitions = list(statement.n_transition_rels, statement.transition_rels)
      .map { $0.pointee.trigger_transition.pointee }
      .map { "\($0.is_new != 0 ? "NEW" : "OLD") TABLE AS \(Identifier.quoted(string($0.name)))" }.sorted()
    if !transitions.isEmpty {
      parts.append(DefinitionPart("transition tables", .word(transitions.joined(separator: " "))))
    }
    if statement.isconstraint != 0 {
      let deferral =
        statement.initdeferred != 0
        ? "DEFERRABLE INITIALLY DEFERRED" : statement.deferrable != 0 ? "DEFERRABLE" : "NOT DEFERRABLE"
      parts.append(DefinitionPart("deferral", .word(deferral)))
    }
    return parts
  }
}
