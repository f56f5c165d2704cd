extension PrefixSet {
  /// What `ALTER` changes in objects that stay: each file is proved by the one part that it changes.
  static let alterations: [PrefixSet] = [
    PrefixSet(
      "columns that get another collation, with their type and with another one",
      "CREATE TABLE t (a text, b varchar(9) COLLATE \"POSIX\", c int)",
      "ALTER TABLE t ALTER COLUMN a TYPE text COLLATE \"C\"",
      "ALTER TABLE t ALTER b TYPE text COLLATE pg_catalog.\"C\"",
      "ALTER TABLE t ALTER COLUMN c TYPE text COLLATE \"POSIX\" USING c::text COLLATE \"C\"",
      "ALTER TABLE t ALTER COLUMN a TYPE text COLLATE \"POSIX\", ADD COLUMN d text COLLATE \"C\"",
      "ALTER TABLE t ALTER COLUMN a TYPE text"),
    PrefixSet(
      "types and collations that go with CASCADE after some of their columns have got others",
      """
      CREATE SCHEMA app; CREATE COLLATION app.plain FROM "C"; CREATE TYPE mood AS ENUM ('a');
      CREATE TABLE t (m mood, n mood, o text COLLATE app.plain)
      """,
      "ALTER TABLE t ALTER COLUMN m TYPE text USING m::text, ALTER COLUMN o TYPE text",
      "DROP TYPE mood CASCADE", "DROP SCHEMA app CASCADE"),
    PrefixSet(
      "a policy's roles, condition and check, and its name",
      "CREATE TABLE t (id int, owner name); CREATE POLICY own ON t FOR UPDATE USING (id = 1)",
      "ALTER POLICY own ON t TO pg_monitor", "ALTER POLICY own ON t USING (id = 2)",
      "ALTER POLICY own ON t WITH CHECK (id > 0)", "ALTER POLICY own ON t TO pg_monitor, pg_read_all_data",
      "ALTER POLICY own ON t RENAME TO mine", "ALTER POLICY mine ON t USING (id = 3) WITH CHECK (id = 3)"),
    PrefixSet(
      "triggers and rules turned off and on",
      """
      CREATE TABLE t (id int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
      CREATE TRIGGER b BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
      CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING
      """,
      "ALTER TABLE t DISABLE TRIGGER a", "ALTER TABLE t ENABLE REPLICA TRIGGER a",
      "ALTER TABLE t ENABLE ALWAYS TRIGGER a", "ALTER TABLE t DISABLE TRIGGER USER",
      "ALTER TABLE t ENABLE TRIGGER b", "ALTER TABLE t DISABLE RULE r", "ALTER TABLE t ENABLE ALWAYS RULE r",
      "ALTER TABLE t ENABLE TRIGGER ALL"),
    PrefixSet(
      "the trigger of a partitioned table turned off, with those of its partitions",
      """
      CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9);
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER a AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f()
      """,
      "ALTER TABLE p DISABLE TRIGGER a", "ALTER TABLE p1 ENABLE TRIGGER a"),
    PrefixSet(
      "partitions attached and detached, children that inherit and no longer do", silent: [8],
      "CREATE TABLE log (at date NOT NULL) PARTITION BY RANGE (at); CREATE TABLE log_1 (at date NOT NULL)",
      "ALTER TABLE log ATTACH PARTITION log_1 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
      "ALTER TABLE log DETACH PARTITION log_1",
      "CREATE TABLE base (id int); CREATE TABLE kid (id int); CREATE TABLE other (id int)",
      "ALTER TABLE kid INHERIT base", "ALTER TABLE kid NO INHERIT base", "ALTER TABLE other INHERIT base",
      "ALTER TABLE kid INHERIT base; ALTER TABLE kid NO INHERIT base"),
    PrefixSet(
      "a domain's checks, default and NOT NULL",
      "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%')",
      "ALTER DOMAIN email ADD CONSTRAINT short CHECK (length(VALUE) < 100)",
      "ALTER DOMAIN email SET DEFAULT 'a@b'", "ALTER DOMAIN email SET NOT NULL",
      "ALTER DOMAIN email ADD CHECK (VALUE <> '')", "ALTER DOMAIN email DROP CONSTRAINT short",
      "ALTER DOMAIN email DROP DEFAULT", "ALTER DOMAIN email DROP NOT NULL"),
    PrefixSet(
      "a sequence's owner, step, limits and type",
      "CREATE TABLE t (id int); CREATE SEQUENCE s", "ALTER SEQUENCE s OWNED BY t.id",
      "ALTER SEQUENCE s INCREMENT BY 5", "ALTER SEQUENCE s MAXVALUE 1000", "ALTER SEQUENCE s CYCLE",
      "ALTER SEQUENCE s OWNED BY NONE", "ALTER SEQUENCE s NO CYCLE CACHE 20", "ALTER SEQUENCE s AS integer",
      "CREATE TABLE u (id serial)", "ALTER TABLE u ALTER id TYPE bigint; ALTER SEQUENCE u_id_seq AS bigint"),
    PrefixSet(
      "constraints validated and deferred",
      "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a_id int)",
      "ALTER TABLE b ADD CONSTRAINT b_a FOREIGN KEY (a_id) REFERENCES a (id) NOT VALID",
      "ALTER TABLE b VALIDATE CONSTRAINT b_a",
      "ALTER TABLE b ALTER CONSTRAINT b_a DEFERRABLE INITIALLY DEFERRED"),
    PrefixSet(
      "what a table keeps, and how",
      "CREATE TABLE t (id int NOT NULL); CREATE UNIQUE INDEX t_id ON t (id)",
      "ALTER TABLE t SET (fillfactor = 70, autovacuum_enabled = off)", "ALTER TABLE t REPLICA IDENTITY FULL",
      "ALTER TABLE t REPLICA IDENTITY USING INDEX t_id", "ALTER TABLE t RESET (fillfactor)",
      "ALTER TABLE t SET UNLOGGED", "ALTER TABLE t SET LOGGED", "ALTER INDEX t_id SET (fillfactor = 50)",
      "ALTER TABLE t REPLICA IDENTITY DEFAULT"),
    PrefixSet(
      "how columns are stored, and what is gathered about them",
      "CREATE TABLE t (id int, body text, data jsonb)", "ALTER TABLE t ALTER body SET STORAGE EXTERNAL",
      "ALTER TABLE t ALTER data SET STATISTICS 500", "ALTER TABLE t ALTER id SET (n_distinct = -0.5)",
      "ALTER TABLE t ALTER body SET STORAGE EXTENDED", "ALTER TABLE t ALTER data SET STATISTICS -1",
      "ALTER TABLE t ALTER id RESET (n_distinct)", "ALTER TABLE t ALTER data SET COMPRESSION pglz"),
    PrefixSet(
      "an identity that becomes stricter, and goes",
      "CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY)",
      "ALTER TABLE t ALTER id SET GENERATED ALWAYS", "ALTER TABLE t ALTER id DROP IDENTITY"),
    PrefixSet(
      "the options and the query of a view",
      "CREATE TABLE t (id int, name text); CREATE VIEW v AS SELECT id, name FROM t WHERE id > 0",
      "ALTER VIEW v SET (security_barrier = true)", "CREATE OR REPLACE VIEW v AS SELECT id, name FROM t",
      "ALTER VIEW v SET (check_option = local)", "ALTER VIEW v RESET (check_option)",
      "CREATE OR REPLACE VIEW v AS SELECT t.id, t.name FROM t AS t"),
    PrefixSet(
      "the attributes of a type",
      "CREATE TYPE point3 AS (x int, y int)", "ALTER TYPE point3 ADD ATTRIBUTE z int",
      "ALTER TYPE point3 ALTER ATTRIBUTE z TYPE bigint", "ALTER TYPE point3 DROP ATTRIBUTE x"),
    PrefixSet(
      "the volatility and the rights of a function",
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "ALTER FUNCTION f() STABLE",
      "ALTER FUNCTION f() SECURITY DEFINER", "ALTER FUNCTION f() SET search_path = ''",
      "ALTER FUNCTION f() SET statement_timeout TO '5s'",
      "ALTER FUNCTION f() IMMUTABLE SECURITY INVOKER"),
    PrefixSet(
      "what the planner is told of a function",
      "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'", "ALTER FUNCTION f(int) COST 50",
      "ALTER FUNCTION f(int) PARALLEL SAFE", "ALTER FUNCTION f(int) STRICT",
      "ALTER FUNCTION f(int) CALLED ON NULL INPUT", "ALTER FUNCTION f(int) SET work_mem = '4MB'",
      "ALTER FUNCTION f(int) LEAKPROOF PARALLEL UNSAFE", "ALTER ROUTINE f(int) STABLE"),
    PrefixSet(
      "what a publication publishes, an event trigger turned off, a dictionary, foreign data",
      """
      CREATE TABLE t (id int PRIMARY KEY); CREATE PUBLICATION feed FOR TABLE t;
      CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
      CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION f();
      """,
      """
      CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple, STOPWORDS = english);
      CREATE FOREIGN DATA WRAPPER far; CREATE SERVER away FOREIGN DATA WRAPPER far OPTIONS (host 'a')
      """,
      "ALTER PUBLICATION feed SET (publish = 'insert')", "ALTER EVENT TRIGGER watch DISABLE",
      "ALTER TEXT SEARCH DICTIONARY words (STOPWORDS = german)",
      "ALTER SERVER away OPTIONS (SET host 'b', ADD port '1')",
      "ALTER EVENT TRIGGER watch ENABLE REPLICA"),
    PrefixSet(
      "alterations of what was renamed, dropped and made again",
      "CREATE TABLE t (id int); CREATE POLICY p ON t USING (id = 1)",
      "ALTER TABLE t RENAME TO u", "ALTER POLICY p ON u USING (id = 2)",
      "DROP POLICY p ON u; CREATE POLICY p ON u USING (id = 1)", "ALTER POLICY p ON u TO pg_monitor",
      "ALTER TABLE u RENAME COLUMN id TO number", "ALTER POLICY p ON u USING (number = 5)"),
    PrefixSet(
      "a view written anew after its table has another name",
      "CREATE TABLE t (id int); CREATE VIEW v AS SELECT id FROM t", "ALTER TABLE t RENAME TO u",
      "CREATE OR REPLACE VIEW v AS SELECT id FROM u"),
  ]
}
