import Postgres
import Schema

/// Constraints of tables.
///
/// Left out: `NOT NULL`, which only servers from 18 on keep as constraints (the column says it on all versions);
/// constraint triggers, which are triggers; and the rows that servers before 18 add for each partition that a foreign
/// key of the same table points to.
extension CatalogDialect {
  var constraints: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT k.oid, k.conrelid AS relation_oid, \(relationName("t", "n"))k.conname AS name, k.contype AS kind,
          k.convalidated AS is_validated, pg_get_constraintdef(k.oid) AS definition,
          rn.nspname AS referenced_schema, r.relname AS referenced_name,
          (SELECT array_agg(a.attname ORDER BY key.place)
           FROM unnest(k.conkey) WITH ORDINALITY key(number, place)
             JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = key.number) AS columns,
          (SELECT array_agg(a.attname ORDER BY key.place)
           FROM unnest(k.confkey) WITH ORDINALITY key(number, place)
             JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = key.number) AS referenced_columns
        FROM pg_constraint k \(joined("t", "n", by: "k.conrelid"))LEFT JOIN pg_class r ON r.oid = k.confrelid LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
        WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND \(isRead(relation: "t.oid", in: "n", by: "k.conrelid"))
          AND NOT EXISTS (SELECT FROM pg_constraint parent WHERE parent.oid = k.conparentid AND parent.conrelid = k.conrelid)
        """
    ) { row, builder throws(PostgresError) in
      guard let relation = try relation(of: row, builder), let schema = relation.schema else { return }
      let kind = ConstraintDetail.Kind(catalogLetter: try row.text("kind"))
      var detail = ConstraintDetail(
        kind: kind, isValidated: try row.bool("is_validated"),
        columns: try row.optionalArray("columns")?.compactMap { $0 } ?? [],
        referencedColumns: try row.optionalArray("referenced_columns")?.compactMap { $0 } ?? [])
      if let schema = try row.optionalText("referenced_schema"),
        let name = try row.optionalText("referenced_name")
      {
        detail.referencedTable = .table(schema, name)
      }
      builder.add(
        SchemaObject(
          identity: .constraint(schema, relation.name, try row.text("name")),
          definition: try row.text("definition"), detail: .constraint(detail)),
        at: .init(catalog: "pg_constraint", oid: try row.text("oid")))
    }
  }
}

extension ConstraintDetail.Kind {
  /// The kind that `pg_constraint.contype` stands for.
  init(catalogLetter letter: String) {
    switch letter {
    case "p": self = .primaryKey
    case "u": self = .unique
    case "f": self = .foreignKey
    case "x": self = .exclusion
    default: self = .check
    }
  }
}
