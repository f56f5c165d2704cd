import Schema
import Script

/// Puts the objects of one side together to tables.
struct StoredSchemaBuilder {
  private(set) var schema = StoredSchema()

  /// The schema that a database has.
  static func schema(of snapshot: Snapshot) -> StoredSchema {
    var builder = StoredSchemaBuilder()
    for object in snapshot.objects.values.sorted(by: { $0.identity < $1.identity })
    where wanted(object.identity) {
      let reading = ActualDefinition.parts(of: object).map { DefinitionReading(parts: $0) }
      builder.add(object.identity, object.detail, reading)
    }
    return builder.schema
  }

  /// The schema that the files leave.
  static func schema(of expected: ExpectedSchema) -> StoredSchema {
    var builder = StoredSchemaBuilder()
    for table in expected.relationsInDoubt {
      builder.schema.doubts[table] = "a statement that cannot be followed may have changed it"
    }
    for object in expected.objects.keys.sorted() where wanted(object) {
      guard let state = expected.objects[object] else { continue }
      switch state.existence {
      case .absent: continue
      case .unknown, .creator:
        builder.schema.doubts[key(object)] = "whether the files make it hangs on a condition"
      case .value:
        guard let account = state.account else {
          builder.schema.doubts[key(object)] = "the files do not say what it is"
          continue
        }
        let detail = present(account.detail, of: state)
        let written = SchemaObject(
          identity: object, definition: account.definition ?? "", detail: detail)
        let reading = ExpectedDefinition(
          schema: expected, object: object, state: state, account: account, found: written
        ).reading()
        builder.add(object, detail, reading)
      }
    }
    return builder.schema
  }

  /// A detail as a file gives it, with the tables in it under the names that they have now.
  private static func present(_ detail: ObjectDetail, of state: TrackedObject) -> ObjectDetail {
    switch detail {
    case .index(var index):
      index.table = state.table ?? index.table
      return .index(index)
    case .constraint(var constraint):
      constraint.referencedTable = state.referencedTable ?? constraint.referencedTable
      return .constraint(constraint)
    default: return detail
    }
  }

  private static func wanted(_ object: ObjectIdentity) -> Bool {
    switch object.kind {
    case .table, .foreignTable, .view, .materializedView, .column, .index, .constraint, .type, .enumValue:
      true
    default: false
    }
  }

  /// The identity under which a relation is found, whatever its kind.
  static func key(_ object: ObjectIdentity) -> ObjectIdentity {
    object.isRelation ? object.with(kind: .table) : object
  }

  // MARK: Objects

  private mutating func add(_ object: ObjectIdentity, _ detail: ObjectDetail, _ reading: DefinitionReading?) {
    switch object.kind {
    case .table, .foreignTable, .view, .materializedView:
      let key = Self.key(object)
      schema.tables[key, default: StoredTable(identity: object)].identity = object
      if case .relation(let relation) = detail {
        schema.tables[key]?.isPartition = relation.parent != nil
      }
    case .column: addColumn(object, reading)
    case .constraint: addConstraint(object, detail, reading)
    case .index: addIndex(object, detail, reading)
    case .type:
      if case .none = detail { schema.enumerations[object] = schema.enumerations[object] ?? [] }
    case .enumValue:
      guard let parent = object.parent else { return }
      let type = ObjectIdentity(.type, schema: object.schema, name: parent)
      schema.enumerations[type, default: []].insert(object.name)
    default: break
    }
  }

  private mutating func change(_ object: ObjectIdentity, _ body: (inout StoredTable) -> Void) {
    guard let table = object.table else { return }
    body(&schema.tables[table.with(kind: .table), default: StoredTable(identity: table)])
  }

  private mutating func addColumn(_ object: ObjectIdentity, _ reading: DefinitionReading?) {
    guard let reading else {
      schema.doubts[object] = "its definition cannot be read"
      return
    }
    var column = StoredColumn()
    column.type = reading.part("type")?.text
    column.isNullable = reading.part("nullability").map { $0.text == "NULL" }
    column.defaultExpression = reading.part("default")?.text
    column.isGenerated = reading.part("generation") != nil
    column.isIdentity = reading.part("identity") != nil
    column.doubts = reading.doubts
    change(object) { $0.columns[object.name] = column }
  }

  private mutating func addConstraint(
    _ object: ObjectIdentity, _ detail: ObjectDetail, _ reading: DefinitionReading?
  ) {
    guard case .constraint(let constraint) = detail else { return }
    guard let reading else {
      schema.doubts[object] = "its definition cannot be read"
      return
    }
    let columns = Self.names(reading.part("columns")?.text) ?? constraint.columns
    switch constraint.kind {
    case .primaryKey, .unique:
      let peculiarity =
        reading.part("deferral") != nil
        ? "deferrable" : reading.part("nulls") != nil ? "NULLS NOT DISTINCT" : nil
      change(object) {
        $0.indexes.append(
          StoredIndex(
            kind: constraint.kind == .primaryKey ? .primaryKey : .unique, identity: object,
            keys: columns.map { StoredIndex.Key(column: $0) }, peculiarity: peculiarity))
      }
    case .foreignKey:
      guard let table = constraint.referencedTable else { return }
      let referenced = Self.names(reading.part("referenced columns")?.text) ?? constraint.referencedColumns
      change(object) {
        $0.foreignKeys.append(
          StoredForeignKey(
            identity: object, columns: columns, table: table.with(kind: .table),
            referencedColumns: referenced,
            onDelete: reading.part("ON DELETE")?.text ?? "NO ACTION",
            onUpdate: reading.part("ON UPDATE")?.text ?? "NO ACTION"))
      }
    default: break
    }
  }

  private mutating func addIndex(
    _ object: ObjectIdentity, _ detail: ObjectDetail, _ reading: DefinitionReading?
  ) {
    guard case .index(let index) = detail, index.constraint == nil, !index.isPrimary else { return }
    guard let reading, reading.part("uniqueness") != nil else {
      schema.doubts[object] = "its definition cannot be read"
      return
    }
    var stored = StoredIndex(
      kind: reading.part("uniqueness")?.text == "UNIQUE" ? .unique : .index, identity: object, keys: [],
      method: reading.part("method")?.text ?? "btree", predicate: reading.part("predicate")?.text)
    var number = 1
    while let part = reading.part("key \(number)") {
      var key = StoredIndex.Key()
      if case .word(let word) = part { key.column = Self.unquoted(word) }
      key.isDescending = reading.part("order of key \(number)")?.text.hasPrefix("DESC") ?? false
      key.operatorClass = reading.part("operator class of key \(number)")?.text
      stored.keys.append(key)
      if key.column == nil { stored.peculiarity = "an expression" }
      number += 1
    }
    if reading.part("included columns") != nil { stored.peculiarity = "INCLUDE" }
    if reading.part("nulls") != nil { stored.peculiarity = "NULLS NOT DISTINCT" }
    let table = index.table.with(kind: .table)
    schema.tables[table, default: StoredTable(identity: table)].indexes.append(stored)
  }

  // MARK: Names

  private static func names(_ list: String?) -> [String]? {
    list.map { $0.split(separator: ", ").map { unquoted(String($0)) } }
  }

  static func unquoted(_ name: String) -> String {
    guard name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") else { return name }
    return name.dropFirst().dropLast().split(separator: "\"\"", omittingEmptySubsequences: false)
      .joined(separator: "\"")
  }
}
