import Postgres
import Schema

/// One set-based query of the system catalogs, with what its rows mean.
struct CatalogQuery: Sendable {
  /// The statement, without a semicolon.
  var sql: String
  /// Turns one row into objects.
  var read: @Sendable (Row, inout SnapshotBuilder) throws(PostgresError) -> Void
}

/// What the queries of one snapshot have in common: the server's version and the scope.
struct CatalogDialect: Sendable {
  /// The server's version number (`170006`).
  var version: Int
  /// What is read.
  var scope: SnapshotScope
  /// Whether only certain relations and routines are read, whose names the statements take as parameters.
  var isNarrow = false

  /// The condition that a schema is read at all; `alias` names a `pg_namespace`.
  func isUserSchema(_ alias: String) -> String {
    var condition = "\(alias).nspname !~ '^pg_' AND \(alias).nspname <> 'information_schema'"
    if !scope.excludedSchemas.isEmpty {
      condition += " AND \(alias).nspname <> ALL (\(SQLText.nameArray(scope.excludedSchemas)))"
    }
    return condition
  }

  /// The condition that a schema belongs to the host.
  func isPlatform(_ alias: String) -> String {
    guard !scope.platformSchemas.isEmpty else { return "false" }
    return "\(alias).nspname = ANY (\(SQLText.nameArray(scope.platformSchemas)))"
  }

  /// The condition that neither an extension brought the object along nor another object, as a range type brings its
  /// constructor functions.
  ///
  /// Asked for a few objects, `OFFSET 0` keeps it from becoming a join, for which all of a catalog's dependencies would be read.
  func isOwnObject(_ catalog: String, _ oid: String) -> String {
    let bonds = ["pg_proc", "pg_cast"].contains(catalog) ? "'e', 'i'" : "'e'"
    return """
      NOT EXISTS (SELECT FROM pg_depend own WHERE own.classid = '\(catalog)'::regclass
        AND own.objid = \(oid) AND own.deptype IN (\(bonds))\(isNarrow ? " OFFSET 0" : ""))
      """
  }

  /// The argument types of a function, comma-separated; `alias` names a `pg_proc`.
  func argumentTypes(_ alias: String) -> String {
    """
    (SELECT coalesce(string_agg(format_type(argument.type, NULL), ', ' ORDER BY argument.place), '')
     FROM unnest(\(alias).proargtypes::oid[]) WITH ORDINALITY argument(type, place))
    """
  }
}
