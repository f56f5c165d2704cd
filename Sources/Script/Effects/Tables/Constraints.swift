import CPgQuery
import Schema

/// A table constraint as a statement will make it.
struct ConstraintPlan {
  var node: PgQuery__Constraint
  /// The columns that it is on: those in its list, or the one that it is written at.
  var columns: [String]
  var isDeferrable: Bool
  var isDeferred: Bool

  init(_ node: PgQuery__Constraint, column: String? = nil) {
    self.node = node
    isDeferrable = node.deferrable != 0
    isDeferred = node.initdeferred != 0
    let listed =
      node.contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN
      ? names(node.n_fk_attrs, node.fk_attrs) : names(node.n_keys, node.keys)
    columns = listed.isEmpty ? column.map { [$0] } ?? [] : listed
  }

  /// Which kind it is, or nil for what is no constraint of its own (NOT NULL, DEFAULT, …).
  var kind: ConstraintDetail.Kind? {
    switch node.contype {
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK: .check
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY: .primaryKey
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE: .unique
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION: .exclusion
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN: .foreignKey
    default: nil
    }
  }

  /// The name that it was given, if it was.
  var givenName: String? { nonEmpty(node.conname) }

  /// Whether existing rows are left unchecked.
  var isUnchecked: Bool { node.skip_validation != 0 }

  /// The index that it takes over (`USING INDEX`), if it does.
  var adoptedIndex: String? { nonEmpty(node.indexname) }

  /// `DEFERRABLE`, `INITIALLY DEFERRED`, `NOT VALID` as they stand behind a definition.
  fileprivate var suffix: String {
    (isDeferrable ? " DEFERRABLE" : "") + (isDeferred ? " INITIALLY DEFERRED" : "")
      + (isUnchecked ? " NOT VALID" : "")
  }
}

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

  private func isConstraintName(_ name: String, in schema: String) -> Bool {
    known.constraintNames[schema]?.contains(name) ?? false
  }

  private mutating func make(
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
    func names(_ list: [String]) -> String { list.map(Identifier.quoted).joined(separator: ", ") }
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

  // MARK: Keys and exclusions

  private mutating func makeIndexConstraint(
    _ plan: ConstraintPlan, on table: ObjectIdentity, when condition: EffectCondition
  ) {
    guard let kind = plan.kind else { return }
    let schema = table.schema ?? ""
    if let index = plan.adoptedIndex {
      adopt(index, as: plan, on: table, when: condition)
      return
    }
    let elements = list(plan.node.n_exclusions, plan.node.exclusions).compactMap { $0.elements.first }
      .filter { $0.kind == PG_QUERY__NODE__NODE_INDEX_ELEM }.map { $0.pointee.index_elem.pointee }
    let keys =
      kind == .exclusion
      ? elements.map { nonEmpty($0.name) ?? $0.expr.map(Deparser.expression) ?? "" } : plan.columns
    let included = names(plan.node.n_including, plan.node.including)
    let nameColumns = kind == .exclusion ? elements.map(Self.nameColumn) : plan.columns
    let label = kind == .primaryKey ? "pkey" : kind == .unique ? "key" : "excl"
    let middle =
      kind == .primaryKey ? nil : ImplicitNames.joined(ImplicitNames.indexColumns(nameColumns + included))
    let name =
      plan.givenName
      ?? ImplicitNames.firstFree(table.name, middle, label) {
        known.isRelationName($0, in: schema) || isConstraintName($0, in: schema)
      }
    var needs: [ObjectIdentity] = []
    if kind == .exclusion {
      for element in elements { needs += useExpression(element.expr, over: table).objects }
      needs += useExpression(plan.node.where_clause, over: table).objects
    }
    let columns = kind == .exclusion ? elements.compactMap { nonEmpty($0.name) } : plan.columns
    let method = nonEmpty(plan.node.access_method) ?? "btree"
    let definition = indexConstraintDefinition(plan, kind, keys: keys, included: included)
    make(
      KnownSchema.Constraint(
        name: name, definition: definition,
        detail: ConstraintDetail(kind: kind, columns: columns), isInherited: false),
      on: table, when: condition, dependingOn: needs)
    let indexKeys = kind == .exclusion ? elements.map(Self.text) : keys.map(Identifier.quoted)
    let tail = indexTail(method, keys: indexKeys, included: included, predicate: plan.node.where_clause)
    makeIndex(
      KnownSchema.Index(
        name: name, definition: tail, nameColumns: nameColumns + included,
        detail: IndexDetail(
          table: table, isUnique: kind != .exclusion, isPrimary: kind == .primaryKey, isValid: true,
          constraint: name,
          keys: keys, method: method),
        isExclusion: kind == .exclusion),
      on: table, when: condition, partOf: [.constraint(schema, table.name, name)])
  }

  private func indexConstraintDefinition(
    _ plan: ConstraintPlan, _ kind: ConstraintDetail.Kind, keys: [String], included: [String]
  ) -> String {
    if kind == .exclusion {
      let parts = list(plan.node.n_exclusions, plan.node.exclusions).map { pair -> String in
        let elements = pair.elements
        let key = elements.first.map { $0.pointee.index_elem.pointee }
        let text = key.map(Self.text) ?? ""
        return "\(text) WITH \(elements.last?.nameParts.last ?? "")"
      }
      let method = nonEmpty(plan.node.access_method) ?? "btree"
      let predicate = plan.node.where_clause.map { " WHERE (\(Deparser.expression($0)))" } ?? ""
      return "EXCLUDE USING \(method) (\(parts.joined(separator: ", ")))\(predicate)\(plan.suffix)"
    }
    let words = kind == .primaryKey ? "PRIMARY KEY" : "UNIQUE"
    let nulls = plan.node.nulls_not_distinct != 0 ? " NULLS NOT DISTINCT" : ""
    let include =
      included.isEmpty ? "" : " INCLUDE (\(included.map(Identifier.quoted).joined(separator: ", ")))"
    return "\(words)\(nulls) (\(keys.map(Identifier.quoted).joined(separator: ", ")))\(include)\(plan.suffix)"
  }

  /// `ADD CONSTRAINT … PRIMARY KEY USING INDEX`: the index takes the constraint's name.
  private mutating func adopt(
    _ indexName: String, as plan: ConstraintPlan, on table: ObjectIdentity, when condition: EffectCondition
  ) {
    let schema = table.schema ?? ""
    let index = ObjectIdentity.index(schema, indexName)
    use(index)
    let name = plan.givenName ?? indexName
    let found = known.relation(schema, table.name)?.indexes.first { $0.name == indexName }
    let kind = plan.kind ?? .unique
    let columns = found?.detail.keys ?? []
    let words = kind == .primaryKey ? "PRIMARY KEY" : "UNIQUE"
    make(
      KnownSchema.Constraint(
        name: name,
        definition: "\(words) (\(columns.map(Identifier.quoted).joined(separator: ", ")))\(plan.suffix)",
        detail: ConstraintDetail(kind: kind, columns: columns), isInherited: false),
      on: table, when: condition, dependingOn: [])
    if name != indexName { renameIndex(index, to: name, when: condition) } else { alter(index) }
    known.insert(.index(schema, name), partOf: [.constraint(schema, table.name, name)])
  }
}
