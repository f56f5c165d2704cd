import Postgres
public import Schema

extension CatalogReader {
  /// What advice about a database needs beside its snapshot.
  ///
  /// The schemas that the API exposes are looked up where they are kept, with the role that PostgREST logs in as: in a
  /// session of anybody else the setting is empty, and a check that goes by it finds nothing.
  ///
  /// - Throws: ``PostgresError``.
  public func advisorFacts() async throws -> AdvisorFacts {
    try await withLease { lease in
      let results = try await lease.execute(
        [Self.exposedSchemas, Self.installedExtensions, Self.buckets].joined(separator: ";\n"))
      guard results.count == 3 else {
        throw PostgresError(
          .unexpectedValue, "3 queries were answered with \(results.count) results")
      }
      var facts = AdvisorFacts()
      if let row = results[0].rows.first {
        facts.exposedSchemas = try row.text("schemas").split(separator: ",").map { schema in
          String(
            schema.drop { $0 == " " || $0 == "\"" }.reversed().drop { $0 == " " || $0 == "\"" }.reversed())
        }.filter { !$0.isEmpty }
      }
      facts.extensions = try results[1].rows.map { row in
        AdvisorFacts.Extension(
          name: try row.text("name"), schema: try row.text("schema"),
          isRelocatable: try row.bool("relocatable"), version: try row.text("version"),
          availableVersion: try row.optionalText("available"))
      }
      if try results[2].rows.first?.bool("readable") == true {
        let found = try await lease.execute("SELECT id FROM storage.buckets WHERE public ORDER BY id")
        facts.publicBuckets = found.first?.rows.compactMap { $0[0] } ?? []
      }
      return facts
    }
  }

  private static let exposedSchemas = """
    SELECT substr(item, strpos(item, '=') + 1) AS schemas
    FROM pg_catalog.pg_db_role_setting s, unnest(s.setconfig) item
    WHERE split_part(item, '=', 1) IN ('pgrst.db_schemas', 'pgrst.db_schema')
      AND (s.setdatabase = 0
        OR s.setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))
      AND (s.setrole = 0 OR s.setrole = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = 'authenticator'))
    ORDER BY s.setrole <> 0 DESC, s.setdatabase <> 0 DESC, split_part(item, '=', 1) DESC LIMIT 1
    """

  private static let installedExtensions = """
    SELECT e.extname AS name, n.nspname AS schema, e.extrelocatable AS relocatable, e.extversion AS version,
      a.default_version AS available
    FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
      LEFT JOIN pg_catalog.pg_available_extensions a ON a.name = e.extname
    ORDER BY e.extname
    """

  private static let buckets = """
    SELECT EXISTS (SELECT FROM pg_catalog.pg_attribute a
      WHERE a.attrelid = to_regclass('storage.buckets') AND a.attname = 'public'
        AND has_schema_privilege('storage', 'USAGE') AND has_table_privilege(a.attrelid, 'SELECT')) AS readable
    """
}
