import Postgres
import Schema

/// Publications and their members.
extension CatalogDialect {
  var publicationsAndMembers: [CatalogQuery] {
    // Whole schemas, row filters and column lists can be published from 15 on.
    version < 150000 ? [publications, publishedTables] : [publications, publishedTables, publishedSchemas]
  }

  private var publications: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT p.oid, p.pubname AS name, pg_get_userbyid(p.pubowner) AS owner, concat_ws(' ',
          CASE WHEN p.puballtables THEN 'FOR ALL TABLES' END,
          'PUBLISH (' || concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
            CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END) || ')',
          CASE WHEN p.pubviaroot THEN 'VIA ROOT' END) AS definition
        FROM pg_publication p WHERE \(isOwnObject("pg_publication", "p.oid"))
        """
    ) { row, builder throws(PostgresError) in
      builder.add(
        SchemaObject(
          identity: ObjectIdentity(.publication, name: try row.text("name")),
          definition: try row.text("definition"), owner: try row.text("owner")),
        at: .init(catalog: "pg_publication", oid: try row.text("oid")))
    }
  }

  private var publishedTables: CatalogQuery {
    let filter =
      version < 150000
      ? "''"
      : """
      concat_ws(' ',
        (SELECT '(' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')'
         FROM pg_attribute a WHERE a.attrelid = m.prrelid AND a.attnum = ANY (m.prattrs::int2[])),
        'WHERE ' || pg_get_expr(m.prqual, m.prrelid))
      """
    return CatalogQuery(
      sql: """
        SELECT m.oid, p.pubname AS publication, n.nspname AS schema, c.relname AS name, \(filter) AS definition
        FROM pg_publication_rel m JOIN pg_publication p ON p.oid = m.prpubid JOIN pg_class c ON c.oid = m.prrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE \(isUserSchema("n"))
        """
    ) { row, builder throws(PostgresError) in
      builder.add(
        SchemaObject(
          identity: ObjectIdentity(
            .publicationMember, schema: try row.text("schema"), parent: try row.text("publication"),
            name: try row.text("name")),
          definition: try row.text("definition")),
        at: .init(catalog: "pg_publication_rel", oid: try row.text("oid")))
    }
  }

  private var publishedSchemas: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT m.oid, p.pubname AS publication, n.nspname AS name
        FROM pg_publication_namespace m JOIN pg_publication p ON p.oid = m.pnpubid
          JOIN pg_namespace n ON n.oid = m.pnnspid
        """
    ) { row, builder throws(PostgresError) in
      builder.add(
        SchemaObject(
          identity: ObjectIdentity(
            .publicationMember, parent: try row.text("publication"), name: try row.text("name")),
          definition: "TABLES IN SCHEMA"),
        at: .init(catalog: "pg_publication_namespace", oid: try row.text("oid")))
    }
  }
}
