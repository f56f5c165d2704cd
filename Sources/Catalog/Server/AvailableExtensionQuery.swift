import Postgres
import Schema

/// What the server's directory of extensions holds.
extension AvailableExtension {
  static let sql = """
    SELECT a.name, a.default_version, a.installed_version, n.nspname AS schema,
      pg_catalog.array_agg(v.version) AS versions,
      (SELECT d.requires FROM pg_catalog.unnest(pg_catalog.array_agg(v)) d WHERE d.version = a.default_version) AS requires,
      coalesce(pg_catalog.bool_or(v.superuser AND NOT v.trusted AND v.version = a.default_version), false)
        AS needs_superuser
    FROM pg_catalog.pg_available_extensions a
    LEFT JOIN pg_catalog.pg_available_extension_versions v ON v.name = a.name
    LEFT JOIN pg_catalog.pg_extension e ON e.extname = a.name
    LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
    GROUP BY a.name, a.default_version, a.installed_version, n.nspname
    """

  static func read(_ rows: Rows) throws(PostgresError) -> [String: AvailableExtension] {
    var extensions: [String: AvailableExtension] = [:]
    for row in rows {
      extensions[try row.text("name")] = AvailableExtension(
        defaultVersion: try row.optionalText("default_version"),
        installedVersion: try row.optionalText("installed_version"),
        schema: try row.optionalText("schema"),
        versions: Set(try row.array("versions").compactMap(\.self)),
        requires: (try row.optionalArray("requires") ?? []).compactMap(\.self),
        needsSuperuser: try row.bool("needs_superuser"))
    }
    return extensions
  }
}
