/// The tables in which a target remembers its runs (docs/history.md).
///
/// Created on the first write, never by a command that only reads. The version is kept in the schema itself, so that
/// an older client refuses what a newer one has made.
enum HistorySchema {
  /// The version that this client reads and writes.
  static let version = 4

  /// What brings a target from each version to the next, the first from none to 1; one transaction does all that is
  /// missing.
  static let upgrades: [[String]] = [first, [changes], [statementUnderWay], runUnchecked]

  /// Gives those who may read or write the events the same rights on the table of changes: one text a grant.
  ///
  /// A role that could run migrations before an upgrade must be able to after it.
  static let grantsAfterUpgrade = """
    SELECT pg_catalog.format(
             'GRANT %s ON signalbox.change TO %s', a.privilege_type,
             CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(r.rolname) END) AS statement
    FROM pg_catalog.pg_class c
    CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) a
    LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee
    WHERE c.oid = 'signalbox.event'::pg_catalog.regclass AND a.grantee <> c.relowner
      AND (a.grantee = 0 OR r.rolname IS NOT NULL)
    """

  /// Two clients that make or upgrade the tables at one time come one after the other.
  static let lock =
    "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('signalbox history', 0))"

  /// Since version 2: what a migration did to each object, with the definitions before and after.
  private static let changes = """
    CREATE TABLE IF NOT EXISTS signalbox.change (
      run_id bigint NOT NULL REFERENCES signalbox.run (id),
      migration text NOT NULL,
      seq integer NOT NULL,
      change text NOT NULL CHECK (change IN ('added', 'changed', 'removed')),
      kind text NOT NULL,
      schema text,
      parent text,
      name text NOT NULL,
      signature text,
      before text,
      after text,
      PRIMARY KEY (run_id, migration, seq)
    )
    """

  /// Since version 3: a statement that cannot be in a transaction with its record is noted before it is sent.
  private static let statementUnderWay =
    "ALTER TABLE signalbox.migration ADD COLUMN IF NOT EXISTS under_way jsonb"

  /// Since version 4: no row of an event or a change is checked for its run.
  ///
  /// That took as long as writing them. Runs are never deleted, and who writes such a row has just made its run.
  private static let runUnchecked = [
    "ALTER TABLE signalbox.event DROP CONSTRAINT IF EXISTS event_run_id_fkey",
    "ALTER TABLE signalbox.change DROP CONSTRAINT IF EXISTS change_run_id_fkey",
  ]

  /// The tables of version 1.
  private static let first: [String] = [
    "CREATE SCHEMA IF NOT EXISTS signalbox",
    "COMMENT ON SCHEMA signalbox IS 'Signalbox: history of schema migrations'",
    """
    CREATE TABLE IF NOT EXISTS signalbox.schema_version (
      version integer PRIMARY KEY,
      installed_at timestamptz NOT NULL DEFAULT now()
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS signalbox.run (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      project text NOT NULL,
      started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      finished_at timestamptz,
      operator text NOT NULL,
      host text NOT NULL,
      client_version text NOT NULL,
      mode text NOT NULL,
      outcome text
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS signalbox.migration (
      project text NOT NULL,
      id text NOT NULL,
      version text NOT NULL,
      name text NOT NULL,
      checksum text NOT NULL,
      state text NOT NULL
        CHECK (state IN ('applied', 'adopted', 'running', 'failed', 'reverted', 'skipped', 'retired')),
      run_id bigint REFERENCES signalbox.run (id),
      applied_at timestamptz,
      duration interval,
      statements_done integer NOT NULL DEFAULT 0,
      statements_total integer NOT NULL DEFAULT 0,
      statements_skipped integer[] NOT NULL DEFAULT '{}',
      statements text[],
      unverified boolean NOT NULL DEFAULT false,
      xid xid8,
      error text,
      PRIMARY KEY (project, id)
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS signalbox.event (
      run_id bigint NOT NULL REFERENCES signalbox.run (id),
      seq integer NOT NULL,
      at timestamptz NOT NULL,
      kind text NOT NULL,
      migration text,
      statement integer,
      detail jsonb,
      PRIMARY KEY (run_id, seq)
    )
    """,
  ]
}
