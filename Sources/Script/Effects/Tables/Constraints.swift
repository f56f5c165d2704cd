import CPgQuery
import Schema

extension EffectReader {
  /// Makes constraints with the indexes behind them, in the order in which PostgreSQL names them: checks, then the
  /// primary key, then other indexes, then foreign keys.
  mutating func makeConstraints(
    _ plans: [ConstraintPlan], on table: ObjectIdentity, when condition: EffectCondition
  ) {
    for plan in plans where plan.kind == .check {
      if let column = notNullColumn(plan) {
        // The catalog of a server that reads it so keeps it with the column.
        changeColumn(.column(table.schema ?? "", table.name, column), "SET NOT NULL") {
          $0.isNullable = false
          $0.notNullName = plan.givenName
        }
      } else {
        makeCheck(plan, on: table, when: condition)
      }
    }
    for plan in Self.distinctIndexes(plans) { makeIndexConstraint(plan, on: table, when: condition) }
    for plan in plans where plan.kind == .foreignKey { makeForeignKey(plan, on: table, when: condition) }
  }

  /// The constraints that get an index of their own: the primary key first, no index twice.
  private static func distinctIndexes(_ plans: [ConstraintPlan]) -> [ConstraintPlan] {
    var chosen: [ConstraintPlan] = []
    let keys = plans.filter { $0.kind == .primaryKey }
    for plan in keys + plans.filter({ $0.kind == .unique || $0.kind == .exclusion }) {
      let twin = chosen.firstIndex { other in
        plan.kind != .exclusion && other.kind != .exclusion && other.columns == plan.columns
          && plan.node.n_including == 0 && other.node.n_including == 0
          && plan.isDeferrable == other.isDeferrable
          && plan.node.nulls_not_distinct == other.node.nulls_not_distinct
      }
      guard let twin else {
        chosen.append(plan)
        continue
      }
      // The one that stays takes the name of the one that goes if it has none itself.
      if chosen[twin].givenName == nil { chosen[twin].node.conname = plan.node.conname }
    }
    return chosen
  }

  func isConstraintName(_ name: String, in schema: String) -> Bool {
    known.constraintNames[schema]?.contains(name) ?? false
  }

  mutating func make(
    _ constraint: KnownSchema.Constraint, on table: ObjectIdentity, when condition: EffectCondition,
    dependingOn needed: [ObjectIdentity]
  ) {
    let schema = table.schema ?? ""
    known.constraintNames[schema, default: []].insert(constraint.name)
    known.relations[QualifiedName(schema, table.name)]?.constraints.append(constraint)
    create(
      .constraint(schema, table.name, constraint.name), when: condition, definition: constraint.definition,
      detail: .constraint(constraint.detail), dependingOn: needed,
      partOf: [table] + constraint.detail.columns.map { .column(schema, table.name, $0) })
    if let key = key(referredToBy: constraint.detail) {
      known.insert(.constraint(schema, table.name, constraint.name), dependingOn: [key])
    }
  }

  /// The key with which a foreign key goes.
  private func key(referredToBy foreignKey: ConstraintDetail) -> ObjectIdentity? {
    guard let table = foreignKey.referencedTable,
      let relation = known.relation(table.schema ?? "", table.name)
    else { return nil }
    let columns = Set(foreignKey.referencedColumns)
    let key = relation.constraints.first {
      [.primaryKey, .unique].contains($0.detail.kind) && Set($0.detail.columns) == columns
    }
    return key.map { .constraint(table.schema ?? "", table.name, $0.name) }
  }

  /// Makes a constraint that a table takes over from another.
  mutating func makeKnownConstraint(
    _ constraint: KnownSchema.Constraint, on table: ObjectIdentity, when condition: EffectCondition
  ) {
    make(
      constraint, on: table, when: condition,
      dependingOn: constraint.detail.referencedTable.map { [$0] } ?? [])
  }

  // MARK: Checks

  /// The column of a check that stands in for a NOT NULL constraint.
  private func notNullColumn(_ plan: ConstraintPlan) -> String? {
    guard readsNotNullAsCheck, let expression = plan.node.raw_expr,
      expression.kind == PG_QUERY__NODE__NODE_COLUMN_REF
    else { return nil }
    return names(expression.pointee.column_ref.pointee.n_fields, expression.pointee.column_ref.pointee.fields)
      .last
  }

  private mutating func makeCheck(
    _ plan: ConstraintPlan, on table: ObjectIdentity, when condition: EffectCondition
  ) {
    guard let expression = plan.node.raw_expr else { return }
    let schema = table.schema ?? ""
    // A reference to the whole row bears the table's name.
    let columns = Self.columnsRead(by: expression).filter { column in
      column != table.name
        || known.relation(schema, table.name)?.columns.contains { $0.name == column } ?? true
    }
    let name =
      plan.givenName
      ?? ImplicitNames.firstFree(table.name, columns.count == 1 ? columns[0] : nil, "check") {
        isConstraintName($0, in: schema)
      }
    let needs = references(in: expression).objects
    let inheritance = plan.node.is_no_inherit != 0 ? " NO INHERIT" : ""
    make(
      KnownSchema.Constraint(
        name: name, definition: "CHECK (\(Deparser.expression(expression)))\(inheritance)\(plan.suffix)",
        detail: ConstraintDetail(kind: .check, isValidated: !plan.isUnchecked, columns: columns),
        isInherited: plan.node.is_no_inherit == 0),
      on: table, when: condition, dependingOn: needs)
  }

  // MARK: Foreign keys

  private mutating func makeForeignKey(
    _ plan: ConstraintPlan, on table: ObjectIdentity, when condition: EffectCondition
  ) {
    guard let range = plan.node.pktable?.pointee else { return }
    let schema = table.schema ?? ""
    let referenced = relation(range)
    var referencedColumns = names(plan.node.n_pk_attrs, plan.node.pk_attrs)
    if referencedColumns.isEmpty {
      let key = known.relation(referenced.schema ?? "", referenced.name)?.constraints.first {
        $0.detail.kind == .primaryKey
      }
      referencedColumns = key?.detail.columns ?? []
    }
    let name =
      plan.givenName
      ?? ImplicitNames.firstFree(table.name, ImplicitNames.joined(plan.columns), "fkey") {
        isConstraintName($0, in: schema)
      }
    make(
      KnownSchema.Constraint(
        name: name,
        definition: Self.foreignKeyDefinition(plan, to: referenced, referencedColumns),
        detail: ConstraintDetail(
          kind: .foreignKey, isValidated: !plan.isUnchecked, columns: plan.columns,
          referencedTable: referenced,
          referencedColumns: referencedColumns)),
      on: table, when: condition,
      dependingOn: [referenced]
        + referencedColumns.map { .column(referenced.schema ?? "", referenced.name, $0) })
    lock(.shareRowExclusive, referenced)
  }

  private static func foreignKeyDefinition(
    _ plan: ConstraintPlan, to referenced: ObjectIdentity, _ columns: [String]
  ) -> String {
    func names(_ list: [String]) -> String { list.map(KeyWords.quoted).joined(separator: ", ") }
    func action(_ letter: String, _ event: String) -> String {
      switch letter {
      case "r": " ON \(event) RESTRICT"
      case "c": " ON \(event) CASCADE"
      case "n": " ON \(event) SET NULL"
      case "d": " ON \(event) SET DEFAULT"
      default: ""
      }
    }
    var text = "FOREIGN KEY (\(names(plan.columns))) REFERENCES \(referenced.qualifiedName)"
    if !columns.isEmpty { text += "(\(names(columns)))" }
    if string(plan.node.fk_matchtype) == "f" { text += " MATCH FULL" }
    text +=
      action(string(plan.node.fk_upd_action), "UPDATE") + action(string(plan.node.fk_del_action), "DELETE")
    let emptied = Script.names(plan.node.n_fk_del_set_cols, plan.node.fk_del_set_cols)
    if !emptied.isEmpty { text += " (\(names(emptied)))" }
    return text + plan.suffix
  }
}
