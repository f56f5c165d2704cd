extension PrefixSet {
  /// What is defined again: functions, views, triggers, rules, comments.
  static let replacements: [PrefixSet] = [
    PrefixSet(
      "a function replaced by another body, the same body, and another again",
      silent: [3],
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'",
      "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'",
      "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 3'",
      "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 3'"
    ),
    PrefixSet(
      "a function with other arguments beside the old one, which goes later",
      "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'",
      "CREATE FUNCTION f(a int, b int DEFAULT 0) RETURNS int LANGUAGE sql AS 'SELECT a + b'",
      "DROP FUNCTION f(int)",
      "DROP FUNCTION IF EXISTS f; CREATE FUNCTION f(a text) RETURNS text LANGUAGE sql AS 'SELECT a'"),
    PrefixSet(
      "a function made again with other names or defaults of its arguments alone, or another result",
      silent: [4],
      "CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT $1'",
      "DROP FUNCTION f; CREATE FUNCTION f(\"First\" int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT $1'",
      "CREATE OR REPLACE FUNCTION f(\"First\" int, b text DEFAULT 'y') RETURNS int LANGUAGE sql AS 'SELECT $1'",
      "CREATE OR REPLACE FUNCTION f(\"First\" integer, b pg_catalog.text = 'y') RETURNS int4 LANGUAGE sql AS 'SELECT $1'",
      "CREATE OR REPLACE FUNCTION f(\"First\" int = 1 + 2, b text = 'y') RETURNS int LANGUAGE sql AS 'SELECT $1'",
      """
      DROP FUNCTION f(int, text);
      CREATE FUNCTION f(a int, b text) RETURNS SETOF bigint LANGUAGE sql AS 'SELECT $1'
      """,
      """
      DROP FUNCTION f(int, text);
      CREATE FUNCTION f(a int, b text) RETURNS TABLE (n bigint) LANGUAGE sql AS 'SELECT $1'
      """,
      """
      DROP FUNCTION f(int, text);
      CREATE FUNCTION f(a int, b text) RETURNS TABLE (m bigint) LANGUAGE sql AS 'SELECT $1'
      """),
    PrefixSet(
      "views with more columns, and dropped before they are made anew",
      "CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a FROM t",
      "CREATE OR REPLACE VIEW v AS SELECT a, b FROM t",
      "DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT b AS c FROM t WHERE a > 3",
      "DROP VIEW v; CREATE MATERIALIZED VIEW v AS SELECT b AS c FROM t", "CREATE UNIQUE INDEX v_c ON v (c)"),
    PrefixSet(
      "a view made again with other options alone", silent: [4],
      "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t",
      "CREATE OR REPLACE VIEW v WITH (security_invoker = on) AS SELECT a FROM t",
      "DROP VIEW v; CREATE VIEW v WITH (security_invoker, security_barrier) AS SELECT a FROM t",
      "CREATE OR REPLACE VIEW v WITH (security_barrier = true, security_invoker = true) AS SELECT t.a FROM t",
      "CREATE OR REPLACE VIEW v AS SELECT a FROM t"),
    PrefixSet(
      "a materialized view made anew with another condition",
      "CREATE TABLE t (a int); CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n FROM t WHERE a BETWEEN 1 AND 5",
      "DROP MATERIALIZED VIEW v; CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n FROM t WHERE a BETWEEN 1 AND 9"
    ),
    PrefixSet(
      "a trigger dropped and made anew with other events",
      """
      CREATE TABLE t (a int, at timestamptz); CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN NEW.at := now(); RETURN NEW; END $$;
      CREATE TRIGGER touching BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch()
      """,
      """
      DROP TRIGGER IF EXISTS touching ON t;
      CREATE TRIGGER touching BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch()
      """,
      "ALTER TABLE t DISABLE TRIGGER touching", "DROP TRIGGER touching ON t; DROP FUNCTION touch()"),
    PrefixSet(
      "comments, set and changed and taken away",
      "CREATE TABLE t (a int); COMMENT ON TABLE t IS 'one'", "COMMENT ON TABLE t IS 'two'",
      "COMMENT ON COLUMN t.a IS 'a'", "COMMENT ON TABLE t IS NULL"),
    PrefixSet(
      "comments on what the server has words about, or a snapshot does not read", silent: [4, 6, 7, 8],
      "CREATE TABLE t (a int)", "CREATE EXTENSION hstore",
      "COMMENT ON EXTENSION hstore IS 'mine'", "COMMENT ON SCHEMA public IS 'standard public schema'",
      "COMMENT ON TABLE t IS 'x'", "COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL'",
      "COMMENT ON LANGUAGE plpgsql IS 'x'", "GRANT USAGE ON LANGUAGE plpgsql TO pg_monitor",
      "CREATE FOREIGN DATA WRAPPER w; GRANT USAGE ON FOREIGN DATA WRAPPER w TO pg_monitor"),
    PrefixSet(
      "rows only, between files that make something", silent: [2],
      "CREATE TABLE t (a int PRIMARY KEY, b text)", "INSERT INTO t VALUES (1, 'x') ON CONFLICT DO NOTHING",
      "ALTER TABLE t ADD COLUMN c int"),
  ]
}
