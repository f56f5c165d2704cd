import Postgres

/// How the queries of a snapshot are narrowed down to some relations and routines.
///
/// Which relations these are is found out once a look, by ``touched``, and handed on in settings of the transaction: to
/// find it out in each query would take as long as the rest of the look.
extension CatalogDialect {
  /// Notes which relations are looked at: those that `$1` names, if they are of a schema that is read and nobody else's.
  var touched: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT set_config('signalbox.touched', relations.oids::text, true), set_config('signalbox.touched_with_sequences',
          (relations.oids || ARRAY(
            SELECT owned.objid FROM pg_depend owned WHERE owned.refclassid = 'pg_class'::regclass
              AND owned.refobjid = ANY (relations.oids) AND owned.classid = 'pg_class'::regclass
              AND owned.deptype IN ('a', 'i')))::text, true)
        FROM (SELECT ARRAY(
          SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.oid = ANY (ARRAY(SELECT to_regclass(name)::oid FROM unnest($1::text[]) name))
            AND \(isUserSchema("n")) AND \(isOwnObject("pg_class", "c.oid")))) relations(oids)
        """
    ) { _, _ in }
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
