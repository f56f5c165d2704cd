import Postgres
import Schema

/// How the queries of a snapshot are narrowed down to some relations and routines.
///
/// Which relations these are is found out once a look, by ``touched``, and handed on in settings of the transaction: to
/// find it out in each query would take as long as the rest of the look.
extension CatalogDialect {
  /// Notes which relations are looked at: those that `$1` names, of schemas that are read, unless they are an extension's.
  ///
  /// `OFFSET 0` keeps what is within from being worked out anew wherever it is referred to.
  var touched: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT set_config('signalbox.touched', relations.oids::text, true), set_config('signalbox.touched_with_sequences',
          (relations.oids || ARRAY(
            SELECT owned.objid FROM pg_depend owned WHERE owned.refclassid = 'pg_class'::regclass
              AND owned.refobjid = ANY (relations.oids) AND owned.classid = 'pg_class'::regclass
              AND owned.deptype IN ('a', 'i')))::text, true)
        FROM (SELECT ARRAY(\(namedRelations)) OFFSET 0) relations(oids)
        """
    ) { _, _ in }
  }

  /// The relations that `$1` names, unless they are an extension's.
  var namedRelations: String {
    """
    SELECT named.oid FROM (SELECT to_regclass(name)::oid FROM unnest($1::text[]) name OFFSET 0) named(oid)
      WHERE named.oid IS NOT NULL AND \(isOwnObject("pg_class", "named.oid"))
    """
  }

  /// The names of the relation that a row is about; none where it is known from its own row, which was read before.
  func relationName(_ alias: String, _ schema: String) -> String {
    isNarrow
      ? "" : "\(schema).nspname AS schema, \(alias).relname AS relation, \(alias).relkind AS relation_kind, "
  }

  /// What joins the relation that a row is about, where its names are read.
  func joined(_ alias: String, _ schema: String, by column: String) -> String {
    isNarrow
      ? ""
      : "JOIN pg_class \(alias) ON \(alias).oid = \(column) JOIN pg_namespace \(schema) ON \(schema).oid = \(alias).relnamespace "
  }

  /// What joins the row of a catalog that belongs to another, where only some objects are looked at by its index.
  ///
  /// The plan is made once, maybe while the catalog is empty. Then to read all of it looks as cheap as to look one row up,
  /// and `OFFSET 0` keeps it from being read so.
  func lookedUp(_ catalog: String, as alias: String, by condition: String) -> String {
    isNarrow
      ? "LATERAL (SELECT * FROM \(catalog) \(alias) WHERE \(condition) OFFSET 0) \(alias) ON true"
      : "\(catalog) \(alias) ON \(condition)"
  }

  /// The relation that a row is about; nil if it is none of those that are looked at.
  func relation(of row: Row, _ builder: SnapshotBuilder) throws(PostgresError) -> ObjectIdentity? {
    if isNarrow {
      return builder.identity(at: .init(catalog: "pg_class", oid: try row.text("relation_oid")))
    }
    return ObjectIdentity(
      ObjectKind(relationKind: try row.text("relation_kind")), schema: try row.text("schema"),
      name: try row.text("relation"))
  }

  /// The condition that a relation is read, or what is on it: it is of a schema that is read, no extension brought it
  /// along, and it is among those that are looked at; `schema` names its `pg_namespace`.
  ///
  /// - Parameter column: another column that holds the relation, and has an index.
  func isRead(relation oid: String, in schema: String, by column: String? = nil) -> String {
    isNarrow
      ? isTouchedRelation(column ?? oid) : "\(isUserSchema(schema)) AND \(isOwnObject("pg_class", oid))"
  }

  /// The condition that a relation is among those that are looked at; always true in a whole snapshot.
  func isTouchedRelation(_ oid: String) -> String {
    isNarrow ? "\(oid) = ANY (current_setting('signalbox.touched')::oid[])" : "true"
  }

  /// The same for what may also be a sequence that belongs to such a relation.
  func isTouchedRelationOrItsSequence(_ oid: String) -> String {
    isNarrow ? "\(oid) = ANY (current_setting('signalbox.touched_with_sequences')::oid[])" : "true"
  }

  /// The condition that a routine is among those that are looked at; `alias` names a `pg_proc`.
  func isTouchedRoutine(_ alias: String) -> String {
    isNarrow ? "\(alias).proname = ANY ($2::name[])" : "true"
  }
}
