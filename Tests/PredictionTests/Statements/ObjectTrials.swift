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
        "ALTER STATISTICS st SET STATISTICS 10"),
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
        "CREATE VIEW v AS SELECT * FROM t JOIN u USING (a)"),
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
}
