import CPgQuery
import Schema

/// The collation that a `COLLATE` clause names.
struct WrittenCollation {
  /// Its name as it is written into a definition.
  var text: String
  /// The collation itself, where its schema is named; nil for the server's own and for those found by the search path.
  var identity: ObjectIdentity?

  /// Nil if there is no clause.
  init?(_ clause: UnsafeMutablePointer<PgQuery__CollateClause>?) {
    guard let clause = clause?.pointee else { return nil }
    let parts = names(clause.n_collname, clause.collname)
    text = parts.map(Identifier.quoted).joined(separator: ".")
    if parts.count > 1, parts[0] != "pg_catalog" {
      identity = ObjectIdentity(.collation, schema: parts[0], name: parts[1])
    }
  }
}
