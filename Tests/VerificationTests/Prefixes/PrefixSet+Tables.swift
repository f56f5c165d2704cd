extension PrefixSet {
  /// Tables: partitions, keys, indexes, drops and new beginnings.
  static let tables: [PrefixSet] = [
    PrefixSet(
      "storage parameters of TOAST tables",
      "CREATE TABLE t (a text) WITH (toast.autovacuum_enabled = false)",
      "ALTER TABLE t SET (toast.autovacuum_enabled = true, autovacuum_enabled = false)",
      "ALTER TABLE t SET (toast.vacuum_truncate = off)", "ALTER TABLE t RESET (toast.autovacuum_enabled)",
      "ALTER TABLE t RESET (autovacuum_enabled)", "ALTER TABLE t SET (toast.vacuum_truncate = on)"),
    PrefixSet(
      "sequences that are not logged", "CREATE SEQUENCE a; CREATE UNLOGGED SEQUENCE b",
      "ALTER SEQUENCE a SET UNLOGGED", "ALTER SEQUENCE b SET LOGGED", "ALTER SEQUENCE a SET LOGGED",
      "ALTER SEQUENCE a RENAME TO c", "ALTER SEQUENCE c SET UNLOGGED",
      "CREATE TABLE t (id serial)", "ALTER SEQUENCE t_id_seq SET UNLOGGED"),
    PrefixSet(
      "defaults of columns of views", "CREATE TABLE t (a int, b text)", "CREATE VIEW v AS SELECT a, b FROM t",
      "ALTER VIEW v ALTER COLUMN a SET DEFAULT 3",
      "ALTER VIEW v ALTER a SET DEFAULT 4, ALTER b SET DEFAULT 'x'",
      "CREATE OR REPLACE VIEW v AS SELECT a, b FROM t WHERE a > 3", "ALTER VIEW v ALTER b DROP DEFAULT",
      "ALTER VIEW v RENAME COLUMN a TO c", "ALTER VIEW v ALTER c DROP DEFAULT"),
    PrefixSet(
      "partitions made, attached and detached",
      "CREATE TABLE log (at date NOT NULL, what text) PARTITION BY RANGE (at)",
      "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
      "CREATE TABLE log_2 (at date NOT NULL, what text)",
      "ALTER TABLE log ATTACH PARTITION log_2 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
      "CREATE INDEX log_what ON log (what)", "ALTER TABLE log DETACH PARTITION log_1; DROP TABLE log_1"),
    PrefixSet(
      "indexes of partitions, which come and go with those of the partitioned table",
      """
      CREATE TABLE log (at date NOT NULL, what text) PARTITION BY RANGE (at);
      CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
      CREATE INDEX log_what ON log (what)
      """,
      "CREATE INDEX IF NOT EXISTS log_what ON log (what); CREATE INDEX IF NOT EXISTS log_at ON log (at, what)",
      "ALTER TABLE log ADD UNIQUE (at)",
      "CREATE TABLE log_2 (at date NOT NULL, what text); CREATE INDEX own ON log_2 (what DESC)",
      "ALTER TABLE log ATTACH PARTITION log_2 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
      "CREATE INDEX log_down ON log (what DESC)", "DROP INDEX log_what",
      "ALTER TABLE log DROP CONSTRAINT log_at_key",
      "ALTER TABLE log DETACH PARTITION log_1", "DROP INDEX log_down, log_at"),
    PrefixSet(
      "indexes of partitions of partitions",
      """
      CREATE TABLE log (at date NOT NULL, what text) PARTITION BY RANGE (at);
      CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (what);
      CREATE TABLE log_1_a PARTITION OF log_1 FOR VALUES IN ('a')
      """,
      "CREATE INDEX log_at ON log (at)", "DROP INDEX log_at"),
    PrefixSet(
      "a table whose only trace at the end is that it is gone",
      "CREATE TABLE IF NOT EXISTS t (a int)", "CREATE TABLE u (a int)",
      "ALTER TABLE t ADD COLUMN IF NOT EXISTS b int", "CREATE INDEX u_a ON u (a)",
      "DROP TABLE IF EXISTS t CASCADE"),
    PrefixSet(
      "a foreign key on a column that bears the name of one which another table had",
      "CREATE TABLE build (id int PRIMARY KEY); CREATE TABLE pull (build_id int)",
      "CREATE TABLE flow (build_id int, CONSTRAINT flow_build FOREIGN KEY (build_id) REFERENCES build (id))",
      "ALTER TABLE pull RENAME COLUMN build_id TO try_build_id",
      """
      ALTER TABLE flow DROP CONSTRAINT flow_build;
      ALTER TABLE flow ADD CONSTRAINT flow_build FOREIGN KEY (build_id) REFERENCES build (id) ON DELETE CASCADE
      """),
    PrefixSet(
      "partitions that go with their table, and one that does not any more",
      """
      CREATE TABLE log (at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE kept (a int);
      CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
      """,
      "CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
      "ALTER TABLE log DETACH PARTITION log_2", "DROP TABLE log"),
    PrefixSet(
      "foreign keys that go with the key",
      "CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE)",
      "CREATE TABLE u (a int REFERENCES t, b int REFERENCES t (b))",
      "ALTER TABLE t DROP CONSTRAINT t_pkey CASCADE"),
    PrefixSet(
      "a table dropped and made again, otherwise",
      "CREATE TABLE t (id int PRIMARY KEY, a text)", "DROP TABLE t",
      "CREATE TABLE t (id uuid PRIMARY KEY, b text)",
      "DROP TABLE IF EXISTS t CASCADE; CREATE TABLE t (id uuid PRIMARY KEY, b text, c text NOT NULL)"),
    PrefixSet(
      "foreign keys validated later and changed",
      "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, a_id int)",
      "ALTER TABLE b ADD CONSTRAINT b_a FOREIGN KEY (a_id) REFERENCES a (id) NOT VALID",
      "ALTER TABLE b DROP CONSTRAINT b_a, ADD CONSTRAINT b_a FOREIGN KEY (a_id) REFERENCES a (id) ON DELETE CASCADE",
      "ALTER TABLE b ADD CONSTRAINT positive CHECK (a_id > 0)", "DROP TABLE a CASCADE"),
    PrefixSet(
      "indexes replaced under the same name, and a key from an index",
      "CREATE TABLE t (a int, b int); CREATE INDEX t_i ON t (a)",
      "DROP INDEX t_i; CREATE INDEX t_i ON t (a, b)",
      "DROP INDEX IF EXISTS t_i; CREATE UNIQUE INDEX t_i ON t (b) WHERE a > 0",
      "CREATE UNIQUE INDEX t_key ON t (a); ALTER TABLE t ADD CONSTRAINT t_key UNIQUE USING INDEX t_key"),
    PrefixSet(
      "a key replaced by one from an index, which then takes the old name",
      "CREATE TABLE t (a int PRIMARY KEY, b int)", "CREATE UNIQUE INDEX t_both ON t (b, a)",
      "ALTER TABLE t DROP CONSTRAINT t_pkey; ALTER TABLE t ADD PRIMARY KEY USING INDEX t_both",
      "ALTER INDEX t_both RENAME TO t_pkey", "ALTER TABLE t DROP CONSTRAINT t_pkey"),
    PrefixSet(
      "a key of more columns from an index, in one file",
      "CREATE TABLE t (a int PRIMARY KEY, b int)",
      """
      CREATE UNIQUE INDEX t_both ON t (a, b);
      ALTER TABLE t DROP CONSTRAINT t_pkey;
      ALTER TABLE t ADD PRIMARY KEY USING INDEX t_both;
      ALTER INDEX t_both RENAME TO t_pkey;
      """),
    PrefixSet(
      "a primary key of other columns",
      "CREATE TABLE t (a int PRIMARY KEY, b int)",
      "ALTER TABLE t DROP CONSTRAINT t_pkey; ALTER TABLE t ADD PRIMARY KEY (a, b)",
      "ALTER TABLE t DROP CONSTRAINT t_pkey"),
    PrefixSet(
      "inheritance, LIKE and tables from queries",
      "CREATE TABLE base (id int PRIMARY KEY, at timestamptz DEFAULT now())",
      "CREATE TABLE child (extra text) INHERITS (base)", "CREATE TABLE copy (LIKE base INCLUDING ALL)",
      "CREATE TABLE filled AS SELECT id FROM base", "ALTER TABLE base ADD COLUMN note text"),
    PrefixSet(
      "a check of a table that others inherit from",
      "CREATE TABLE base (a int, CONSTRAINT k CHECK (a > 0)); CREATE TABLE kid () INHERITS (base)",
      "ALTER TABLE base DROP CONSTRAINT k", "ALTER TABLE base ADD COLUMN b int"),
    PrefixSet(
      "a constraint trigger",
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TABLE t (a int)",
      """
      CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
      EXECUTE FUNCTION f()
      """,
      "DROP TRIGGER late ON t"),
    PrefixSet(
      "a schema dropped with everything in it",
      "CREATE SCHEMA s; CREATE TABLE s.t (a int); CREATE FUNCTION s.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "CREATE TABLE keep (a int)", "DROP SCHEMA s CASCADE", "CREATE SCHEMA s; CREATE TABLE s.t (b text)"),
  ]
}
