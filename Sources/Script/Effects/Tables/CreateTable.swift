import CPgQuery
import Schema

extension EffectReader {
  /// `CREATE TABLE` in all its forms but `AS`: plain, `PARTITION OF`, `OF type`, `INHERITS`, `LIKE`, foreign.
  mutating func readCreateTable(_ statement: PgQuery__CreateStmt, kind: ObjectKind = .table) {
    guard let range = statement.relation?.pointee else { return }
    let table = newRelation(range, kind)
    let condition: EffectCondition = statement.if_not_exists != 0 ? .ifNotExists : .always
    let isKnown = known.contains(table)
    if isKnown, condition == .ifNotExists {
      create(table, when: condition)
      return
    }
    // It fails then; what it would make is named as if the table were not there.
    let before = isKnown ? known : nil
    if isKnown { forget(table) }
    if let schema = table.schema { use(ObjectIdentity(.schema, name: schema)) }

    var plan = TablePlan(table: table)
    readParents(statement, into: &plan)
    if let type = statement.of_typename?.pointee { readTableType(type, into: &plan) }
    for element in list(statement.n_table_elts, statement.table_elts) { readElement(element, into: &plan) }
    for constraint in list(statement.n_constraints, statement.constraints) {
      plan.constraints.append(ConstraintPlan(constraint.pointee.constraint.pointee))
    }
    plan.applyKeys()

    let partitioning = partitionKey(statement.partspec)
    let parents = plan.parents.map { ObjectIdentity.table($0.schema, $0.name) }
    create(
      table, when: condition, definition: tableDefinition(statement, partitioning: partitioning),
      detail: .relation(
        RelationDetail(
          isPartitioned: partitioning != nil,
          parent: parents.first,
          storage: storage(in: statement.tablespacename, by: statement.access_method))),
      dependingOn: (plan.isPartition ? [] : parents) + plan.types, partOf: plan.isPartition ? parents : [])
    known.relations[QualifiedName(table.schema ?? "", table.name)] = KnownSchema.Relation(
      kind: kind, columns: plan.columns.map(\.column), areColumnsKnown: plan.areColumnsKnown,
      parents: plan.parents, isPartitioned: partitioning != nil)
    for parent in plan.parents {
      known.relations[parent]?.children.append(QualifiedName(table.schema ?? "", table.name))
    }
    for (position, column) in plan.columns.enumerated() {
      makeColumn(column, position: position + 1, of: table, when: condition)
    }
    makeInherited(plan, on: table, when: condition)
    makeConstraints(plan.constraints, on: table, when: condition)
    for index in plan.clonedIndexes {
      let clone = makeClone(of: index, on: table, when: condition)
      if plan.isPartition { attach(clone, to: index) }
    }
    if plan.isPartition {
      for parent in plan.parents { makeRowTriggers(of: parent, on: table, when: condition) }
    }
    useExpressions(of: statement.partspec, over: table)
    if let before { known = before }
  }

  private mutating func forget(_ table: ObjectIdentity) {
    for object in known.closure(ofDropping: table, cascade: false) { known.remove(object) }
  }

  /// `PARTITION BY` as SQL, or nil for a table that is not partitioned.
  private func partitionKey(_ specification: UnsafeMutablePointer<PgQuery__PartitionSpec>?) -> String? {
    guard let specification = specification?.pointee else { return nil }
    let keys = list(specification.n_part_params, specification.part_params).map { node -> String in
      let element = node.pointee.partition_elem.pointee
      var text =
        nonEmpty(element.name).map(KeyWords.quoted) ?? element.expr.map { "(\(Deparser.expression($0)))" }
        ?? ""
      let collation = names(element.n_collation, element.collation)
      if !collation.isEmpty { text += " COLLATE " + collation.map(KeyWords.quoted).joined(separator: ".") }
      let operatorClass = names(element.n_opclass, element.opclass)
      if !operatorClass.isEmpty { text += " " + operatorClass.map(KeyWords.quoted).joined(separator: ".") }
      return text
    }
    return "PARTITION BY \(string(specification.strategy).uppercased()) (\(keys.joined(separator: ", ")))"
  }

  private mutating func useExpressions(
    of specification: UnsafeMutablePointer<PgQuery__PartitionSpec>?, over table: ObjectIdentity
  ) {
    guard let specification = specification?.pointee else { return }
    for node in list(specification.n_part_params, specification.part_params) {
      useExpression(node.pointee.partition_elem.pointee.expr, over: table)
    }
  }

  /// What a table is beside its columns and constraints; nil for a plain one.
  private func tableDefinition(_ statement: PgQuery__CreateStmt, partitioning: String?) -> String? {
    var parts: [String] = []
    if let range = statement.relation?.pointee, string(range.relpersistence) == "u" {
      parts.append("UNLOGGED")
    }
    if let bound = statement.partbound?.pointee {
      parts.append((bound.is_default != 0 ? "" : "FOR VALUES ") + boundText(bound))
    }
    if let partitioning { parts.append(partitioning) }
    let settings = storageText(options(statement.n_options, statement.options))
    if !settings.isEmpty { parts.append(settings) }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// Storage parameters as SQL; empty for none.
  func storageText(_ settings: [PgQuery__DefElem]) -> String {
    let texts = settings.map { setting in
      let name = [nonEmpty(setting.defnamespace), setting.name].compactMap { $0 }.joined(separator: ".")
      let value = setting.arg.map { $0.nameParts.isEmpty ? Deparser.number($0) : $0.nameParts.joined() }
      return name + (value.map { " = \($0)" } ?? "")
    }
    return texts.isEmpty ? "" : "WITH (\(texts.joined(separator: ", ")))"
  }

  /// The bound of a partition as SQL.
  func boundText(_ bound: PgQuery__PartitionBoundSpec) -> String {
    if bound.is_default != 0 { return "DEFAULT" }
    func values(_ nodes: [Node]) -> String {
      nodes.map { node in
        guard node.kind == PG_QUERY__NODE__NODE_PARTITION_RANGE_DATUM else {
          return Deparser.expression(node)
        }
        let datum = node.pointee.partition_range_datum.pointee
        switch datum.kind {
        case PG_QUERY__PARTITION_RANGE_DATUM_KIND__PARTITION_RANGE_DATUM_MINVALUE: return "MINVALUE"
        case PG_QUERY__PARTITION_RANGE_DATUM_KIND__PARTITION_RANGE_DATUM_MAXVALUE: return "MAXVALUE"
        default: return datum.value.map(Deparser.expression) ?? ""
        }
      }.joined(separator: ", ")
    }
    switch string(bound.strategy) {
    case "l": return "IN (\(values(list(bound.n_listdatums, bound.listdatums))))"
    case "h": return "WITH (modulus \(bound.modulus), remainder \(bound.remainder))"
    default:
      return "FROM (\(values(list(bound.n_lowerdatums, bound.lowerdatums)))) "
        + "TO (\(values(list(bound.n_upperdatums, bound.upperdatums))))"
    }
  }

  // MARK: Elements

  private mutating func readElement(_ element: Node, into plan: inout TablePlan) {
    switch element.kind {
    case PG_QUERY__NODE__NODE_COLUMN_DEF:
      let read = planColumn(element.pointee.column_def.pointee, of: plan.table)
      plan.constraints += read.constraints
      if let place = plan.columns.firstIndex(where: { $0.column.name == read.column.name }) {
        plan.merge(read, at: place)
      } else {
        plan.columns.append(read)
      }
    case PG_QUERY__NODE__NODE_CONSTRAINT:
      plan.constraints.append(ConstraintPlan(element.pointee.constraint.pointee))
    case PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE:
      readLike(element.pointee.table_like_clause.pointee, into: &plan)
    default:
      break
    }
  }

  private mutating func readParents(_ statement: PgQuery__CreateStmt, into plan: inout TablePlan) {
    let isPartition = statement.partbound != nil
    for node in list(statement.n_inh_relations, statement.inh_relations) {
      let parent = relation(node.pointee.range_var.pointee)
      use(parent)
      lock(isPartition ? .accessExclusive : .shareUpdateExclusive, parent)
      let name = QualifiedName(parent.schema ?? "", parent.name)
      plan.parents.append(name)
      plan.isPartition = isPartition
      guard let relation = known.relations[name], relation.areColumnsKnown else {
        plan.areColumnsKnown = false
        markOpaque("some columns of \(plan.table.qualifiedName) are those of \(parent.qualifiedName)")
        continue
      }
      for column in relation.columns where !plan.columns.contains(where: { $0.column.name == column.name }) {
        var inherited = column
        if !isPartition { inherited.identity = nil }
        plan.columns.append(ColumnPlan(column: inherited))
      }
      plan.inheritedConstraints += relation.constraints.filter {
        $0.isInherited && ($0.detail.kind == .check || (isPartition && $0.detail.kind == .foreignKey))
      }
      if isPartition { plan.clonedIndexes += relation.indexes }
    }
  }

  private mutating func readTableType(_ typeName: PgQuery__TypeName, into plan: inout TablePlan) {
    guard let type = typeInUse(typeName).identity else { return }
    plan.types = [type]
    guard let relation = known.relation(type.schema ?? "", type.name), relation.areColumnsKnown else {
      plan.areColumnsKnown = false
      markOpaque("the columns of \(plan.table.qualifiedName) are those of \(type)")
      return
    }
    plan.columns += relation.columns.map { ColumnPlan(column: $0) }
  }

  /// `LIKE source INCLUDING …`: the bits are those of `TableLikeOption` in PostgreSQL's `nodes/parsenodes.h`.
  private mutating func readLike(_ clause: PgQuery__TableLikeClause, into plan: inout TablePlan) {
    guard let range = clause.relation?.pointee else { return }
    let source = relation(range)
    use(source)
    lock(.accessShare, source)
    let includes = clause.options
    let constraints: UInt32 = 1 << 2, defaults: UInt32 = 1 << 3, generated: UInt32 = 1 << 4
    let identity: UInt32 = 1 << 5, indexes: UInt32 = 1 << 6
    guard let relation = known.relation(source.schema ?? "", source.name), relation.areColumnsKnown else {
      plan.areColumnsKnown = false
      markOpaque("some columns of \(plan.table.qualifiedName) are those of \(source.qualifiedName)")
      return
    }
    for column in relation.columns {
      var copy = column
      if column.isGenerated {
        if includes & generated == 0 {
          copy.isGenerated = false
          copy.isVirtual = false
          copy.defaultExpression = nil
        }
      } else if includes & defaults == 0 {
        copy.defaultExpression = nil
      }
      if includes & identity == 0 { copy.identity = nil }
      var sequence: ObjectIdentity?
      if copy.identity != nil { sequence = newSequence(for: column.name, of: plan.table) }
      plan.columns.append(ColumnPlan(column: copy, sequence: sequence))
    }
    if includes & constraints != 0 {
      plan.inheritedConstraints += relation.constraints.filter { $0.detail.kind == .check }
    }
    if includes & indexes != 0 { plan.clonedIndexes += relation.indexes }
    let parts = known.closure(ofDropping: source, cascade: false)
    let comments: UInt32 = 1 << 0, statistics: UInt32 = 1 << 7
    if includes & comments != 0, parts.contains(where: { $0.kind == .comment && $0 != .comment(on: source) })
    {
      markOpaque("the comments on parts of \(source.qualifiedName) come with them")
    }
    if includes & statistics != 0, parts.contains(where: { $0.kind == .statistics }) {
      markOpaque("the statistics of \(source.qualifiedName) come with it")
    }
  }

  // MARK: What comes from other tables

  private mutating func makeInherited(
    _ plan: TablePlan, on table: ObjectIdentity, when condition: EffectCondition
  ) {
    for constraint in plan.inheritedConstraints {
      makeKnownConstraint(constraint, on: table, when: condition)
    }
  }
}

/// A table as `CREATE TABLE` will make it.
struct TablePlan {
  var table: ObjectIdentity
  var columns: [ColumnPlan] = []
  var constraints: [ConstraintPlan] = []
  var parents: [QualifiedName] = []
  var isPartition = false
  /// The type that it is a table of (`OF type`).
  var types: [ObjectIdentity] = []
  var areColumnsKnown = true
  var inheritedConstraints: [KnownSchema.Constraint] = []
  var clonedIndexes: [KnownSchema.Index] = []

  init(table: ObjectIdentity) { self.table = table }

  /// Primary keys forbid NULL in their columns.
  mutating func applyKeys() {
    for constraint in constraints where constraint.kind == .primaryKey {
      for name in constraint.columns {
        if let place = columns.firstIndex(where: { $0.column.name == name }) {
          columns[place].column.isNullable = false
        }
      }
    }
    for index in clonedIndexes where index.detail.isPrimary {
      for name in index.detail.keys {
        if let place = columns.firstIndex(where: { $0.column.name == name }) {
          columns[place].column.isNullable = false
        }
      }
    }
  }

  /// A column given again beside an inherited one, or with options for a partition's or type's column.
  mutating func merge(_ plan: ColumnPlan, at place: Int) {
    if !plan.column.isNullable { columns[place].column.isNullable = false }
    if let text = plan.column.defaultExpression { columns[place].column.defaultExpression = text }
    if let sequence = plan.sequence { columns[place].sequence = sequence }
    columns[place].needs += plan.needs
  }
}
