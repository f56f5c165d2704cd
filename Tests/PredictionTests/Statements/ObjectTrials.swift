import Testing

@Suite("What statements on other objects do")
struct ObjectTrials {
  private static let table = "CREATE TABLE t (a integer PRIMARY KEY, b text, r int4range);"

  @Test("indexes and statistics")
  func indexes() async throws {
    let t = Self.table
    try await StatementTrial.run([
      .init("named", given: t, "CREATE INDEX i ON t (b)"),
      .init("unnamed", given: t, "CREATE INDEX ON t (b, a)"),
      .init(
        "unnamed of an expression", given: t,
        "CREATE INDEX ON t (lower(b)); CREATE INDEX ON t ((a + 1), (a || b)); CREATE INDEX ON t ((b::varchar))"
      ),
      .init("unnamed twice", given: t, "CREATE INDEX ON t (b); CREATE INDEX ON t (b); CREATE INDEX ON t (b)"),
      .init("unnamed with include", given: t, "CREATE INDEX ON t (b) INCLUDE (a)"),
      .init(
        "unique with a predicate", given: t, "CREATE UNIQUE INDEX i ON t (b DESC NULLS LAST) WHERE a > 1"),
      .init(
        "another method", given: t, "CREATE INDEX i ON t USING gist (r); CREATE INDEX ON t USING hash (b)"),
      .init(
        "operator class, collation and options", given: t,
        #"CREATE INDEX i ON t (b COLLATE "C" text_pattern_ops) WITH (fillfactor = 50)"#),
      .init("if not exists, new", given: t, "CREATE INDEX IF NOT EXISTS i ON t (b)"),
      .init(
        "if not exists, there", given: t + "CREATE INDEX i ON t (b)", "CREATE INDEX IF NOT EXISTS i ON t (a)",
        changesNothing: true),
      .init(
        "on a materialized view", given: t + "CREATE MATERIALIZED VIEW m AS SELECT a FROM t",
        "CREATE UNIQUE INDEX ON m (a)"),
      .init(
        "of another schema", given: "CREATE SCHEMA app; CREATE TABLE app.t (a integer)",
        "CREATE INDEX i ON app.t (a); CREATE INDEX ON app.t (a)"),
      .init("drop", given: t + "CREATE INDEX i ON t (b); COMMENT ON INDEX i IS 'x'", "DROP INDEX i"),
      .init("drop if exists, missing", "DROP INDEX IF EXISTS i", changesNothing: true),
      .init(
        "rename", given: t + "CREATE INDEX i ON t (b); COMMENT ON INDEX i IS 'x'", "ALTER INDEX i RENAME TO j"
      ),
      .init("rename if exists, missing", "ALTER INDEX IF EXISTS i RENAME TO j", changesNothing: true),
      .init("options", given: t + "CREATE INDEX i ON t (b)", "ALTER INDEX i SET (fillfactor = 50)"),
      .init(
        "statistics target", given: t + "CREATE INDEX i ON t (lower(b))",
        "ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 100", changesNothing: true),
      .init("statistics", given: t, "CREATE STATISTICS st (ndistinct) ON a, b FROM t"),
      .init("statistics of expressions", given: t, "CREATE STATISTICS IF NOT EXISTS st ON (a + 1), b FROM t"),
      .init(
        "alter statistics", given: t + "CREATE STATISTICS st ON a, b FROM t",
        "ALTER STATISTICS st SET STATISTICS 10", changesNothing: true),
      .init(
        "rename statistics", given: t + "CREATE STATISTICS st ON a, b FROM t",
        "ALTER STATISTICS st RENAME TO su"),
      .init("drop statistics", given: t + "CREATE STATISTICS st ON a, b FROM t", "DROP STATISTICS st"),
      .init("reindex", given: t, "REINDEX TABLE t", changesNothing: true),
      .init("analyze", given: t, "ANALYZE t", changesNothing: true),
      .init("truncate", given: t, "TRUNCATE t", changesNothing: true),
      .init(
        "data", given: t, "INSERT INTO t VALUES (1); UPDATE t SET b = 'x'; DELETE FROM t",
        changesNothing: true),
    ])
  }

  @Test(
    "concurrently",
    arguments: [
      "CREATE INDEX CONCURRENTLY i ON public.concurrent (a)",
      "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS j ON public.concurrent (a)",
      "DROP INDEX CONCURRENTLY k",
      "REINDEX INDEX CONCURRENTLY k",
    ])
  func concurrently(_ sql: String) async throws {
    try await StatementTrial.run([
      .init(
        sql,
        given:
          "CREATE TABLE IF NOT EXISTS public.concurrent (a integer); CREATE INDEX IF NOT EXISTS k ON public.concurrent (a); DROP INDEX IF EXISTS i, j",
        sql, changesNothing: sql.hasPrefix("REINDEX"))
    ])
  }

  @Test("sequences")
  func sequences() async throws {
    let t = Self.table
    try await StatementTrial.run([
      .init("plain", "CREATE SEQUENCE s"),
      .init(
        "with everything", given: t,
        "CREATE SEQUENCE IF NOT EXISTS s AS integer INCREMENT 2 MINVALUE 5 MAXVALUE 50 START 7 CACHE 3 CYCLE OWNED BY t.a"
      ),
      .init(
        "there", given: "CREATE SEQUENCE s", "CREATE SEQUENCE IF NOT EXISTS s START 5", changesNothing: true),
      .init("temporary", "CREATE TEMP SEQUENCE s", changesNothing: true),
      .init("alter", given: "CREATE SEQUENCE s", "ALTER SEQUENCE s INCREMENT BY 5 MAXVALUE 100"),
      .init(
        "owned by", given: t + "CREATE SEQUENCE s",
        "ALTER SEQUENCE s OWNED BY t.a; ALTER TABLE t DROP COLUMN a"),
      .init("owned by none", given: "CREATE TABLE t (a serial)", "ALTER SEQUENCE t_a_seq OWNED BY NONE"),
      .init(
        "owned by none, then the table goes", given: "CREATE TABLE t (a serial)",
        "ALTER SEQUENCE t_a_seq OWNED BY NONE; DROP TABLE t"),
      .init("restart", given: "CREATE SEQUENCE s", "ALTER SEQUENCE s RESTART WITH 5", changesNothing: true),
      .init(
        "rename",
        given: "CREATE SEQUENCE s; GRANT USAGE ON SEQUENCE s TO pg_monitor; COMMENT ON SEQUENCE s IS 'x'",
        "ALTER SEQUENCE s RENAME TO s2"),
      .init(
        "rename that of a serial", given: "CREATE TABLE t (a serial)",
        "ALTER SEQUENCE t_a_seq RENAME TO numbers"),
      .init("schema", given: "CREATE SEQUENCE s; CREATE SCHEMA app", "ALTER SEQUENCE s SET SCHEMA app"),
      .init(
        "schema of a table with a serial", given: "CREATE TABLE t (a serial PRIMARY KEY); CREATE SCHEMA app",
        "ALTER TABLE t SET SCHEMA app"),
      .init("drop", given: "CREATE SEQUENCE s", "DROP SEQUENCE s"),
      .init(
        "drop with a default", given: "CREATE SEQUENCE s; CREATE TABLE t (a integer DEFAULT nextval('s'))",
        "DROP SEQUENCE s CASCADE"),
      .init("drop if exists, missing", "DROP SEQUENCE IF EXISTS s", changesNothing: true),
      .init("set its value", given: "CREATE SEQUENCE s", "SELECT setval('s', 5)", changesNothing: true),
    ])
  }

  @Test("views")
  func views() async throws {
    let t = Self.table
    let v = t + "CREATE VIEW v AS SELECT a, b FROM t;"
    try await StatementTrial.run([
      .init("plain", given: t, "CREATE VIEW v AS SELECT a, upper(b) AS u FROM t"),
      .init("star", given: t, "CREATE VIEW v AS SELECT * FROM t"),
      .init("names", given: t, "CREATE VIEW v (x) AS SELECT a, b FROM t"),
      .init(
        "star of a join", given: t + "CREATE TABLE u (c integer, d text)",
        "CREATE VIEW v AS SELECT t.*, u.c FROM t JOIN u ON c = a"),
      .init(
        "star of a join using", given: t + "CREATE TABLE u (c integer, a integer)",
        "CREATE VIEW v AS SELECT * FROM t JOIN u USING (a)", isOpaque: true),
      .init(
        "star of a function", "CREATE VIEW v AS SELECT * FROM generate_series(1, 3) AS n", isOpaque: true),
      .init("star of a values list", "CREATE VIEW v AS SELECT * FROM (VALUES (1, 'a')) AS x (n, s)"),
      .init(
        "options", given: t,
        "CREATE VIEW v WITH (security_invoker = true, security_barrier) AS SELECT a FROM t"),
      .init("check option", given: t, "CREATE VIEW v AS SELECT a FROM t WITH LOCAL CHECK OPTION"),
      .init("recursive", "CREATE RECURSIVE VIEW v (n) AS SELECT 1 UNION ALL SELECT n + 1 FROM v WHERE n < 5"),
      .init("temporary", "CREATE TEMP VIEW v AS SELECT 1 AS a", changesNothing: true),
      .init(
        "over a temporary table", "CREATE TEMP TABLE x (a integer); CREATE VIEW v AS SELECT a FROM x",
        changesNothing: true),
      .init("replace, new", given: t, "CREATE OR REPLACE VIEW v AS SELECT a FROM t"),
      .init(
        "replace, the same", given: v, "CREATE OR REPLACE VIEW v AS SELECT a, b FROM t", changesNothing: true),
      .init(
        "replace with another column", given: v, "CREATE OR REPLACE VIEW v AS SELECT a, b, a + 1 AS c FROM t"),
      .init(
        "replace with another body", given: v + "COMMENT ON VIEW v IS 'x'",
        "CREATE OR REPLACE VIEW v AS SELECT a, b FROM t WHERE a > 1"),
      .init(
        "rename",
        given: v
          + "CREATE VIEW w AS SELECT a FROM v; COMMENT ON VIEW v IS 'x'; GRANT SELECT ON v TO pg_monitor",
        "ALTER VIEW v RENAME TO v2"),
      .init("rename a column", given: v, "ALTER VIEW v RENAME COLUMN a TO z"),
      .init("schema", given: v + "CREATE SCHEMA app", "ALTER VIEW v SET SCHEMA app"),
      .init("set options", given: v, "ALTER VIEW v SET (security_invoker = on)"),
      .init(
        "reset options", given: t + "CREATE VIEW v WITH (security_barrier) AS SELECT a FROM t",
        "ALTER VIEW v RESET (security_barrier)"),
      .init("default of a column", given: v, "ALTER VIEW v ALTER COLUMN a SET DEFAULT 4"),
      .init("drop", given: v, "DROP VIEW v"),
      .init(
        "drop with others",
        given: v
          + "CREATE VIEW w AS SELECT a FROM v; CREATE MATERIALIZED VIEW m AS SELECT * FROM w; CREATE INDEX mi ON m (a)",
        "DROP VIEW v CASCADE"),
      .init("drop if exists, missing", "DROP VIEW IF EXISTS v", changesNothing: true),
      .init("materialized", given: t, "CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t WITH NO DATA"),
      .init(
        "materialized, there", given: t + "CREATE MATERIALIZED VIEW m AS SELECT a FROM t",
        "CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT b FROM t", changesNothing: true),
      .init(
        "refresh", given: t + "CREATE MATERIALIZED VIEW m AS SELECT a FROM t", "REFRESH MATERIALIZED VIEW m",
        changesNothing: true),
      .init(
        "rename a materialized view",
        given: t + "CREATE MATERIALIZED VIEW m AS SELECT a FROM t; CREATE INDEX mi ON m (a)",
        "ALTER MATERIALIZED VIEW m RENAME TO m2"),
      .init(
        "alter a materialized view",
        given: t + "CREATE MATERIALIZED VIEW m AS SELECT a FROM t; CREATE SCHEMA app",
        "ALTER MATERIALIZED VIEW m SET (fillfactor = 50); ALTER MATERIALIZED VIEW m SET SCHEMA app"),
      .init(
        "drop a materialized view",
        given: t + "CREATE MATERIALIZED VIEW m AS SELECT a FROM t; CREATE INDEX mi ON m (a)",
        "DROP MATERIALIZED VIEW m"),
      .init(
        "a view of a whole row's function",
        given: t + "CREATE FUNCTION g(t) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE VIEW v AS SELECT g(t) AS n FROM t; DROP TABLE t CASCADE"),
    ])
  }

  @Test("functions, procedures and aggregates")
  func functions() async throws {
    let t = Self.table
    let f = "CREATE FUNCTION f(a integer, b text DEFAULT 'x') RETURNS integer LANGUAGE sql AS 'SELECT 1';"
    try await StatementTrial.run([
      .init(
        "sql", "CREATE FUNCTION f(a integer, OUT b text, INOUT c text) LANGUAGE sql AS 'SELECT a::text, c'"),
      .init(
        "plpgsql", "CREATE FUNCTION f(a int, VARIADIC b text[]) RETURNS void LANGUAGE plpgsql AS 'BEGIN END'"),
      .init(
        "table result",
        "CREATE FUNCTION f(a int) RETURNS TABLE (x int, y text) LANGUAGE sql AS 'SELECT 1, ''a'''"),
      .init(
        "argument types in every spelling",
        "CREATE FUNCTION f(a int4, b varchar(5), c timestamptz, d decimal(4, 2), e char, f float, g bit varying, h time(3), i double precision[], j \"char\", k json, l name) RETURNS void LANGUAGE sql AS ''"
      ),
      .init(
        "argument types of the user",
        given: t + "CREATE TYPE mood AS ENUM ('a'); CREATE SCHEMA app; CREATE DOMAIN app.d AS text",
        "CREATE FUNCTION f(a mood, b app.d, c t, d mood[], e t[]) RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t'"
      ),
      .init(
        "type of a column", given: t,
        "CREATE FUNCTION f(a t.a%TYPE) RETURNS t.b%TYPE LANGUAGE sql AS 'SELECT NULL::text'",
        needsEarlierFiles: true),
      .init(
        "body in SQL", given: t,
        "CREATE FUNCTION f(x integer) RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM t WHERE a = x; END"
      ),
      .init(
        "drop what a body in SQL uses",
        given: t + "CREATE FUNCTION f(x integer) RETURNS bigint RETURN (SELECT count(*) FROM t WHERE a = x)",
        "DROP TABLE t CASCADE"),
      .init("overload", given: f, "CREATE FUNCTION f(a text) RETURNS integer LANGUAGE sql AS 'SELECT 1'"),
      .init(
        "replace, the same", given: f,
        "CREATE OR REPLACE FUNCTION f(a integer, b text DEFAULT 'x') RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        changesNothing: true),
      .init(
        "replace, another body", given: f,
        "CREATE OR REPLACE FUNCTION f(a integer, b text DEFAULT 'x') RETURNS integer LANGUAGE sql AS 'SELECT 2'"
      ),
      .init(
        "procedure",
        "CREATE PROCEDURE p(a integer, INOUT b integer) LANGUAGE sql AS 'SELECT 1'; CALL p(1, 2)"),
      .init(
        "procedure with out",
        "CREATE PROCEDURE p(a integer, OUT b integer) LANGUAGE plpgsql AS 'BEGIN b := a; END'"),
      .init(
        "aggregate",
        given: "CREATE FUNCTION acc(integer, integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE AGGREGATE total(integer) (SFUNC = acc, STYPE = integer, INITCOND = '0')"),
      .init(
        "aggregate in the old style",
        given: "CREATE FUNCTION acc(integer, integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE AGGREGATE total (BASETYPE = integer, SFUNC = acc, STYPE = integer)"),
      .init(
        "aggregate of anything",
        given: "CREATE FUNCTION acc(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'",
        "CREATE AGGREGATE howmany(*) (SFUNC = acc, STYPE = bigint, INITCOND = '0')"),
      .init(
        "ordered-set aggregate",
        "CREATE AGGREGATE middle(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA)"
      ),
      .init(
        "rename an aggregate", given: "CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer)",
        "ALTER AGGREGATE total(integer) RENAME TO summe"),
      .init(
        "drop an aggregate",
        given:
          "CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer); COMMENT ON AGGREGATE total(integer) IS 'x'",
        "DROP AGGREGATE total(integer)"),
      .init(
        "alter", given: f, "ALTER FUNCTION f(integer, text) STABLE SECURITY DEFINER SET search_path = public"),
      .init("alter by its only name", given: f, "ALTER FUNCTION f STRICT COST 5"),
      .init(
        "rename",
        given: f
          + "COMMENT ON FUNCTION f(integer, text) IS 'x'; GRANT EXECUTE ON FUNCTION f(integer, text) TO pg_monitor",
        "ALTER FUNCTION f(int, text) RENAME TO g"),
      .init("schema", given: f + "CREATE SCHEMA app", "ALTER FUNCTION f SET SCHEMA app"),
      .init(
        "rename a routine", given: "CREATE PROCEDURE p() LANGUAGE sql AS ''", "ALTER ROUTINE p() RENAME TO q"),
      .init("drop", given: f + "COMMENT ON FUNCTION f IS 'x'", "DROP FUNCTION f(int, text)"),
      .init("drop by its only name", given: f, "DROP FUNCTION f"),
      .init(
        "drop if exists, another signature", given: f, "DROP FUNCTION IF EXISTS f(int)", changesNothing: true),
      .init("drop if exists, no such type", "DROP FUNCTION IF EXISTS f(nowhere)", changesNothing: true),
      .init(
        "drop with out arguments named",
        given: "CREATE FUNCTION f(a integer, OUT b text) LANGUAGE sql AS 'SELECT ''x'''",
        "DROP FUNCTION f(a integer, OUT b text)"),
      .init("drop a routine", given: "CREATE PROCEDURE p() LANGUAGE sql AS ''", "DROP ROUTINE p"),
      .init(
        "drop a procedure", given: "CREATE PROCEDURE p(integer) LANGUAGE sql AS ''",
        "DROP PROCEDURE p(integer)"),
      .init(
        "drop with a trigger",
        given: t
          + "CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf()",
        "DROP FUNCTION tf CASCADE"),
      .init(
        "drop with a default, a check, an index, a policy and a view",
        given:
          "CREATE FUNCTION g(integer) RETURNS integer IMMUTABLE LANGUAGE sql AS 'SELECT 1'; CREATE TABLE u (a integer DEFAULT g(1) CHECK (g(a) > 0), b integer GENERATED ALWAYS AS (g(a)) STORED); CREATE INDEX ui ON u (g(a)); CREATE POLICY p ON u USING (g(a) = 1); CREATE VIEW v AS SELECT g(a) FROM u",
        "DROP FUNCTION g(integer) CASCADE"),
      .init(
        "with a missing table",
        "SET LOCAL check_function_bodies = off; CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM nowhere'"
      ),
    ])
  }

  @Test("triggers, rules, policies and event triggers")
  func actions() async throws {
    let t = Self.table + "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
    let trigger = t + "CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();"
    let policy = t + "CREATE POLICY p ON t FOR SELECT USING (a = 1);"
    let event = "CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
    try await StatementTrial.run([
      .init(
        "trigger", given: t,
        "CREATE TRIGGER tr BEFORE INSERT OR UPDATE OF b ON t FOR EACH ROW WHEN (NEW.a > 1) EXECUTE PROCEDURE f('x')"
      ),
      .init(
        "statement trigger with tables", given: t,
        "CREATE TRIGGER tr AFTER UPDATE ON t REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION f()"
      ),
      .init(
        "trigger of a view", given: t + "CREATE VIEW v AS SELECT a FROM t",
        "CREATE TRIGGER tr INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f()"),
      .init(
        "constraint trigger", given: t,
        "CREATE CONSTRAINT TRIGGER tr AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f()"
      ),
      .init(
        "replace a trigger", given: trigger,
        "CREATE OR REPLACE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()"),
      .init(
        "trigger of the server's function", given: t,
        "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()"
      ),
      .init(
        "rename a trigger", given: trigger + "COMMENT ON TRIGGER tr ON t IS 'x'",
        "ALTER TRIGGER tr ON t RENAME TO tr2"),
      .init("drop a trigger", given: trigger + "COMMENT ON TRIGGER tr ON t IS 'x'", "DROP TRIGGER tr ON t"),
      .init(
        "drop a trigger if exists, missing", given: t, "DROP TRIGGER IF EXISTS nope ON t",
        changesNothing: true),
      .init(
        "drop a trigger if exists, no table", "DROP TRIGGER IF EXISTS nope ON nowhere", changesNothing: true),
      .init("rule", given: t, "CREATE RULE r AS ON INSERT TO t WHERE NEW.a > 1 DO INSTEAD NOTHING"),
      .init(
        "replace a rule", given: t + "CREATE RULE r AS ON DELETE TO t DO NOTHING",
        "CREATE OR REPLACE RULE r AS ON DELETE TO t DO INSTEAD NOTHING"),
      .init(
        "rename a rule", given: t + "CREATE RULE r AS ON DELETE TO t DO NOTHING",
        "ALTER RULE r ON t RENAME TO s"),
      .init("drop a rule", given: t + "CREATE RULE r AS ON DELETE TO t DO NOTHING", "DROP RULE r ON t"),
      .init(
        "policy", given: t,
        "CREATE POLICY \"Own rows\" ON t AS RESTRICTIVE FOR ALL TO pg_monitor, public USING (a = 1) WITH CHECK (b = 'x')"
      ),
      .init(
        "policy with a subquery", given: t + "CREATE TABLE m (id integer)",
        "CREATE POLICY p ON t USING (a IN (SELECT id FROM m)); DROP TABLE m CASCADE"),
      .init("alter a policy", given: policy, "ALTER POLICY p ON t TO pg_monitor USING (a = 2)"),
      .init("rename a policy", given: policy, "ALTER POLICY p ON t RENAME TO q"),
      .init("drop a policy", given: policy, "DROP POLICY p ON t"),
      .init(
        "drop a policy if exists, missing", given: t, "DROP POLICY IF EXISTS p ON t", changesNothing: true),
      .init(
        "drop and make a policy again", given: policy,
        "DROP POLICY IF EXISTS p ON t; CREATE POLICY p ON t FOR SELECT USING (a = 2)"),
      .init(
        "event trigger", given: event,
        "CREATE EVENT TRIGGER et ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION e()"),
      .init(
        "disable an event trigger", given: event + "CREATE EVENT TRIGGER et ON sql_drop EXECUTE FUNCTION e()",
        "ALTER EVENT TRIGGER et DISABLE"),
      .init(
        "rename an event trigger", given: event + "CREATE EVENT TRIGGER et ON sql_drop EXECUTE FUNCTION e()",
        "ALTER EVENT TRIGGER et RENAME TO eu"),
      .init(
        "drop an event trigger", given: event + "CREATE EVENT TRIGGER et ON sql_drop EXECUTE FUNCTION e()",
        "DROP EVENT TRIGGER et"),
      .init(
        "drop an event trigger's function",
        given: event + "CREATE EVENT TRIGGER et ON sql_drop EXECUTE FUNCTION e()", "DROP FUNCTION e CASCADE"),
    ])
  }
}
