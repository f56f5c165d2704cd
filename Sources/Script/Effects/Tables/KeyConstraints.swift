import CPgQuery
import Schema

/// Constraints that have an index behind them.
extension EffectReader {
  /// Drops the primary key that is known before another is made.
  ///
  /// A table has one primary key: where another is known, something that could not be followed has dropped it, or this
  /// statement fails.
  private mutating func dropFormerKey(of table: ObjectIdentity) {
    let former = known.relation(table.schema ?? "", table.name)?.constraints.first {
      $0.detail.kind == .primaryKey
    }
    guard guarding.condition == .always, let former else { return }
    drop(.constraint(table.schema ?? "", table.name, former.name), when: .ifExists)
  }

  mutating func makeIndexConstraint(
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
    if kind == .primaryKey, condition == .always { dropFormerKey(of: table) }
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
    let indexKeys = kind == .exclusion ? elements.map { Self.text($0) } : keys.map(KeyWords.quoted)
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
        let text = key.map { Self.text($0) } ?? ""
        return "\(text) WITH \(elements.last?.nameParts.last ?? "")"
      }
      let method = nonEmpty(plan.node.access_method) ?? "btree"
      let predicate = plan.node.where_clause.map { " WHERE (\(Deparser.expression($0)))" } ?? ""
      return "EXCLUDE USING \(method) (\(parts.joined(separator: ", ")))\(predicate)\(plan.suffix)"
    }
    let words = kind == .primaryKey ? "PRIMARY KEY" : "UNIQUE"
    let nulls = plan.node.nulls_not_distinct != 0 ? " NULLS NOT DISTINCT" : ""
    let include =
      included.isEmpty ? "" : " INCLUDE (\(included.map(KeyWords.quoted).joined(separator: ", ")))"
    return "\(words)\(nulls) (\(keys.map(KeyWords.quoted).joined(separator: ", ")))\(include)\(plan.suffix)"
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
        definition: "\(words) (\(columns.map(KeyWords.quoted).joined(separator: ", ")))\(plan.suffix)",
        detail: ConstraintDetail(kind: kind, columns: columns), isInherited: false),
      on: table, when: condition, dependingOn: [])
    if name != indexName { renameIndex(index, to: name, when: condition) } else { alter(index) }
    let key = QualifiedName(schema, table.name)
    if let place = known.relations[key]?.indexes.firstIndex(where: { $0.name == name }) {
      known.relations[key]?.indexes[place].detail.constraint = name
      known.relations[key]?.indexes[place].detail.isPrimary = kind == .primaryKey
    }
    known.insert(.index(schema, name), partOf: [.constraint(schema, table.name, name)])
  }
}
