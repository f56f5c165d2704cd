import Postgres
import Schema

/// Sequences, those of serial and identity columns included.
extension CatalogDialect {
  var sequences: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT c.oid, n.nspname AS schema, c.relname AS name, pg_get_userbyid(c.relowner) AS owner,
          c.relpersistence AS persistence, format_type(s.seqtypid, NULL) AS type, s.seqstart AS start,
          s.seqincrement AS increment, s.seqmin AS minimum, s.seqmax AS maximum, s.seqcache AS cache,
          s.seqcycle AS cycles, tn.nspname AS table_schema, t.relname AS table_name, a.attname AS column_name,
          d.deptype = 'i' AS is_identity\(held("coalesce(c.relacl, acldefault('s', c.relowner))"))
        FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
          LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
            AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
          LEFT JOIN pg_class t ON t.oid = d.refobjid
          LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
          LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE \(isNarrow ? isTouchedRelationOrItsSequence("s.seqrelid") : isRead(relation: "c.oid", in: "n"))
        """
    ) { row, builder throws(PostgresError) in
      var owner: ObjectIdentity?
      if let schema = try row.optionalText("table_schema"), let table = try row.optionalText("table_name"),
        let column = try row.optionalText("column_name")
      {
        owner = .column(schema, table, column)
      }
      try addSequence(row, in: try row.text("schema"), ownedBy: owner, &builder)
    }
  }

  /// Adds the sequence of a row.
  func addSequence(
    _ row: Row, in schema: String, ownedBy column: ObjectIdentity?, _ builder: inout SnapshotBuilder
  ) throws(PostgresError) {
    let detail = SequenceDetail(ownedBy: column, isIdentity: try row.optionalBool("is_identity") ?? false)
    var definition = try row.text("persistence") == "u" ? "UNLOGGED " : ""
    definition += """
      AS \(try row.text("type")) START \(try row.text("start")) INCREMENT \(try row.text("increment")) \
      MINVALUE \(try row.text("minimum")) MAXVALUE \(try row.text("maximum")) CACHE \(try row.text("cache"))
      """
    if try row.bool("cycles") { definition += " CYCLE" }
    if let column { definition += " OWNED BY \(column.qualifiedName)" }
    let identity = ObjectIdentity(.sequence, schema: schema, name: try row.text("name"))
    let owner = try row.text("owner")
    builder.add(
      SchemaObject(identity: identity, definition: definition, detail: .sequence(detail), owner: owner),
      at: .init(catalog: "pg_class", oid: try row.text("oid")))
    try addHeld(row, on: identity, owner: owner, &builder)
  }
}
