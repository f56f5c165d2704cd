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
          CASE WHEN keys.are_plain AND c.relkind = 'i' AND \(isUsualBTree)
            THEN 'CREATE ' || CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END || 'INDEX ' || quote_ident(c.relname)
              || ' ON ' || i.indrelid::regclass || ' USING btree (' || keys.written || ')'
              || coalesce(' WHERE ' || pg_get_expr(i.indpred, i.indrelid), '')
            ELSE pg_get_indexdef(c.oid) END AS definition,
          method.amname AS method, \(bytes) AS bytes,
          pg_stat_get_numscans(c.oid) AS scans, \(Self.tablespace("c")) AS tablespace, parent.schema AS parent_schema,
          parent.name AS parent_name,
          (SELECT k.conname FROM pg_constraint k
           WHERE k.conindid = c.oid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x') LIMIT 1) AS constraint_name,
          keys.operator_classes, keys.names AS keys
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \(joined("t", "tn", by: "i.indrelid"))JOIN pg_am method ON method.oid = c.relam
          LEFT JOIN LATERAL (
            SELECT pn.nspname AS schema, p.relname AS name
            FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
            WHERE c.relispartition AND h.inhrelid = c.oid) parent ON true
          JOIN (\(keysOfIndexes)) keys ON keys.oid = i.indexrelid
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

  /// The keys of all indexes that are read, and whether they are columns alone, in the order and with the operators that
  /// a B-tree has for their types.
  ///
  /// Of such indexes the definition is put together from the names, as `pg_get_indexdef` writes it: that function
  /// searches all operator classes for the type's default, for each key, which takes the server longer than all else.
  private var keysOfIndexes: String {
    """
    SELECT oid, array_agg(operator_class) AS operator_classes, array_agg(name) AS names,
        string_agg(quote_ident(name), ', ') AS written, bool_and(is_plain) AS are_plain
      FROM (
        SELECT x.indexrelid AS oid, o.opcname AS operator_class,
          CASE WHEN key.number = 0 THEN pg_get_indexdef(x.indexrelid, key.place::int, false) ELSE a.attname::text END
            AS name,
          coalesce(
            o.opcdefault AND o.opcnamespace = 'pg_catalog'::regnamespace AND key.sorting = a.attcollation
            AND (o.opcintype = a.atttypid
              OR (o.opcintype, a.atttypid) IN (('text'::regtype, 'varchar'::regtype), ('inet'::regtype, 'cidr'::regtype))),
            false) AS is_plain
        FROM pg_index x
          CROSS JOIN LATERAL unnest(x.indkey::int2[], x.indclass::oid[], x.indcollation::oid[])
            WITH ORDINALITY key(number, class, sorting, place)
          JOIN pg_opclass o ON o.oid = key.class
          LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = key.number
        \(isNarrow ? "WHERE " + isTouchedRelation("x.indrelid") : "")
        ORDER BY x.indexrelid, key.place) key
      GROUP BY oid
    """
  }

  /// The condition that an index `i`, `c` in `pg_class`, is a B-tree without anything that its definition would say besides
  /// its keys and its predicate: ascending, no further columns, no options, and nulls that are not equal to each other, as
  /// everywhere before PostgreSQL 15.
  var isUsualBTree: String {
    "c.relam = 403 AND i.indnatts = i.indnkeyatts AND c.reloptions IS NULL AND 0 = ALL (i.indoption::int2[])"
      + (version < 150000 ? "" : " AND NOT i.indnullsnotdistinct")
  }
}
