/// The tables in which a target remembers its runs (docs/history.md).
///
/// Created on the first write, never by a command that only reads. The version is kept in the schema itself, so that
/// an older client refuses what a newer one has made.
enum HistorySchema {
  /// The version that this client reads and writes.
  static let version = 5

  /// What brings a target from each version to the next, the first from none to 1; one transaction does all that is
  /// missing.
  static let upgrades: [[String]] = [
    tables + [events], [changes], [statementUnderWay], runUnchecked, recordsOfMany,
  ]

  /// What makes the tables of this version where there are none, without those that only older ones had.
  static let whole =
    tables + [statementUnderWay, migrationUnchecked, records, fastCompression, eventView, changeView]

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

  /// Since version 5: what happened is kept a migration at a time, as it is sent.
  ///
  /// A row for each event and each change took the server longer than the statements that they are about. A row with
  /// changes alone has a negative number.
  private static let records = """
    CREATE TABLE IF NOT EXISTS signalbox.record (
      run_id bigint NOT NULL,
      seq integer NOT NULL,
      migration text,
      events json,
      changes json,
      PRIMARY KEY (run_id, seq)
    )
    """

  /// Lets the server compress records with LZ4, where it can: its usual method takes it 7 % of the instructions that the
  /// statements of a small migration take.
  ///
  /// Before version 14 there is no such choice (`syntax_error`), and a server may be built without LZ4
  /// (`feature_not_supported`). Tables of an older client are as good without.
  private static let fastCompression = """
    DO $$ BEGIN
      ALTER TABLE signalbox.record ALTER events SET COMPRESSION lz4, ALTER changes SET COMPRESSION lz4;
    EXCEPTION WHEN feature_not_supported OR syntax_error THEN NULL;
    END $$
    """

  private static let eventView = """
    CREATE OR REPLACE VIEW signalbox.event AS
    SELECT r.run_id, e.seq, pg_catalog.to_timestamp(e.at) AS at, e.kind, e.migration, e.statement, e.detail
    FROM signalbox.record r,
      pg_catalog.json_to_recordset(r.events)
        AS e(seq integer, at double precision, kind text, migration text, statement integer, detail jsonb)
    """

  private static let changeView = """
    CREATE OR REPLACE VIEW signalbox.change AS
    SELECT r.run_id, r.migration, (c.place - 1)::integer AS seq, c.change, c.kind, c.schema, c.parent, c.name,
      c.signature, c.before, c.after
    FROM signalbox.record r,
      ROWS FROM (
        pg_catalog.json_to_recordset(r.changes)
          AS (change text, kind text, schema text, parent text, name text, signature text, before text, after text)
      ) WITH ORDINALITY AS c(change, kind, schema, parent, name, signature, before, after, place)
    """

  /// Brings what older versions have kept row by row into records, and gives those who may read or write the events the
  /// same rights on what takes their place: a role that could run migrations before must be able to after it.
  private static let recordsOfMany = [
    migrationUnchecked, records, fastCompression,
    """
    INSERT INTO signalbox.record (run_id, seq, events)
    SELECT run_id, min(seq), pg_catalog.json_agg(
             pg_catalog.json_build_object(
               'seq', seq, 'at', extract(epoch FROM at), 'kind', kind, 'migration', migration,
               'statement', statement, 'detail', detail)
             ORDER BY seq)
    FROM signalbox.event GROUP BY run_id, seq / 1000
    """,
    """
    INSERT INTO signalbox.record (run_id, seq, migration, changes)
    SELECT run_id, -row_number() OVER (PARTITION BY run_id ORDER BY migration), migration, pg_catalog.json_agg(
             pg_catalog.json_build_object(
               'change', change, 'kind', kind, 'schema', schema, 'parent', parent, 'name', name,
               'signature', signature, 'before', before, 'after', after)
             ORDER BY seq)
    FROM signalbox.change GROUP BY run_id, migration
    """,
    "ALTER TABLE signalbox.event RENAME TO event_before_5",
    "DROP TABLE signalbox.change", eventView, changeView,
    """
    DO $$
    DECLARE held record;
    BEGIN
      FOR held IN
        SELECT a.privilege_type, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(r.rolname) END AS grantee
        FROM pg_catalog.pg_class c
        CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) a
        LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee
        WHERE c.oid = 'signalbox.event_before_5'::pg_catalog.regclass AND a.grantee <> c.relowner
          AND (a.grantee = 0 OR r.rolname IS NOT NULL)
      LOOP
        EXECUTE pg_catalog.format(
          'GRANT %s ON signalbox.record, signalbox.event, signalbox.change TO %s', held.privilege_type, held.grantee);
      END LOOP;
    END $$
    """,
    "DROP TABLE signalbox.event_before_5",
  ]

  /// Since version 5: no row of a migration is checked for its run, like those of events before.
  private static let migrationUnchecked =
    "ALTER TABLE signalbox.migration DROP CONSTRAINT IF EXISTS migration_run_id_fkey"

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

  /// The tables of version 1 that are still there.
  private static let tables = [
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
  ]

  /// The events of versions 1 to 4.
  private static let events = """
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
    """
}
