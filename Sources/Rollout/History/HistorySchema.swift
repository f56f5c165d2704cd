/// The tables in which a target remembers its runs (docs/history.md).
///
/// Created on the first write, never by a command that only reads. The version is kept in the schema itself, so that
/// an older client refuses what a newer one has made.
enum HistorySchema {
  /// The version that this client reads and writes.
  static let version = 1

  /// Brings an empty target to ``version``; every statement may run again.
  static let installation: [String] = [
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
    "INSERT INTO signalbox.schema_version (version) VALUES (\(version)) ON CONFLICT DO NOTHING",
  ]
}
