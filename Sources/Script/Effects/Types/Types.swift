import CPgQuery
import Schema

extension EffectReader {
  /// `CREATE TYPE … AS ENUM`.
  mutating func readCreateEnum(_ statement: PgQuery__CreateEnumStmt) {
    let name = newName(names(statement.n_type_name, statement.type_name))
    let labels = names(statement.n_vals, statement.vals)
    let type = ObjectIdentity(.type, schema: name.schema, name: name.name)
    let quoted = labels.map(SQLLiteral.standard).joined(separator: ", ")
    create(type, definition: "ENUM (\(quoted))")
    known.types[name] = .type
    for label in labels { create(.enumValue(name.schema, name.name, label), partOf: [type]) }
  }

  /// `ALTER TYPE … ADD VALUE` and `RENAME VALUE`.
  mutating func readAlterEnum(_ statement: PgQuery__AlterEnumStmt) {
    let type = userType(names(statement.n_type_name, statement.type_name))
    let schema = type.schema ?? ""
    use(type)
    let newLabel = string(statement.new_val)
    if let oldLabel = nonEmpty(statement.old_val) {
      rename(.enumValue(schema, type.name, oldLabel), to: .enumValue(schema, type.name, newLabel))
      return
    }
    // A type made in the same transaction may use its new values at once.
    transactionRule = .usableAfterCommit("ALTER TYPE … ADD VALUE")
    var place: String?
    if let neighbour = nonEmpty(statement.new_val_neighbor) {
      place = "\(statement.new_val_is_after != 0 ? "AFTER" : "BEFORE") \(SQLLiteral.standard(neighbour))"
      use(.enumValue(schema, type.name, neighbour))
    }
    create(
      .enumValue(schema, type.name, newLabel),
      when: statement.skip_if_new_val_exists != 0 ? .ifNotExists : .always,
      definition: place, partOf: [type])
  }

  /// `CREATE TYPE … AS (…)`.
  mutating func readCreateComposite(_ statement: PgQuery__CompositeTypeStmt) {
    guard let range = statement.typevar?.pointee else { return }
    let type = newRelation(range, .type)
    var needs: [ObjectIdentity] = []
    var columns: [KnownSchema.Column] = []
    for node in list(statement.n_coldeflist, statement.coldeflist)
    where node.kind == PG_QUERY__NODE__NODE_COLUMN_DEF {
      let plan = planColumn(node.pointee.column_def.pointee, of: type)
      needs += plan.needs
      columns.append(plan.column)
    }
    let text = columns.map { "\(KeyWords.quoted($0.name)) \($0.type)" }.joined(separator: ", ")
    create(type, definition: "AS (\(text))", dependingOn: needs)
    let name = QualifiedName(type.schema ?? "", type.name)
    known.types[name] = .type
    known.relations[name] = KnownSchema.Relation(kind: .type, columns: columns, areColumnsKnown: true)
  }

  /// `ALTER TYPE … ADD ATTRIBUTE` and its like.
  mutating func readAlterCompositeType(_ named: ObjectIdentity, _ commands: [PgQuery__AlterTableCmd]) {
    let type = userType([named.schema ?? "", named.name])
    use(type)
    let key = QualifiedName(type.schema ?? "", type.name)
    for command in commands {
      let name = string(command.name)
      switch command.subtype {
      case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        guard let definition = command.def?.pointee.column_def?.pointee else { continue }
        let plan = planColumn(definition, of: type)
        for need in plan.needs { use(need) }
        alter(type, definition: "ADD ATTRIBUTE \(Identifier.quoted(plan.column.name)) \(plan.column.type)")
        known.relations[key]?.columns.append(plan.column)
        noteRepetition(.fails("\(type) already has the attribute"))
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
        alter(type, definition: "DROP ATTRIBUTE \(Identifier.quoted(name))")
        known.relations[key]?.columns.removeAll { $0.name == name }
        if command.missing_ok == 0 { noteRepetition(.fails("the attribute of \(type) is gone")) }
      case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
        guard let typeName = command.def?.pointee.column_def?.pointee.type_name?.pointee else { continue }
        let reference = typeInUse(typeName)
        alter(type, definition: "ALTER ATTRIBUTE \(Identifier.quoted(name)) TYPE \(reference.text)")
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
        alter(type, definition: "OWNER TO \(command.newowner.map { roleName($0.pointee) } ?? "")")
      default:
        alter(type, definition: AlterTableWords.text(command.subtype))
      }
    }
  }

  /// `CREATE TYPE … AS RANGE`; the multirange type that comes with it is no object of its own, as array types are none.
  mutating func readCreateRange(_ statement: PgQuery__CreateRangeStmt) {
    let name = newName(names(statement.n_type_name, statement.type_name))
    let type = ObjectIdentity(.type, schema: name.schema, name: name.name)
    var parts: [String] = []
    var multirange: QualifiedName?
    for option in options(statement.n_params, statement.params) {
      let value = option.arg
      if option.name == "subtype", let value, value.kind == PG_QUERY__NODE__NODE_TYPE_NAME {
        parts.append("subtype = \(typeInUse(value.pointee.type_name.pointee).text)")
      } else if option.name == "multirange_type_name" {
        multirange = value.map { newName($0.nameParts) }
      } else {
        let text = value.map {
          $0.nameParts.isEmpty ? Deparser.number($0) : $0.nameParts.joined(separator: ".")
        }
        parts.append("\(option.name) = \(text ?? "")")
      }
    }
    create(type, definition: "RANGE (\(parts.sorted().joined(separator: ", ")))")
    known.types[name] = .type
    let companion = multirange ?? QualifiedName(name.schema, Self.multirangeName(name.name))
    known.types[companion] = .type
  }

  /// The name of a range's multirange type (`makeMultirangeTypeName` in `pg_type.c`).
  private static func multirangeName(_ range: String) -> String {
    guard let place = range.range(ofText: "range") else { return Identifier.truncated(range + "_multirange") }
    return Identifier.truncated(
      String(range[..<place.lowerBound]) + "multirange" + String(range[place.upperBound...]))
  }

  /// `CREATE DOMAIN`.
  mutating func readCreateDomain(_ statement: PgQuery__CreateDomainStmt) {
    guard let typeName = statement.type_name?.pointee else { return }
    let name = newName(names(statement.n_domainname, statement.domainname))
    let base = type(typeName)
    var needs = base.identity.map { [$0] } ?? []
    var parts = [base.text]
    for node in list(statement.n_constraints, statement.constraints) {
      let constraint = node.pointee.constraint.pointee
      switch constraint.contype {
      case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL: parts.append("NOT NULL")
      case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        if let expression = constraint.raw_expr { parts.append("DEFAULT \(Deparser.expression(expression))") }
      case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        guard let expression = constraint.raw_expr else { continue }
        let label = nonEmpty(constraint.conname).map { "CONSTRAINT \(Identifier.quoted($0)) " } ?? ""
        parts.append("\(label)CHECK (\(Deparser.expression(expression)))")
      default: continue
      }
      needs += useExpression(constraint.raw_expr).objects
    }
    create(
      ObjectIdentity(.domain, schema: name.schema, name: name.name), definition: parts.joined(separator: " "),
      dependingOn: needs)
    known.types[name] = .domain
  }

  /// `ALTER DOMAIN`.
  mutating func readAlterDomain(_ statement: PgQuery__AlterDomainStmt) {
    let domain = userType(names(statement.n_type_name, statement.type_name)).with(kind: .domain)
    use(domain)
    let name = nonEmpty(statement.name).map(Identifier.quoted)
    let missing: Repetition = statement.missing_ok != 0 ? .harmless : .fails("\(domain) is already so")
    switch string(statement.subtype) {
    case "T":
      useExpression(statement.def)
      alter(
        domain, definition: statement.def.map { "SET DEFAULT \(Deparser.expression($0))" } ?? "DROP DEFAULT")
    case "N": alter(domain, definition: "DROP NOT NULL")
    case "O":
      alter(domain, definition: "SET NOT NULL")
      scanTables(using: domain)
    case "C":
      if let node = statement.def, node.kind == PG_QUERY__NODE__NODE_CONSTRAINT {
        let constraint = node.pointee.constraint.pointee
        useExpression(constraint.raw_expr)
        let label = nonEmpty(constraint.conname).map { "CONSTRAINT \(Identifier.quoted($0)) " } ?? ""
        let check = constraint.raw_expr.map(Deparser.expression) ?? ""
        alter(domain, definition: "ADD \(label)CHECK (\(check))")
        if constraint.skip_validation == 0 { scanTables(using: domain) }
        noteRepetition(label.isEmpty ? .changes("adds the check again under another name") : missing)
      }
    case "X":
      alter(domain, definition: "DROP CONSTRAINT \(name ?? "")")
      noteRepetition(missing)
    case "V":
      alter(domain, definition: "VALIDATE CONSTRAINT \(name ?? "")")
      scanTables(using: domain)
    default:
      alter(domain)
    }
  }
}

extension String {
  /// Where a text stands in this one for the first time.
  func range(ofText text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
