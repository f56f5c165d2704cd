import Postgres
import Schema

/// The queries of a plain look: what the usual table is, read from the rows of the catalogs themselves.
///
/// Of what the whole look asks most is rare: parents, types, foreign servers, storage of its own, what an index is attached
/// to. To begin the joins for these takes the server three times as long as to read everything else. Here each row says
/// instead whether it has any of it (`is_plain`), and if one has, the whole look follows.
extension CatalogDialect {
  /// Notes which relations are looked at, as ``touched`` does, and where the database's relations are kept.
  var plainTouched: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT set_config('signalbox.touched', relations.oids::text, true),
          (SELECT dattablespace = 1663 FROM pg_database WHERE datname = current_database()) AS is_usual_tablespace,
          NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = ANY (relations.oids)) AS is_plain
        FROM (SELECT ARRAY(\(namedRelations)) OFFSET 0) relations(oids)
        """
    ) { row, builder throws(PostgresError) in
      try builder.plain.note(row)
      builder.plain.tablespace = try row.bool("is_usual_tablespace") ? "" : nil
    }
  }

  var plainRelations: CatalogQuery {
    let estimate = version < 140000 ? "relpages = 0 AND c.reltuples = 0" : "reltuples < 0"
    return CatalogQuery(
      sql: """
        SELECT c.oid, c.relnamespace::regnamespace AS schema, c.relname AS name, pg_get_userbyid(c.relowner) AS owner,
          CASE WHEN c.\(estimate) THEN NULL ELSE c.reltuples END::float8 AS rows, c.relpersistence AS persistence,
          c.reloptions AS options, c.relreplident AS replica_identity,
          (SELECT toast.reloptions FROM pg_class toast WHERE toast.oid = c.reltoastrelid) AS toast_options,
          c.relrowsecurity AS row_security, c.relforcerowsecurity AS forced_row_security,
          c.relkind = 'S' AS is_sequence, c.relkind = 'S' OR c.relkind = 'r' AND c.relam = 2 AND c.reltablespace = 0 AND c.reloftype = 0 AND NOT c.relispartition
            AND c.relreplident <> 'i' AS is_plain\(held("coalesce(c.relacl, acldefault('r', c.relowner))"))
        FROM pg_class c
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND \(isTouchedRelation("c.oid"))
        """
    ) { row, builder throws(PostgresError) in
      guard try builder.plain.note(row) else { return }
      if try row.bool("is_sequence") {
        builder.plain.unseenSequences.insert(try row.text("oid"))
        return
      }
      let identity = ObjectIdentity.table(
        Identifier.unquoted(try row.text("schema")), try row.text("name"))
      let options = try storageParameters(of: row)
      let detail = RelationDetail(
        estimatedRows: try row.optionalDouble("rows"), bytes: 0,
        isSecurityInvoker: options.makesSecurityInvoker,
        storage: RelationStorage(tablespace: builder.plain.tablespace, accessMethod: "heap"))
      try addRelation(
        row, identity, definition: try plainDefinition(row, options: options), detail, &builder)
    }
  }

  /// What defines a table of the plain kind apart from its columns.
  private func plainDefinition(_ row: Row, options: [String]) throws(PostgresError) -> String {
    var parts: [String] = []
    if try row.text("persistence") == "u" { parts.append("UNLOGGED") }
    if !options.isEmpty { parts.append("WITH (\(options.sorted().joined(separator: ", ")))") }
    switch try row.text("replica_identity") {
    case "f": parts.append("REPLICA IDENTITY FULL")
    case "n": parts.append("REPLICA IDENTITY NOTHING")
    default: break
    }
    return parts.joined(separator: " ")
  }

  /// Columns; the type is asked only of values of variable length, whose storage and collation may be their own.
  var plainColumns: CatalogQuery {
    let compression = version < 140000 ? "NULL" : "nullif(a.attcompression, '')"
    let whole = columns
    return CatalogQuery(
      sql: """
        SELECT a.attrelid AS relation_oid, a.attnum AS position, a.attname AS name,
          format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS not_null,
          CASE WHEN a.atthasdef THEN (SELECT pg_get_expr(d.adbin, d.adrelid)
            FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum) END AS expression,
          nullif(a.attidentity, '') AS identity, nullif(a.attgenerated, '') AS generated, NULL AS collation,
          a.attstorage AS storage, false AS has_own_storage, \(compression) AS compression,
          nullif(a.attstattarget, -1) AS statistics, a.attoptions AS options, NULL AS foreign_options,
          a.atttypid AS type_oid, a.attcollation AS collation_oid,
          CASE WHEN a.attlen > 0 AND a.attcollation = 0 THEN true
            ELSE (SELECT a.attcollation = t.typcollation AND a.attstorage = t.typstorage FROM pg_type t
              WHERE t.oid = a.atttypid) END AS is_plain\(held("a.attacl"))
        FROM pg_attribute a
        WHERE a.attnum > 0 AND NOT a.attisdropped AND \(isTouchedRelation("a.attrelid"))
        """
    ) { row, builder throws(PostgresError) in
      guard try builder.plain.note(row) else { return }
      let place = PlainLookNotes.Place(
        relation: try row.text("relation_oid"), number: try row.int("position"))
      builder.plain.columns[place] = .init(
        name: try row.text("name"), type: try row.text("type_oid"), collation: try row.text("collation_oid"))
      try whole.read(row, &builder)
    }
  }

  /// The sequences that belong to columns.
  var plainSequences: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT c.oid, c.relnamespace::regnamespace AS schema, c.relname AS name, pg_get_userbyid(c.relowner) AS owner,
          c.relpersistence AS persistence, format_type(s.seqtypid, NULL) AS type, s.seqstart AS start,
          s.seqincrement AS increment, s.seqmin AS minimum, s.seqmax AS maximum, s.seqcache AS cache,
          s.seqcycle AS cycles, d.refobjid AS relation_oid, d.refobjsubid AS position,
          d.deptype = 'i' AS is_identity\(held("coalesce(c.relacl, acldefault('s', c.relowner))"))
        FROM pg_depend d JOIN \(lookedUp("pg_sequence", as: "s", by: "s.seqrelid = d.objid"))
          JOIN \(lookedUp("pg_class", as: "c", by: "c.oid = s.seqrelid"))
        WHERE d.refclassid = 'pg_class'::regclass AND \(isTouchedRelation("d.refobjid")) AND d.refobjsubid > 0
          AND d.classid = 'pg_class'::regclass AND d.objsubid = 0 AND d.deptype IN ('a', 'i')
        """
    ) { row, builder throws(PostgresError) in
      builder.plain.unseenSequences.remove(try row.text("oid"))
      let column = builder.identity(
        at: .init(catalog: "pg_class", oid: try row.text("relation_oid"), part: try row.int("position")))
      try addSequence(row, in: Identifier.unquoted(try row.text("schema")), ownedBy: column, &builder)
    }
  }
}
