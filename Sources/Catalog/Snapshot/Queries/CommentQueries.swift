import Postgres
import Schema

/// Comments; to be read after the objects.
extension CatalogDialect {
  var comments: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT d.classoid::regclass::text AS catalog, d.objoid AS oid, d.objsubid AS part, d.description AS text
        FROM pg_description d WHERE d.objoid >= 16384
          OR (d.classoid = 'pg_namespace'::regclass AND d.objoid = (SELECT oid FROM pg_namespace WHERE nspname = 'public'))
        UNION ALL
        SELECT d.classoid::regclass::text, d.objoid, 0, d.description FROM pg_shdescription d WHERE d.objoid >= 16384
        """
    ) { row, builder throws(PostgresError) in
      let address = SnapshotBuilder.Address(
        catalog: try row.text("catalog"), oid: try row.text("oid"), part: try row.int("part"))
      guard let object = builder.identity(at: address), !isPlatformObject(object) else { return }
      builder.addComment(try row.text("text"), on: object)
    }
  }

  private func isPlatformObject(_ identity: ObjectIdentity) -> Bool {
    let schema = identity.kind == .schema ? identity.name : identity.schema
    return schema.map(scope.platformSchemas.contains) ?? false
  }
}
