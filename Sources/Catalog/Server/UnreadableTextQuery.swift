import Postgres
import Schema

/// What a database holds that is no UTF-8, asked in one statement whose answer is ASCII alone.
///
/// Only where the encoding is `SQL_ASCII` the server has never looked (PostgreSQL documentation, Character Set Support).
extension UnreadableText {
  static let sql = """
    SELECT what, pg_catalog.encode(pg_catalog.convert_to(name, 'SQL_ASCII'), 'escape') AS name
    FROM (
      SELECT 'the name of a schema' AS what, nspname::text AS name, nspname::text AS content
        FROM pg_catalog.pg_namespace
      UNION ALL SELECT 'the name of a relation', n.nspname || '.' || c.relname, c.relname::text
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      UNION ALL SELECT 'the name of a column', n.nspname || '.' || c.relname || '.' || a.attname, a.attname::text
        FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE a.attnum > 0
      UNION ALL SELECT 'the name of a constraint', n.nspname || '.' || c.conname, c.conname::text
        FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
      UNION ALL SELECT 'the name of a function', n.nspname || '.' || p.proname, p.proname::text
        FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
      UNION ALL SELECT 'the body of function', n.nspname || '.' || p.proname, p.prosrc
        FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
      UNION ALL SELECT 'the name of a type', n.nspname || '.' || t.typname, t.typname::text
        FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
        WHERE t.typrelid = 0 AND t.typelem = 0
      UNION ALL SELECT 'a value of enum', t.typname::text, e.enumlabel::text
        FROM pg_catalog.pg_enum e JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid
      UNION ALL SELECT 'the name of a trigger', tgname::text, tgname::text FROM pg_catalog.pg_trigger
      UNION ALL SELECT 'the name of a policy', polname::text, polname::text FROM pg_catalog.pg_policy
      UNION ALL SELECT 'the name of a role', rolname::text, rolname::text FROM pg_catalog.pg_roles
      UNION ALL SELECT 'the comment on',
        pg_catalog.pg_describe_object(classoid, objoid, objsubid), description FROM pg_catalog.pg_description
    ) texts
    WHERE pg_catalog.getdatabaseencoding() = 'SQL_ASCII'
      AND pg_catalog.encode(pg_catalog.convert_to(content, 'SQL_ASCII'), 'hex') !~ '^(\(utf8))*$'
    ORDER BY what, name
    """

  /// One character of UTF-8, each of its bytes as two hexadecimal digits (RFC 3629, section 4).
  private static let utf8 = """
    [0-7].|(c[2-9a-f]|d.)[89ab].|e0[ab].[89ab].|e[1-9a-cef]([89ab].){2}|ed[89].[89ab].\
    |f0[9ab].([89ab].){2}|f[1-3]([89ab].){3}|f48.([89ab].){2}
    """

  init(_ row: Row) throws(PostgresError) {
    self.init(what: try row.text("what"), name: try row.text("name"))
  }
}
