import Postgres
import Schema

/// Indexes, those of constraints included.
extension CatalogDialect {
  var indexes: CatalogQuery {
    let bytes = scope.includesSizes ? "CASE WHEN c.relkind = 'i' THEN pg_relation_size(c.oid) END" : "0"
    return CatalogQuery(
      sql: """
        SELECT c.oid, i.indrelid AS relation_oid, \(relationName("t", "tn"))c.relname AS name,
          i.indisunique AS is_unique, i.indisprimary AS is_primary, i.indisvalid AS is_valid,
          pg_get_indexdef(c.oid) AS definition, method.amname AS method, \(bytes) AS bytes,
          pg_stat_get_numscans(c.oid) AS scans, \(Self.tablespace("c")) AS tablespace, parent.schema AS parent_schema,
          parent.name AS parent_name,
          (SELECT k.conname FROM pg_constraint k
           WHERE k.conindid = c.oid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x') LIMIT 1) AS constraint_name,
          (SELECT array_agg(o.opcname ORDER BY class.place)
           FROM unnest(i.indclass::oid[]) WITH ORDINALITY class(oid, place)
             JOIN pg_opclass o ON o.oid = class.oid) AS operator_classes,
          (SELECT array_agg(
             CASE WHEN key.number = 0 THEN pg_get_indexdef(c.oid, key.place::int, false) ELSE a.attname::text END
             ORDER BY key.place)
           FROM unnest(i.indkey::int2[]) WITH ORDINALITY key(number, place)
             LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.number
           WHERE key.place <= i.indnkeyatts) AS keys
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \(joined("t", "tn", by: "i.indrelid"))JOIN pg_am method ON method.oid = c.relam
          LEFT JOIN LATERAL (
            SELECT pn.nspname AS schema, p.relname AS name
            FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
            WHERE c.relispartition AND h.inhrelid = c.oid) parent ON true
        WHERE \(isRead(relation: "t.oid", in: "tn", by: "i.indrelid"))
        """
    ) { row, builder throws(PostgresError) in
      guard let table = try relation(of: row, builder), let schema = table.schema else { return }
      let parentSchema = try row.optionalText("parent_schema")
      let parent = try row.optionalText("parent_name").map { ObjectIdentity.index(parentSchema ?? "", $0) }
      let detail = IndexDetail(
        table: .table(schema, table.name),
        isUnique: try row.bool("is_unique"), isPrimary: try row.bool("is_primary"),
        isValid: try row.bool("is_valid"), constraint: try row.optionalText("constraint_name"),
        keys: try row.optionalArray("keys")?.compactMap { $0 } ?? [], method: try row.text("method"),
        operatorClasses: try row.optionalArray("operator_classes")?.compactMap { $0 } ?? [],
        bytes: try row.optionalInt("bytes") ?? 0, scans: try row.optionalInt("scans") ?? 0,
        storage: RelationStorage(tablespace: try row.optionalText("tablespace"), parent: parent))
      builder.add(
        SchemaObject(
          // An index is in its table's schema.
          identity: .index(schema, try row.text("name")),
          definition: try row.text("definition"), detail: .index(detail)),
        at: .init(catalog: "pg_class", oid: try row.text("oid")))
    }
  }
}
