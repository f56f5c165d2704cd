import Postgres
import Schema

/// Schemas and extensions.
extension CatalogDialect {
  var namespaces: [CatalogQuery] { [schemas, extensions] }

  private var schemas: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT n.oid, n.nspname AS name, pg_get_userbyid(n.nspowner) AS owner
        FROM pg_namespace n
        WHERE \(isUserSchema("n")) AND \(isOwnObject("pg_namespace", "n.oid"))
        """
    ) { row, builder throws(PostgresError) in
      builder.add(
        SchemaObject(
          identity: ObjectIdentity(.schema, name: try row.text("name")), owner: try row.text("owner")),
        at: .init(catalog: "pg_namespace", oid: try row.text("oid")))
    }
  }

  private var extensions: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT e.oid, e.extname AS name, e.extversion AS version, n.nspname AS schema,
          pg_get_userbyid(e.extowner) AS owner
        FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
        """
    ) { row, builder throws(PostgresError) in
      let schema = Identifier.quoted(try row.text("schema"))
      builder.add(
        SchemaObject(
          identity: ObjectIdentity(.extension, name: try row.text("name")),
          definition: "SCHEMA \(schema) VERSION \(try row.text("version"))", owner: try row.text("owner")),
        at: .init(catalog: "pg_extension", oid: try row.text("oid")))
    }
  }
}
