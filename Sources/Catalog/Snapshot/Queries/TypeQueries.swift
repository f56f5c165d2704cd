import Postgres
import Schema

/// Types and domains; not the types that come with tables, arrays and ranges.
extension CatalogDialect {
  var types: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT t.oid, n.nspname AS schema, t.typname AS name, t.typtype AS kind, pg_get_userbyid(t.typowner) AS owner,
          CASE WHEN t.typtype = 'e' THEN (
            SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)
          END AS labels,
          CASE t.typtype
            WHEN 'c' THEN (
              SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', '
                ORDER BY a.attnum)
              FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)
            WHEN 'r' THEN (
              SELECT concat_ws(', ', 'SUBTYPE = ' || format_type(r.rngsubtype, NULL),
                (SELECT 'SUBTYPE_OPCLASS = ' || quote_ident(cn.nspname) || '.' || quote_ident(oc.opcname) FROM pg_opclass oc
                 JOIN pg_namespace cn ON cn.oid = oc.opcnamespace WHERE oc.oid = r.rngsubopc AND NOT oc.opcdefault),
                (SELECT 'COLLATION = ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname) FROM pg_collation co
                 JOIN pg_namespace cn ON cn.oid = co.collnamespace JOIN pg_type st ON st.oid = r.rngsubtype
                 WHERE co.oid = r.rngcollation AND co.oid <> st.typcollation),
                'CANONICAL = ' || nullif(r.rngcanonical::oid, 0)::regproc,
                'SUBTYPE_DIFF = ' || nullif(r.rngsubdiff::oid, 0)::regproc)
              FROM pg_range r WHERE r.rngtypid = t.oid)
            WHEN 'd' THEN concat_ws(' ', format_type(t.typbasetype, t.typtypmod), 'DEFAULT ' || t.typdefault,
              CASE WHEN t.typnotnull THEN 'NOT NULL' END,
              (SELECT string_agg('CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), ' '
                 ORDER BY k.conname)
               FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'))
            WHEN 'b' THEN concat_ws(' ', 'INPUT', t.typinput::oid::regprocedure, 'OUTPUT', t.typoutput::oid::regprocedure)
          END AS definition
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
        WHERE (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c')
            OR (t.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type element WHERE element.typarray = t.oid))
            OR (t.typtype = 'p' AND NOT t.typisdefined))
          AND \(isUserSchema("n")) AND \(isOwnObject("pg_type", "t.oid"))
        """
    ) { row, builder throws(PostgresError) in
      let schema = try row.text("schema")
      let name = try row.text("name")
      let definition: String
      switch try row.text("kind") {
      case "e":
        let labels = try row.optionalArray("labels")?.compactMap { $0 } ?? []
        for label in labels { builder.add(SchemaObject(identity: .enumValue(schema, name, label))) }
        definition = "ENUM (\(labels.map(SQLLiteral.text).joined(separator: ", ")))"
      case "c": definition = "(\(try row.optionalText("definition") ?? ""))"
      case "r": definition = "RANGE (\(try row.optionalText("definition") ?? ""))"
      default: definition = try row.optionalText("definition") ?? ""
      }
      builder.add(
        SchemaObject(
          identity: ObjectIdentity(
            try row.text("kind") == "d" ? .domain : .type, schema: schema, name: name),
          definition: definition, owner: try row.text("owner")),
        at: .init(catalog: "pg_type", oid: try row.text("oid")))
    }
  }
}
