import Testing

@Suite("What statements on functions, triggers, rules and policies do")
struct RoutineTrials {
  private static let table = "CREATE TABLE t (a integer PRIMARY KEY, b text, r int4range);"

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
