import CPgQuery
import Schema

/// What `ALTER TABLE` does to columns.
extension EffectReader {
  mutating func addColumn(_ command: PgQuery__AlterTableCmd, to table: ObjectIdentity) {
    guard let definition = command.def?.pointee.column_def?.pointee else { return }
    var plan = planColumn(definition, of: table)
    let schema = table.schema ?? ""
    let condition: EffectCondition = command.missing_ok != 0 ? .ifNotExists : .always
    for constraint in plan.constraints where constraint.kind == .primaryKey && !constraint.columns.isEmpty {
      plan.column.isNullable = false
    }
    let hasDefault = plan.column.defaultExpression != nil || plan.column.identity != nil
    let rewrites = hasDefault && plan.isDefaultVolatile || plan.isDomain && hasDefault
    let scans =
      plan.constraints.contains { $0.kind == .check && !$0.isUnchecked }
      || !plan.column.isNullable && !hasDefault
    lock(.accessExclusive, table, rewrites: rewrites, scans: scans || rewrites)
    let key = QualifiedName(schema, table.name)
    let isThere = known.relations[key]?.columns.contains { $0.name == plan.column.name } ?? false
    let before = isThere && condition == .ifNotExists ? known : nil
    if !isThere { known.relations[key]?.columns.append(plan.column) }
    let targets =
      [table] + (known.relations[key]?.children ?? []).map { ObjectIdentity.table($0.schema, $0.name) }
    for (index, target) in targets.enumerated() {
      let targetKey = QualifiedName(target.schema ?? "", target.name)
      if index > 0, !(known.relations[targetKey]?.columns.contains { $0.name == plan.column.name } ?? true) {
        known.relations[targetKey]?.columns.append(plan.column)
      }
      makeColumn(plan, position: known.relations[targetKey]?.columns.count ?? 0, of: target, when: condition)
    }
    makeConstraints(plan.constraints, on: table, when: condition)
    if let before { known = before }
  }

  mutating func changeColumn(
    _ column: ObjectIdentity, _ clause: String, _ change: (inout KnownSchema.Column) -> Void
  ) {
    use(column)
    let key = QualifiedName(column.schema ?? "", column.parent ?? "")
    var detail = ObjectDetail.none
    if let place = known.relations[key]?.columns.firstIndex(where: { $0.name == column.name }) {
      if var changed = known.relations[key]?.columns[place] {
        let before = changed
        change(&changed)
        // Done or not, it leaves the column as it is.
        if guarding.isContradicted && changed == before { return }
        if !guarding.isContradicted { known.relations[key]?.columns[place] = changed }
        detail = .column(Self.detail(of: changed, position: place + 1))
      }
    }
    alter(column, definition: clause, detail: detail)
  }

  mutating func setDefault(_ expression: Node?, of column: ObjectIdentity, in table: ObjectIdentity) {
    lock(.accessExclusive, table)
    guard let expression else {
      changeColumn(column, "DROP DEFAULT") { $0.defaultExpression = nil }
      return
    }
    let text = Deparser.expression(expression)
    changeColumn(column, "SET DEFAULT \(text)") { $0.defaultExpression = text }
    let owner = known.relation(column.schema ?? "", column.parent ?? "")
    let type = owner?.columns.first { $0.name == column.name }.flatMap {
      EnumeratedType($0.typeIdentity, text: $0.type, in: known)
    }
    let needs = useExpression(expression, as: type).objects
    if known.contains(column) { known.insert(column, dependingOn: needs) }
  }

  /// A valid check `column IS NOT NULL` spares SET NOT NULL its scan.
  func isProvenNotNull(_ column: String, in table: ObjectIdentity) -> Bool {
    let relation = known.relation(table.schema ?? "", table.name)
    return relation?.constraints.contains {
      $0.detail.kind == .check && $0.detail.isValidated && $0.detail.columns == [column]
        && $0.definition.hasPrefix("CHECK (\(KeyWords.quoted(column)) IS NOT NULL)")
    } ?? false
  }

  mutating func changeType(
    _ command: PgQuery__AlterTableCmd, of column: ObjectIdentity, in table: ObjectIdentity
  ) {
    guard let definition = command.def?.pointee.column_def?.pointee,
      let typeName = definition.type_name?.pointee
    else { return }
    let reference = typeInUse(typeName)
    let old = known.relation(table.schema ?? "", table.name)?.columns.first { $0.name == column.name }?.type
    let conversion = definition.raw_default
    let rewrites = conversion != nil || !TypeChange.keepsRows(from: old, to: reference.text)
    lock(.accessExclusive, table, rewrites: rewrites, scans: rewrites)
    var clause = "TYPE \(reference.text)"
    let collation = WrittenCollation(definition.coll_clause)
    if let collation { clause += " COLLATE \(collation.text)" }
    if let identity = collation?.identity { use(identity) }
    if let conversion {
      clause += " USING \(Deparser.expression(conversion))"
      useExpression(conversion, over: table)
      noteRepetition(.unknown("the USING expression runs again on the new type"))
    }
    changeColumn(column, clause) {
      $0.type = reference.text
      $0.typeIdentity = reference.identity
      $0.collation = collation?.text
    }
    guard known.contains(column) else { return }
    if guarding.questions.isEmpty {
      // What goes with the old type later, or with the old collation, is not this column.
      for owner in known.owners(of: column) where [.type, .domain, .collation].contains(owner.kind) {
        known.release(column, from: owner)
      }
    }
    known.insert(column, dependingOn: [reference.identity, collation?.identity].compactMap { $0 })
  }

  mutating func changeIdentity(
    _ command: PgQuery__AlterTableCmd, of column: ObjectIdentity, in table: ObjectIdentity
  ) {
    lock(.accessExclusive, table)
    switch command.subtype {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
      guard let constraint = command.def?.pointee.constraint?.pointee else { return }
      let when = string(constraint.generated_when)
      changeColumn(
        column, when == "a" ? "ADD GENERATED ALWAYS AS IDENTITY" : "ADD GENERATED BY DEFAULT AS IDENTITY"
      ) {
        $0.identity = when
        $0.isNullable = false
      }
      noteRepetition(.fails("\(column) is already an identity column"))
      let named = list(constraint.n_options, constraint.options).compactMap(\.option)
        .first { $0.name == "sequence_name" }?.arg?.nameParts
      var sequence = newSequence(for: column.name, of: table)
      if let named, !named.isEmpty {
        let name = newName(named)
        sequence = ObjectIdentity(.sequence, schema: name.schema, name: name.name)
      }
      makeSequence(
        sequence, when: .always, ownedBy: column, isIdentity: true,
        definition: "OWNED BY \(column.qualifiedName)")
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
      changeColumn(column, "DROP IDENTITY") { $0.identity = nil }
      let sequence = ObjectIdentity(
        .sequence, schema: table.schema,
        name: ImplicitNames.objectName(table.name, column.name, "seq"))
      drop(sequence, when: command.missing_ok != 0 ? .ifExists : .always)
    default:
      let mode = (command.def?.elements ?? []).compactMap(\.option).last { $0.name == "generated" }?
        .arg?.integerValue
      switch mode.flatMap({ UInt8(exactly: $0) }) {
      case UInt8(ascii: "a"): changeColumn(column, "SET GENERATED ALWAYS") { $0.identity = "a" }
      case UInt8(ascii: "d"): changeColumn(column, "SET GENERATED BY DEFAULT") { $0.identity = "d" }
      default: changeColumn(column, "SET GENERATED") { _ in }
      }
    }
  }
}
