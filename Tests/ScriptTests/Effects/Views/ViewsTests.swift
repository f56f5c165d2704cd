import Testing

@testable import Script

@Suite("Views")
struct ViewsTests {
  @Test("what a statement does is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "a continuous aggregate, which TimescaleDB makes a view",
      earlier: "CREATE TABLE t (at timestamptz, n int)",
      sql:
        "CREATE MATERIALIZED VIEW v WITH (timescaledb.continuous) AS SELECT max(n) AS top FROM t WITH NO DATA",
      expected: """
        uses table public.t
        uses column public.t.n
        creates view public.v
        creates column public.v.top
        locks table public.t ACCESS SHARE
        again: fails, view public.v is already there
        """),
    StatementCase(
      name: "a view with what it reads",
      earlier: "CREATE TABLE t (a int, b text)",
      sql: "CREATE VIEW v AS SELECT t.*, u.name FROM t JOIN app.users u ON u.id = t.a",
      expected: """
        uses table public.t
        uses table app.users
        uses column app.users.id
        uses column public.t.a
        uses column app.users.name
        creates view public.v := SELECT t.*, u.name FROM public.t JOIN app.users u ON u.id = t.a
        creates column public.v.a
        creates column public.v.b
        creates column public.v.name
        locks table public.t ACCESS SHARE
        locks table app.users ACCESS SHARE
        again: fails, view public.v is already there
        """),
    StatementCase(
      name: "a view replaced, with its reader's rights",
      sql: "CREATE OR REPLACE VIEW app.v (x) WITH (security_invoker = on) AS SELECT a FROM t",
      expected: """
        uses table public.t
        uses column public.t.a
        creates view app.v or replace := WITH (security_invoker=on) AS SELECT a FROM public.t
        creates column app.v.x or replace
        locks view app.v ACCESS EXCLUSIVE
        locks table public.t ACCESS SHARE
        """),
    StatementCase(
      name: "a view whose options are bare words",
      sql: """
        CREATE VIEW v WITH (security_invoker = off, check_option = local, security_barrier = on) AS SELECT 1 AS a
        """,
      expected: """
        creates view public.v := WITH (check_option=local, security_barrier=on, security_invoker=false) AS SELECT 1 AS a
        creates column public.v.a
        again: fails, view public.v is already there
        """),
    StatementCase(
      name: "a view that checks what is written through it",
      sql: "CREATE VIEW v AS SELECT 1 AS a WITH CHECK OPTION",
      expected: """
        creates view public.v := WITH (check_option=cascaded) AS SELECT 1 AS a
        creates column public.v.a
        again: fails, view public.v is already there
        """),
    StatementCase(
      name: "WITH queries hide tables",
      sql: "CREATE VIEW v AS WITH t AS (SELECT id FROM s) SELECT id FROM t",
      expected: """
        uses table public.s
        uses column public.s.id
        creates view public.v := WITH t AS (SELECT id FROM public.s) SELECT id FROM t
        creates column public.v.id
        locks table public.s ACCESS SHARE
        again: fails, view public.v is already there
        """),
    StatementCase(
      name: "the star of a WITH query in the arms of a union, and of tables joined by columns of one name",
      earlier: "CREATE TABLE t (a int, b text); CREATE TABLE u (c int, a int)",
      sql: """
        CREATE VIEW v AS WITH x AS (SELECT a AS k FROM t), y AS (SELECT x.* FROM x) SELECT y.*, j.* FROM y, \
        (SELECT * FROM t JOIN u USING (a)) j UNION ALL SELECT y.*, j.* FROM y, (SELECT * FROM t NATURAL JOIN u) j
        """,
      expected: """
        uses table public.t
        uses column public.t.a
        uses table public.u
        creates view public.v := WITH x AS (SELECT a AS k FROM public.t), y AS (SELECT x.* FROM x) SELECT y.*, j.* FROM y, \
        (SELECT * FROM public.t JOIN public.u USING (a)) j UNION ALL SELECT y.*, j.* FROM y, (SELECT * FROM public.t \
        NATURAL JOIN public.u) j
        creates column public.v.k
        creates column public.v.a
        creates column public.v.b
        creates column public.v.c
        locks table public.t ACCESS SHARE
        locks table public.u ACCESS SHARE
        again: fails, view public.v is already there
        """),
    StatementCase(
      name: "a view over an unknown table's star is opaque",
      sql: "CREATE VIEW v AS SELECT * FROM t",
      expected: """
        uses table public.t
        creates view public.v := SELECT * FROM public.t
        locks table public.t ACCESS SHARE
        again: fails, view public.v is already there
        opaque: the columns of public.v come from relations that are not known here
        """),
    StatementCase(
      name: "a materialized view",
      sql: "CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT count(*) AS n FROM t",
      expected: """
        uses table public.t
        creates materialized view public.m if not exists := SELECT count(*) AS n FROM public.t
        creates column public.m.n if not exists
        locks table public.t ACCESS SHARE
        """),
    StatementCase(
      name: "a materialized view refreshed",
      sql: "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
      expected: """
        uses materialized view public.m
        locks materialized view public.m EXCLUSIVE
        """),
    StatementCase(
      name: "a table dropped with the views on it",
      earlier: "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t",
      sql: "DROP TABLE t CASCADE",
      expected: """
        drops column public.v.a
        drops view public.v
        drops column public.t.a
        drops table public.t
        locks table public.t ACCESS EXCLUSIVE
        locks view public.v ACCESS EXCLUSIVE
        again: fails, table public.t is gone
        """),
  ]
}
