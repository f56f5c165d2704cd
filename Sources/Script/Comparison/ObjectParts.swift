import CPgQuery
import Schema

/// The rarer kinds of object taken apart, from the whole statements that make them.
enum ObjectParts {
  /// The parts that a statement gives its object; nil for a statement of another kind, or one that cannot be compared.
  static func parts(of node: Node) -> [DefinitionPart]? {
    switch node.kind {
    case PG_QUERY__NODE__NODE_RULE_STMT: return RuleParts.parts(of: node.pointee.rule_stmt.pointee)
    case PG_QUERY__NODE__NODE_DEFINE_STMT: return defined(node.pointee.define_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_CAST_STMT: return cast(node.pointee.create_cast_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_STATS_STMT: return statistics(node.pointee.create_stats_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_EVENT_TRIG_STMT:
      return eventTrigger(node.pointee.create_event_trig_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_RANGE_STMT:
      let statement = node.pointee.create_range_stmt.pointee
      return SettingParts.parts(of: options(statement.n_params, statement.params))
    case PG_QUERY__NODE__NODE_CREATE_ROLE_STMT:
      let statement = node.pointee.create_role_stmt.pointee
      return SettingParts.role(options(statement.n_options, statement.options))
    case PG_QUERY__NODE__NODE_CREATE_STMT: return RelationParts.table(node.pointee.create_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT:
      let statement = node.pointee.create_foreign_table_stmt.pointee
      return [DefinitionPart("server", .name(string(statement.servername)))]
        + SettingParts.foreign(options(statement.n_options, statement.options))
    case PG_QUERY__NODE__NODE_CREATE_FDW_STMT:
      let statement = node.pointee.create_fdw_stmt.pointee
      return SettingParts.parts(of: options(statement.n_func_options, statement.func_options))
        + SettingParts.foreign(options(statement.n_options, statement.options))
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_SERVER_STMT:
      return server(node.pointee.create_foreign_server_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_USER_MAPPING_STMT:
      let statement = node.pointee.create_user_mapping_stmt.pointee
      return SettingParts.foreign(options(statement.n_options, statement.options))
    default: return nil
    }
  }

  /// Operators, aggregates and text search objects: a name and settings.
  private static func defined(_ statement: PgQuery__DefineStmt) -> [DefinitionPart]? {
    SettingParts.parts(of: options(statement.n_definition, statement.definition))
  }

  private static func cast(_ statement: PgQuery__CreateCastStmt) -> [DefinitionPart] {
    var parts = [
      DefinitionPart(
        "method",
        .word(statement.func != nil ? "FUNCTION" : statement.inout != 0 ? "INOUT" : "WITHOUT FUNCTION"))
    ]
    if let function = statement.func?.pointee {
      let name = names(function.n_objname, function.objname).joined(separator: ".")
      parts.append(DefinitionPart("function", .name(name)))
    }
    switch statement.context {
    case PG_QUERY__COERCION_CONTEXT__COERCION_IMPLICIT:
      parts.append(DefinitionPart("context", .word("AS IMPLICIT")))
    case PG_QUERY__COERCION_CONTEXT__COERCION_ASSIGNMENT:
      parts.append(DefinitionPart("context", .word("AS ASSIGNMENT")))
    default: break
    }
    return parts
  }

  /// The server writes columns before expressions, and leaves the kinds out where all are meant.
  private static func statistics(_ statement: PgQuery__CreateStatsStmt) -> [DefinitionPart]? {
    var parts: [DefinitionPart] = []
    let kinds = names(statement.n_stat_types, statement.stat_types).map { $0.lowercased() }.sorted()
    if !kinds.isEmpty, kinds != ["dependencies", "mcv", "ndistinct"] {
      parts.append(DefinitionPart("kinds", .word(kinds.joined(separator: ", "))))
    }
    let elements = list(statement.n_exprs, statement.exprs).map { $0.pointee.stats_elem.pointee }
    let columns = elements.compactMap { nonEmpty($0.name) }.sorted()
    if !columns.isEmpty { parts.append(DefinitionPart("columns", .word(columns.joined(separator: ", ")))) }
    for (place, expression) in elements.compactMap(\.expr).enumerated() {
      parts.append(DefinitionPart("expression \(place + 1)", .expression(Deparser.expression(expression))))
    }
    guard let table = list(statement.n_relations, statement.relations).first?.pointee.range_var?.pointee
    else {
      return nil
    }
    return parts + [DefinitionPart("table", .name(RuleParts.name(of: table)))]
  }

  private static func eventTrigger(_ statement: PgQuery__CreateEventTrigStmt) -> [DefinitionPart] {
    var parts = [
      DefinitionPart("event", .word(string(statement.eventname).lowercased())),
      DefinitionPart(
        "function", .name(names(statement.n_funcname, statement.funcname).joined(separator: "."))),
    ]
    for filter in options(statement.n_whenclause, statement.whenclause) {
      let values = (filter.arg?.elements ?? []).compactMap(\.stringValue).map { $0.uppercased() }.sorted()
      parts.append(DefinitionPart("WHEN \(filter.name.uppercased())", .word(values.joined(separator: ", "))))
    }
    return parts
  }

  private static func server(_ statement: PgQuery__CreateForeignServerStmt) -> [DefinitionPart] {
    var parts = [DefinitionPart("wrapper", .name(string(statement.fdwname)))]
    if let type = nonEmpty(statement.servertype) { parts.append(DefinitionPart("type", .word(type))) }
    if let version = nonEmpty(statement.version) { parts.append(DefinitionPart("version", .word(version))) }
    return parts + SettingParts.foreign(options(statement.n_options, statement.options))
  }
}
