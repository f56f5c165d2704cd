import CPgQuery
import Schema

/// Types, domains and the names of types taken apart.
enum TypeParts {
  static func domain(_ statement: PgQuery__CreateDomainStmt) -> [DefinitionPart]? {
    guard let base = statement.type_name?.pointee, let type = text(of: base) else { return nil }
    var parts = [DefinitionPart("type", .type(type))]
    let domain = names(statement.n_domainname, statement.domainname).last ?? ""
    var checks: Set<String> = []
    for node in list(statement.n_constraints, statement.constraints) {
      let constraint = node.pointee.constraint.pointee
      switch constraint.contype {
      case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        parts.append(DefinitionPart("nullability", .word("NOT NULL")))
      case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        guard let expression = constraint.raw_expr, !expression.isNullOfAnyType else { continue }
        parts.append(DefinitionPart("default", .expression(Deparser.expression(expression))))
      case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        guard let expression = constraint.raw_expr else { continue }
        let name =
          nonEmpty(constraint.conname)
          ?? ImplicitNames.firstFree(domain, nil, "check") { checks.contains($0) }
        checks.insert(name)
        parts.append(DefinitionPart("check \(name)", .expression(Deparser.expression(expression))))
      default: continue
      }
    }
    return parts
  }

  static func composite(_ statement: PgQuery__CompositeTypeStmt) -> [DefinitionPart]? {
    var parts: [DefinitionPart] = []
    for node in list(statement.n_coldeflist, statement.coldeflist)
    where node.kind == PG_QUERY__NODE__NODE_COLUMN_DEF {
      let column = node.pointee.column_def.pointee
      guard let name = column.type_name?.pointee, let type = text(of: name) else { return nil }
      parts.append(DefinitionPart("attribute \(Identifier.quoted(string(column.colname)))", .type(type)))
    }
    return parts
  }

  /// The name of a type with its modifiers, without `SETOF`; nil for the type of a column (`%TYPE`).
  static func text(of name: PgQuery__TypeName, withModifiers: Bool = true) -> String? {
    guard name.pct_type == 0 else { return nil }
    var parts = names(name.n_names, name.names)
    if parts.count > 1, parts[0] == "pg_catalog" { parts.removeFirst() }
    var text = parts.map(Identifier.quoted).joined(separator: ".")
    let modifiers = list(name.n_typmods, name.typmods)
    if withModifiers, !modifiers.isEmpty, parts.last != "interval" {
      text += "(\(modifiers.map(Deparser.number).joined(separator: ",")))"
    }
    return text + (name.n_array_bounds > 0 ? "[]" : "")
  }
}
