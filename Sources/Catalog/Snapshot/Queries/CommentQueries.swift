import Postgres
import Schema

/// Comments; to be read after the objects.
extension CatalogDialect {
  var comments: [CatalogQuery] { [commentsOnObjects, commentsOnPartsOfTypes] }

  /// Comments on the attributes of composite types and the checks of domains, which are no objects of their own.
  private var commentsOnPartsOfTypes: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT n.nspname AS schema, c.relname AS type, a.attname AS name, 'column' AS kind, d.description AS text
        FROM pg_description d JOIN pg_class c ON d.classoid = 'pg_class'::regclass AND c.oid = d.objoid AND c.relkind = 'c'
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE \(isUserSchema("n")) AND NOT \(isPlatform("n")) AND \(isOwnObject("pg_class", "c.oid"))
        UNION ALL
        SELECT n.nspname, t.typname, k.conname, 'constraint', d.description
        FROM pg_description d JOIN pg_constraint k ON d.classoid = 'pg_constraint'::regclass AND k.oid = d.objoid
          JOIN pg_type t ON t.oid = k.contypid JOIN pg_namespace n ON n.oid = t.typnamespace
        WHERE \(isUserSchema("n")) AND NOT \(isPlatform("n")) AND \(isOwnObject("pg_type", "t.oid"))
        """
    ) { row, builder throws(PostgresError) in
      let kind: ObjectKind = try row.text("kind") == "column" ? .column : .constraint
      let part = ObjectIdentity(
        kind, schema: try row.text("schema"), parent: try row.text("type"), name: try row.text("name"))
      builder.addComment(try row.text("text"), on: part)
    }
  }

  var commentsOnObjects: CatalogQuery {
    CatalogQuery(
      sql: isNarrow
        ? touchedComments
        : """
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

  /// The comments on relations, on what belongs to them, and on routines.
  private var touchedComments: String {
    """
    SELECT d.classoid::regclass::text AS catalog, d.objoid AS oid, d.objsubid AS part, d.description AS text
    FROM pg_description d WHERE d.objoid = ANY (ARRAY(
      SELECT c.oid FROM pg_class c WHERE \(isTouchedRelationOrItsSequence("c.oid"))
      UNION ALL SELECT i.indexrelid FROM pg_index i WHERE \(isTouchedRelation("i.indrelid"))
      UNION ALL SELECT k.oid FROM pg_constraint k WHERE \(isTouchedRelation("k.conrelid"))
      UNION ALL SELECT t.oid FROM pg_trigger t WHERE \(isTouchedRelation("t.tgrelid"))
      UNION ALL SELECT p.oid FROM pg_policy p WHERE \(isTouchedRelation("p.polrelid"))
      UNION ALL SELECT p.oid FROM pg_proc p WHERE \(isTouchedRoutine("p"))))
    """
  }

  /// The comments on tables and their columns alone.
  var plainComments: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT 'pg_class' AS catalog, d.objoid AS oid, d.objsubid AS part, d.description AS text
        FROM pg_description d WHERE d.classoid = 'pg_class'::regclass AND \(isTouchedRelation("d.objoid"))
        """, read: commentsOnObjects.read)
  }

  /// The comments on relations, on what belongs to them, and on routines, found by what depends on a relation.
  ///
  /// The index of a primary key depends on its constraint alone.
  var plainCommentsOnParts: CatalogQuery {
    CatalogQuery(
      sql: """
        SELECT d.classoid::regclass::text AS catalog, d.objoid AS oid, d.objsubid AS part, d.description AS text
        FROM pg_description d WHERE d.objoid = ANY (ARRAY(
          SELECT unnest(current_setting('signalbox.touched')::oid[])
          UNION ALL SELECT part.objid FROM pg_depend part
            WHERE part.refclassid = 'pg_class'::regclass AND \(isTouchedRelation("part.refobjid"))
          UNION ALL SELECT i.indexrelid FROM pg_index i WHERE \(isTouchedRelation("i.indrelid"))
          UNION ALL SELECT p.oid FROM pg_proc p WHERE \(isTouchedRoutine("p"))))
        """, read: commentsOnObjects.read)
  }

  private func isPlatformObject(_ identity: ObjectIdentity) -> Bool {
    let schema = identity.kind == .schema ? identity.name : identity.schema
    return schema.map(scope.platformSchemas.contains) ?? false
  }
}
