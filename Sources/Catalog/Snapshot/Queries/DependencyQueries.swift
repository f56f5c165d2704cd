import Postgres
import Schema

/// Which object needs which; to be read after the objects.
extension CatalogDialect {
  /// The rows of `pg_depend`, with what the catalog keeps apart brought together with the object that it is part of: a
  /// default with its column, a view's rule with the view, the types of rows, arrays and ranges with their table or
  /// element, the check of a domain with the domain, and what an extension brought along with the extension.
  var dependencies: CatalogQuery {
    CatalogQuery(
      sql: """
        WITH alias (classid, objid, target, target_oid, target_part) AS (
          SELECT 'pg_attrdef'::regclass, oid, 'pg_class'::regclass, adrelid, adnum::int FROM pg_attrdef
          UNION ALL
          SELECT 'pg_rewrite'::regclass, oid, 'pg_class'::regclass, ev_class, 0
          FROM pg_rewrite WHERE rulename = '_RETURN'
          UNION ALL
          SELECT 'pg_constraint'::regclass, oid, 'pg_type'::regclass, contypid, 0
          FROM pg_constraint WHERE contypid <> 0
          UNION ALL
          SELECT 'pg_class'::regclass, oid, 'pg_type'::regclass, reltype, 0 FROM pg_class WHERE relkind = 'c'
          UNION ALL
          SELECT 'pg_type'::regclass, t.oid, CASE WHEN c.relkind IS NULL THEN 'pg_type'::regclass ELSE 'pg_class'::regclass END,
            coalesce(c.oid, e.oid), 0
          FROM pg_type t JOIN pg_type e ON e.oid = t.oid OR e.typarray = t.oid
            LEFT JOIN pg_class c ON c.oid = e.typrelid AND c.relkind <> 'c'
          WHERE c.oid IS NOT NULL OR e.oid <> t.oid
        \(multiranges)
        ),
        member (classid, objid, extension) AS (
          SELECT classid, objid, refobjid FROM pg_depend WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
        ),
        bond AS (
          SELECT coalesce(o.target, d.classid) AS class, coalesce(o.target_oid, d.objid) AS oid,
            coalesce(o.target_part, d.objsubid) AS part,
            coalesce(r.target, d.refclassid) AS needed_class, coalesce(r.target_oid, d.refobjid) AS needed_oid,
            coalesce(r.target_part, d.refobjsubid) AS needed_part,
            CASE WHEN d.classid = 'pg_attrdef'::regclass AND EXISTS (
              SELECT FROM pg_attribute a WHERE a.attrelid = o.target_oid AND a.attnum = o.target_part
                AND a.attgenerated = '') THEN 3 WHEN d.deptype = 'n' THEN 2 ELSE 1 END AS bond
          FROM pg_depend d
            LEFT JOIN alias o ON o.classid = d.classid AND o.objid = d.objid
            LEFT JOIN alias r ON r.classid = d.refclassid AND r.objid = d.refobjid
          WHERE d.deptype IN ('n', 'a', 'i', 'P', 'S')
        )
        SELECT bond.class::regclass::text AS catalog, bond.oid, bond.part,
          CASE WHEN m.extension IS NULL THEN bond.needed_class::regclass::text ELSE 'pg_extension' END AS needed_catalog,
          coalesce(m.extension, bond.needed_oid) AS needed_oid,
          CASE WHEN m.extension IS NULL THEN bond.needed_part ELSE 0 END AS needed_part, min(bond.bond) AS bond
        FROM bond LEFT JOIN member m ON m.classid = bond.needed_class AND m.objid = bond.needed_oid
        GROUP BY 1, 2, 3, 4, 5, 6
        """
    ) { row, builder throws(PostgresError) in
      builder.addDependency(
        of: .init(catalog: try row.text("catalog"), oid: try row.text("oid"), part: try row.int("part")),
        on: .init(
          catalog: try row.text("needed_catalog"), oid: try row.text("needed_oid"),
          part: try row.int("needed_part")),
        bond: [1: .part, 2: .need][try row.int("bond")] ?? .expression)
    }
  }

  /// Multirange types came with version 14.
  private var multiranges: String {
    guard version >= 140000 else { return "" }
    return """
      UNION ALL
      SELECT 'pg_type'::regclass, rngmultitypid, 'pg_type'::regclass, rngtypid, 0 FROM pg_range
      """
  }
}
