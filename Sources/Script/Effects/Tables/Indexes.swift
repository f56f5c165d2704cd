import CPgQuery
import Schema

extension EffectReader {
  /// `CREATE INDEX`.
  mutating func readCreateIndex(_ statement: PgQuery__IndexStmt) {
    guard let range = statement.relation?.pointee else { return }
    let table = relation(range)
    let schema = table.schema ?? ""
    let isConcurrent = statement.concurrent != 0
    if isConcurrent { transactionRule = .outsideOnly("CREATE INDEX CONCURRENTLY") }
    lock(isConcurrent ? .shareUpdateExclusive : .share, table, scans: true)

    let method = Self.method(of: statement)
    let elements = Self.elements(of: statement)
    let included = Self.included(in: statement)
    let nameColumns = elements.map(Self.nameColumn)
    let name =
      nonEmpty(statement.idxname)
      ?? ImplicitNames.firstFree(
        table.name, ImplicitNames.joined(ImplicitNames.indexColumns(nameColumns + included)), "idx"
      ) { known.isRelationName($0, in: schema) }
    use(table)
    var needs: [ObjectIdentity] = []
    for element in elements {
      needs += useExpression(element.expr, over: table).objects
      let operatorClass = names(element.n_opclass, element.opclass)
      if let name = operatorClass.last, operatorClass.first != "pg_catalog",
        operatorClass.count > 1 || WellKnownExtensions.provider(ofOperatorClass: name) != nil
      {
        use(accessMethodObject(.operatorClass, operatorClass, method: method))
      }
    }
    needs += useExpression(statement.where_clause, over: table).objects
    let columns = elements.compactMap { nonEmpty($0.name) } + included
    let index = KnownSchema.Index(
      name: name,
      definition: indexTail(statement, keys: elements.map { Self.text($0) }),
      nameColumns: nameColumns + included,
      detail: IndexDetail(
        table: table, isUnique: statement.unique != 0, isPrimary: false, isValid: true,
        keys: elements.map { nonEmpty($0.name) ?? $0.expr.map(Deparser.expression) ?? "" }, method: method,
        storage: storage(in: statement.table_space, by: nil)))
    // Without a name IF NOT EXISTS is a syntax error, so a repetition makes a second index.
    let condition: EffectCondition = statement.if_not_exists != 0 ? .ifNotExists : .always
    if nonEmpty(statement.idxname) == nil { unnamedRepetition = .changes("a second index is made") }
    // A name that is taken leaves the partitions alone too.
    let isThere = condition == .ifNotExists && known.isRelationName(name, in: schema)
    makeIndex(
      index, on: table, when: condition,
      partOf: [table] + columns.map { .column(schema, table.name, $0) }, dependingOn: needs)
    if range.inh != 0 && !isThere { makePartitionIndexes(of: index, on: table, when: condition) }
    unnamedRepetition = nil
  }

  /// Makes an index with everything the catalog says of it.
  mutating func makeIndex(
    _ index: KnownSchema.Index, on table: ObjectIdentity, when condition: EffectCondition,
    partOf owners: [ObjectIdentity], dependingOn needed: [ObjectIdentity] = []
  ) {
    let schema = table.schema ?? ""
    if condition == .always || known.relation(schema, index.name) == nil {
      known.relations[QualifiedName(schema, index.name)] = KnownSchema.Relation(
        kind: .index, table: QualifiedName(schema, table.name))
      known.relations[QualifiedName(schema, table.name)]?.indexes.append(index)
    }
    let unique = index.detail.isUnique ? "UNIQUE " : ""
    create(
      .index(schema, index.name), when: condition,
      definition:
        "CREATE \(unique)INDEX \(KeyWords.quoted(index.name)) ON \(table.qualifiedName) \(index.definition)",
      detail: .index(index.detail), dependingOn: needed, partOf: owners)
  }

  /// Makes an index like another table's (`LIKE … INCLUDING INDEXES`, `PARTITION OF`), with the constraint behind it.
  @discardableResult
  mutating func makeClone(
    of index: KnownSchema.Index, on table: ObjectIdentity, when condition: EffectCondition
  ) -> KnownSchema.Index {
    let schema = table.schema ?? ""
    let isConstraint = index.detail.constraint != nil
    let label =
      index.detail.isPrimary ? "pkey" : index.isExclusion ? "excl" : isConstraint ? "key" : "idx"
    let middle =
      index.detail.isPrimary ? nil : ImplicitNames.joined(ImplicitNames.indexColumns(index.nameColumns))
    let name = ImplicitNames.firstFree(table.name, middle, label) { candidate in
      known.isRelationName(candidate, in: schema)
        || (isConstraint && known.constraintNames[schema]?.contains(candidate) ?? false)
    }
    var clone = index
    clone.name = name
    clone.detail.table = table
    var owners = [table]
    if isConstraint {
      clone.detail.constraint = name
      let source = known.relation(index.detail.table.schema ?? "", index.detail.table.name)?.constraints
        .first { $0.name == index.detail.constraint }
      if var constraint = source {
        constraint.name = name
        makeKnownConstraint(constraint, on: table, when: condition)
        owners = [.constraint(schema, table.name, name)]
      }
    }
    makeIndex(clone, on: table, when: condition, partOf: owners)
    return clone
  }

  /// Gives an index another name.
  mutating func renameIndex(
    _ index: ObjectIdentity, to name: String, when condition: EffectCondition = .always
  ) {
    let schema = index.schema ?? ""
    let renamed = ObjectIdentity.index(schema, name)
    if let relation = known.relations.removeValue(forKey: QualifiedName(schema, index.name)) {
      known.relations[QualifiedName(schema, name)] = relation
    }
    if let owner = known.relation(schema, name)?.table,
      let place = known.relations[owner]?.indexes.firstIndex(where: { $0.name == index.name })
    {
      known.relations[owner]?.indexes[place].name = name
    }
    rename(index, to: renamed, when: condition)
  }

  /// The name of a key in a made-up index name: the column's, or what the expression suggests.
  static func nameColumn(_ element: PgQuery__IndexElem) -> String {
    nonEmpty(element.indexcolname) ?? nonEmpty(element.name)
      ?? element.expr.map(ExpressionNames.indexColumn) ?? "expr"
  }

  /// The keys of an index.
  static func elements(of statement: PgQuery__IndexStmt) -> [PgQuery__IndexElem] {
    list(statement.n_index_params, statement.index_params).map { $0.pointee.index_elem.pointee }
  }

  private static func included(in statement: PgQuery__IndexStmt) -> [String] {
    list(statement.n_index_including_params, statement.index_including_params)
      .map { string($0.pointee.index_elem.pointee.name) }
  }

  private static func method(of statement: PgQuery__IndexStmt) -> String {
    nonEmpty(statement.access_method) ?? "btree"
  }

  /// A key of an index with everything said of it, as `pg_get_indexdef` orders it.
  static func text(_ element: PgQuery__IndexElem, withOrder: Bool = true) -> String {
    var text = nonEmpty(element.name).map(KeyWords.quoted) ?? ""
    var collation = names(element.n_collation, element.collation)
    if var expression = element.expr {
      // The server takes the outermost COLLATE of an expression for that of the key.
      while expression.kind == PG_QUERY__NODE__NODE_COLLATE_CLAUSE,
        let inner = expression.pointee.collate_clause.pointee.arg
      {
        let clause = expression.pointee.collate_clause.pointee
        if collation.isEmpty { collation = names(clause.n_collname, clause.collname) }
        expression = inner
      }
      let written = Deparser.expression(expression)
      let isBare =
        expression.kind == PG_QUERY__NODE__NODE_COLUMN_REF
        || (expression.kind == PG_QUERY__NODE__NODE_FUNC_CALL && !LooseOperands.isInfix(expression))
      text = isBare ? written : "(\(written))"
    }
    if !collation.isEmpty { text += " COLLATE " + collation.map(KeyWords.quoted).joined(separator: ".") }
    let operatorClass = names(element.n_opclass, element.opclass)
    if !operatorClass.isEmpty { text += " " + operatorClass.map(KeyWords.quoted).joined(separator: ".") }
    guard withOrder else { return text }
    let isDescending = element.ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC
    if isDescending { text += " DESC" }
    switch element.nulls_ordering {
    case PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST: if !isDescending { text += " NULLS FIRST" }
    case PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST: if isDescending { text += " NULLS LAST" }
    default: break
    }
    return text
  }

  /// What stands behind the table's name in the definition of the index that a statement makes.
  func indexTail(_ statement: PgQuery__IndexStmt, keys: [String]) -> String {
    indexTail(
      Self.method(of: statement), keys: keys, included: Self.included(in: statement),
      predicate: statement.where_clause, nullsNotDistinct: statement.nulls_not_distinct != 0,
      settings: options(statement.n_options, statement.options))
  }

  /// What stands behind the table's name in an index's definition.
  func indexTail(
    _ method: String, keys: [String], included: [String], predicate: Node?, nullsNotDistinct: Bool = false,
    settings: [PgQuery__DefElem] = []
  ) -> String {
    var text = "USING \(method) (\(keys.joined(separator: ", ")))"
    if !included.isEmpty { text += " INCLUDE (\(included.map(KeyWords.quoted).joined(separator: ", ")))" }
    if nullsNotDistinct { text += " NULLS NOT DISTINCT" }
    let storage = storageText(settings)
    if !storage.isEmpty { text += " " + storage }
    if let predicate { text += " WHERE (\(Deparser.expression(predicate)))" }
    return text
  }
}
