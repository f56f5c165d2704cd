import CPgQuery
import Schema

/// Labels of enumerated types, which stand in statements as plain strings.
///
/// The server reads a string as a label where it stands beside something of the type: where it is compared with a
/// column, written into one, cast. They are noted where the files say what the type is.
extension ExpressionReferences {
  /// Notes the labels among expressions that PostgreSQL brings to one type, if one of them says which.
  mutating func noteLabels(among nodes: [Node]) {
    guard let type = enumeratedType(among: nodes) else { return }
    for node in nodes { noteLabels(in: node, as: type) }
  }

  /// Notes the labels of an expression whose value is wanted in a type.
  mutating func noteLabels(in node: Node?, as type: EnumeratedType?) {
    guard let node, let type else { return }
    switch node.kind {
    case PG_QUERY__NODE__NODE_A_CONST:
      for label in node.stringValue.map(type.labels) ?? [] { note(label) }
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR where type.isArray:
      let array = node.pointee.a_array_expr.pointee
      for element in list(array.n_elements, array.elements) {
        let isInner = element.kind == PG_QUERY__NODE__NODE_A_ARRAY_EXPR
        noteLabels(in: element, as: isInner ? type : type.toggled)
      }
    default:
      for branch in Self.branches(of: node) { noteLabels(in: branch, as: type) }
    }
  }

  /// The expressions one of which is the value of another.
  private static func branches(of node: Node) -> [Node] {
    switch node.kind {
    case PG_QUERY__NODE__NODE_CASE_EXPR:
      let choice = node.pointee.case_expr.pointee
      let results = list(choice.n_args, choice.args).compactMap { $0.pointee.case_when.pointee.result }
      return results + (choice.defresult.map { [$0] } ?? [])
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
      return list(node.pointee.coalesce_expr.pointee.n_args, node.pointee.coalesce_expr.pointee.args)
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
      return list(node.pointee.min_max_expr.pointee.n_args, node.pointee.min_max_expr.pointee.args)
    case PG_QUERY__NODE__NODE_A_EXPR
    where node.pointee.a_expr.pointee.kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
      return [node.pointee.a_expr.pointee.lexpr, node.pointee.a_expr.pointee.rexpr].compactMap { $0 }
    default:
      return []
    }
  }

  private func enumeratedType(among nodes: [Node]) -> EnumeratedType? {
    for node in nodes {
      if let type = enumeratedType(of: node) { return type }
    }
    return nil
  }

  /// The enumerated type of an expression, where the files say it.
  func enumeratedType(of node: Node) -> EnumeratedType? {
    switch node.kind {
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      return knownColumn(node.pointee.column_ref.pointee).flatMap(enumeratedType)
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return node.pointee.type_cast.pointee.type_name.flatMap { enumeratedType($0.pointee) }
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
      let array = node.pointee.a_array_expr.pointee
      let element = enumeratedType(among: list(array.n_elements, array.elements))
      return element.map { $0.isArray ? $0 : $0.toggled }
    default:
      return enumeratedType(among: Self.branches(of: node))
    }
  }

  func enumeratedType(_ typeName: PgQuery__TypeName) -> EnumeratedType? {
    let type = reader.type(typeName)
    return EnumeratedType(type.identity, text: type.signature, in: reader.known)
  }

  func enumeratedType(_ column: KnownSchema.Column) -> EnumeratedType? {
    EnumeratedType(column.typeIdentity, text: column.type, in: reader.known)
  }

  private func knownColumn(_ reference: PgQuery__ColumnRef) -> KnownSchema.Column? {
    let parts = names(reference.n_fields, reference.fields)
    guard parts.count == reference.n_fields, let name = parts.last else { return nil }
    var table = parts.count == 1 ? tableOfBareColumn(name) : nil
    if parts.count > 1, !variables.contains(parts[parts.count - 2]) {
      let sources = scopes.reversed().lazy.compactMap { scope in
        scope.sources.first { $0.alias == parts[parts.count - 2] }
      }
      table = sources.first?.table
    }
    return table.flatMap { knownColumn(name, of: $0) }
  }

  private func knownColumn(_ name: String, of table: ObjectIdentity) -> KnownSchema.Column? {
    reader.known.relation(table.schema ?? "", table.name)?.columns.first { $0.name == name }
  }

  // MARK: Where strings become labels

  /// `=`, `IN`, `BETWEEN`, `ANY` and their like.
  mutating func noteLabels(comparing expression: PgQuery__AExpr) {
    guard let left = expression.lexpr, let right = expression.rexpr else { return }
    switch expression.kind {
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
      guard Self.comparisons.contains(names(expression.n_name, expression.name).last ?? "") else { return }
      noteLabels(comparing: left, with: [right])
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY, PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
      noteLabels(in: right, as: enumeratedType(of: left)?.toggled)
      noteLabels(in: left, as: enumeratedType(of: right)?.toggled)
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT, PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT,
      PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF, PG_QUERY__A__EXPR__KIND__AEXPR_IN,
      PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN, PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN,
      PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM, PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
      noteLabels(comparing: left, with: right.elements)
    default:
      return
    }
  }

  private static let comparisons: Set<String> = ["=", "<>", "!=", "<", ">", "<=", ">=", "@>", "<@", "&&"]

  /// Rows are compared column by column.
  private mutating func noteLabels(comparing left: Node, with others: [Node]) {
    guard let columns = Self.rowColumns(of: left) else {
      noteLabels(among: [left] + others)
      return
    }
    let rows = others.compactMap(Self.rowColumns)
    for (place, column) in columns.enumerated() {
      noteLabels(among: [column] + rows.filter { place < $0.count }.map { $0[place] })
    }
  }

  private static func rowColumns(of node: Node) -> [Node]? {
    guard node.kind == PG_QUERY__NODE__NODE_ROW_EXPR else { return nil }
    return list(node.pointee.row_expr.pointee.n_args, node.pointee.row_expr.pointee.args)
  }

  /// `CASE`: what is compared with the subject, and what comes out.
  mutating func noteLabels(choosing node: Node) {
    let expression = node.pointee.case_expr.pointee
    if let subject = expression.arg {
      let compared = list(expression.n_args, expression.args).compactMap { $0.pointee.case_when.pointee.expr }
      noteLabels(among: [subject] + compared)
    }
    noteLabels(among: Self.branches(of: node))
  }

  /// The alternatives of `COALESCE`, `GREATEST` and `LEAST`.
  mutating func noteLabels(amongBranchesOf node: Node) { noteLabels(among: Self.branches(of: node)) }

  /// A string or an array of strings behind which a type stands.
  mutating func noteLabels(casting cast: PgQuery__TypeCast) {
    guard let value = cast.arg, let type = cast.type_name,
      value.kind == PG_QUERY__NODE__NODE_A_CONST || value.kind == PG_QUERY__NODE__NODE_A_ARRAY_EXPR
    else { return }
    noteLabels(in: value, as: enumeratedType(type.pointee))
  }

  /// A value that a statement writes into a column.
  mutating func noteLabels(
    in value: Node?, writtenTo assignment: PgQuery__ResTarget, of table: ObjectIdentity
  ) {
    // `SET column[1] = …` writes an element, and what `column.field` is of is not followed.
    guard assignment.n_indirection == 0, let value else { return }
    guard let type = knownColumn(string(assignment.name), of: table).flatMap(enumeratedType) else { return }
    guard value.kind == PG_QUERY__NODE__NODE_MULTI_ASSIGN_REF else {
      noteLabels(in: value, as: type)
      return
    }
    let part = value.pointee.multi_assign_ref.pointee
    let columns = part.source.flatMap(Self.rowColumns) ?? []
    let place = Int(part.colno) - 1
    if columns.indices.contains(place) { noteLabels(in: columns[place], as: type) }
  }

  /// The values that an `INSERT` writes.
  mutating func noteLabels(inserted insert: PgQuery__InsertStmt, into table: ObjectIdentity) {
    guard let source = insert.select_stmt, source.kind == PG_QUERY__NODE__NODE_SELECT_STMT else { return }
    let select = source.pointee.select_stmt.pointee
    guard select.larg == nil else { return }
    var rows = list(select.n_values_lists, select.values_lists).map(\.elements)
    if rows.isEmpty {
      rows = [list(select.n_target_list, select.target_list).compactMap { $0.pointee.res_target.pointee.val }]
    }
    let named = list(insert.n_cols, insert.cols).map { $0.pointee.res_target.pointee }
    for row in rows { noteLabels(inRow: row, writtenTo: named, of: table) }
  }

  /// The values of a row for the named columns, or for all of the table in their order if none is named.
  mutating func noteLabels(inRow row: [Node], writtenTo named: [PgQuery__ResTarget], of table: ObjectIdentity)
  {
    guard named.isEmpty else {
      for (column, value) in zip(named, row) { noteLabels(in: value, writtenTo: column, of: table) }
      return
    }
    guard let relation = reader.known.relation(table.schema ?? "", table.name), relation.areColumnsKnown,
      !row.contains(where: Self.isStar)
    else { return }
    for (column, value) in zip(relation.columns, row) { noteLabels(in: value, as: enumeratedType(column)) }
  }

  private static func isStar(_ node: Node) -> Bool {
    guard node.kind == PG_QUERY__NODE__NODE_COLUMN_REF else { return false }
    let reference = node.pointee.column_ref.pointee
    return list(reference.n_fields, reference.fields).last?.kind == PG_QUERY__NODE__NODE_A_STAR
  }

  /// The arguments of a call of the only function that is known by its name and fits.
  mutating func noteLabels(inArguments arguments: [Node], of function: ObjectIdentity) {
    guard let signature = function.signature, !signature.isEmpty else { return }
    for (text, argument) in zip(
      signature.split(separator: ",").map({ String($0.drop { $0 == " " }) }), arguments)
    where argument.kind == PG_QUERY__NODE__NODE_A_CONST {
      let parts = Self.dottedName(text.hasSuffix("[]") ? String(text.dropLast(2)) : text)
      guard parts.count == 2 else { continue }
      let type = ObjectIdentity(.type, schema: parts[0], name: parts[1])
      noteLabels(in: argument, as: EnumeratedType(type, text: text, in: reader.known))
    }
  }
}
