import Postgres
import Schema

/// Constraints and indexes in a plain look.
extension CatalogDialect {
  /// Constraints; the columns are known by their numbers, and what a foreign key points to stands in its definition.
  var plainConstraints: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT k.oid, k.conrelid AS relation_oid, k.conname AS name, k.contype AS kind,
          k.convalidated AS is_validated, pg_get_constraintdef(k.oid) AS definition, k.conkey AS columns,
          k.conindid AS index_oid, k.conparentid = 0 AS is_plain
        FROM pg_constraint k
        WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND \(isTouchedRelation("k.conrelid"))
        """
    ) { row, builder throws(PostgresError) in
      guard try builder.plain.note(row), let relation = try relation(of: row, builder),
        let schema = relation.schema
      else { return }
      let (name, definition) = (try row.text("name"), try row.text("definition"))
      let numbers = try (row.optionalArray("columns") ?? []).compactMap { $0.flatMap { Int($0) } }
      guard let columns = builder.plain.columnNames(of: try row.text("relation_oid"), numbers) else {
        return builder.plain.isPlain = false
      }
      let kind = ConstraintDetail.Kind(catalogLetter: try row.text("kind"))
      var detail = ConstraintDetail(kind: kind, isValidated: try row.bool("is_validated"), columns: columns)
      if kind == .foreignKey {
        guard let target = ForeignKeyText(definition) else { return builder.plain.isPlain = false }
        detail.referencedTable = target.table
        detail.referencedColumns = target.columns
      } else {
        builder.plain.constraintsOfIndexes[try row.text("index_oid")] = name
      }
      builder.add(
        SchemaObject(
          identity: .constraint(schema, relation.name, name), definition: definition,
          detail: .constraint(detail)),
        at: .init(catalog: "pg_constraint", oid: try row.text("oid")))
    }
  }

  /// Indexes; the server writes out the definitions of those alone that have more than columns of a B-tree, for to find out
  /// which operator class is a type's default takes it longer than all else.
  var plainIndexes: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT c.oid, i.indrelid AS relation_oid, c.relname AS name, i.indisunique AS is_unique,
          i.indisprimary AS is_primary, i.indisvalid AS is_valid, c.relam AS method_oid, i.indkey AS keys,
          i.indnkeyatts AS key_count, i.indclass AS classes, i.indcollation AS collations,
          CASE WHEN i.indexprs IS NULL AND i.indpred IS NULL AND \(isUsualBTree) THEN NULL
            ELSE pg_get_indexdef(c.oid) END AS definition,
          CASE WHEN i.indexprs IS NOT NULL THEN ARRAY[
            \((1...Self.longestExpressionIndex).map { "pg_get_indexdef(c.oid, \($0), false)" }.joined(separator: ", "))]
            END AS expressions,
          NOT i.indisclustered AND c.reltablespace = 0 AND NOT c.relispartition
            AND (i.indexprs IS NULL OR i.indnkeyatts <= \(Self.longestExpressionIndex)) AS is_plain
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE \(isTouchedRelation("i.indrelid"))
        """
    ) { row, builder throws(PostgresError) in
      guard try builder.plain.note(row), let table = try relation(of: row, builder),
        let schema = table.schema
      else { return }
      let (name, isUnique) = (try row.text("name"), try row.bool("is_unique"))
      guard let names = builder.plain.names, let method = Self.methods[try row.text("method_oid")],
        let parts = try PlainIndex(row, builder.plain, names)
      else { return builder.plain.isPlain = false }
      let written = try row.optionalText("definition")
      let place = ObjectIdentity.table(schema, table.name)
      guard let definition = written ?? parts.definition(name: name, on: place, isUnique: isUnique, names)
      else { return builder.plain.isPlain = false }
      let oid = try row.text("oid")
      let detail = IndexDetail(
        table: place, isUnique: isUnique, isPrimary: try row.bool("is_primary"),
        isValid: try row.bool("is_valid"),
        constraint: builder.plain.constraintsOfIndexes[oid], keys: parts.keys, method: method,
        operatorClasses: parts.classes.map(\.name),
        storage: RelationStorage(tablespace: builder.plain.tablespace))
      builder.add(
        SchemaObject(
          identity: .index(schema, name), definition: definition, detail: .index(detail)),
        at: .init(catalog: "pg_class", oid: oid))
    }
  }

  /// How many keys an index may have of which some are expressions.
  private static let longestExpressionIndex = 3

  /// The access methods of indexes by OID (`src/include/catalog/pg_am.dat`).
  private static let methods = [
    "403": "btree", "405": "hash", "783": "gist", "2742": "gin", "4000": "spgist", "3580": "brin",
  ]
}

/// The keys of an index, from the numbers by which the catalog knows them.
private struct PlainIndex {
  var keys: [String] = []
  var classes: [ServerNames.OperatorClass] = []
  /// The columns and collations of the keys; nil where a key is an expression.
  private var columns: [(column: PlainLookNotes.Column, collation: String)?] = []

  /// Nil if something of it is not known here.
  init?(_ row: Row, _ notes: PlainLookNotes, _ names: ServerNames) throws(PostgresError) {
    let relation = try row.text("relation_oid")
    let numbers = try Self.numbers(row, "keys").prefix(try row.int("key_count"))
    let collations = try Self.numbers(row, "collations")
    let expressions = try row.optionalArray("expressions") ?? []
    for (place, number) in numbers.enumerated() {
      if number == "0" {
        guard expressions.indices.contains(place), let expression = expressions[place] else { return nil }
        keys.append(expression)
        columns.append(nil)
      } else {
        guard let number = Int(number), collations.indices.contains(place),
          let column = notes.columns[.init(relation: relation, number: number)]
        else { return nil }
        keys.append(column.name)
        columns.append((column, collations[place]))
      }
    }
    for oid in try Self.numbers(row, "classes") {
      guard let found = names.operatorClass(oid) else { return nil }
      classes.append(found)
    }
    guard classes.count == keys.count else { return nil }
  }

  /// The definition of a B-tree of columns alone, all ascending, as `pg_get_indexdef` writes it; nil if it would hang on more
  /// than is known here.
  func definition(
    name: String, on table: ObjectIdentity, isUnique: Bool, _ names: ServerNames
  ) -> String? {
    var written: [String] = []
    for (key, operators) in zip(columns, classes) {
      guard let key, key.collation == key.column.collation, operators.isBuiltIn else { return nil }
      var text = names.quoted(key.column.name)
      if !operators.isDefault {
        text += " \(names.quoted(operators.name))"
      } else if operators.inputType != Self.comparedAs[key.column.type] ?? key.column.type {
        return nil
      }
      written.append(text)
    }
    let place = [table.schema ?? "", table.name].map(names.quoted).joined(separator: ".")
    return "CREATE \(isUnique ? "UNIQUE " : "")INDEX \(names.quoted(name)) ON \(place) USING btree "
      + "(\(written.joined(separator: ", ")))"
  }

  /// The types that have no default operator class of their own, but another's: `varchar` that of `text`, `cidr` that of
  /// `inet` (by their OIDs, `src/include/catalog/pg_type.dat`).
  private static let comparedAs = ["1043": "25", "650": "869"]

  /// The elements of a vector (`1 2`).
  private static func numbers(_ row: Row, _ column: String) throws(PostgresError) -> [String] {
    try row.text(column).split(separator: " ").map(String.init)
  }
}
