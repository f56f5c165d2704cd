import Testing

@testable import Script

@Suite("Functions, procedures and aggregates")
struct FunctionsTests {
  @Test("what a statement does is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "a PL/pgSQL function with its late uses",
      sql: """
        CREATE OR REPLACE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER \
        SET search_path = app, public AS $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM log; \
        NEW.updated_at := now(); PERFORM app.note(n); RETURN NEW; END $$
        """,
      expected: """
        uses table app.log late
        uses function app.note() late
        creates function public.touch() or replace := () RETURNS trigger LANGUAGE plpgsql SECURITY \
        DEFINER SET search_path TO 'app', 'public' AS $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM \
        log; NEW.updated_at := now(); PERFORM app.note(n); RETURN NEW; END $$
        """),
    StatementCase(
      name: "the declarations of a PL/pgSQL function, which are looked up when it is made",
      sql: """
        CREATE OR REPLACE FUNCTION settle(who int) RETURNS int LANGUAGE plpgsql AS $$ DECLARE \
        bill app.invoice; line lines%ROWTYPE; sum app.invoice.total%TYPE; again who%TYPE; n int := 0; \
        part bill.total%TYPE; moods app.mood[]; r record; BEGIN RETURN n; END $$
        """,
      expected: """
        uses type app.invoice
        uses table public.lines
        uses table app.invoice
        uses column app.invoice.total
        uses type app.mood
        creates function public.settle(integer) or replace := (who integer) RETURNS integer LANGUAGE \
        plpgsql AS $$ DECLARE bill app.invoice; line lines%ROWTYPE; sum app.invoice.total%TYPE; again \
        who%TYPE; n int := 0; part bill.total%TYPE; moods app.mood[]; r record; BEGIN RETURN n; END $$
        """),
    StatementCase(
      name: "the declarations of a PL/pgSQL function with check_function_bodies off",
      earlier: "SET check_function_bodies = false",
      sql: "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'DECLARE b app.mood; BEGIN END'",
      expected: """
        uses type app.mood late
        creates function public.f() or replace := () RETURNS integer LANGUAGE plpgsql AS $$DECLARE b \
        app.mood; BEGIN END$$
        """),
    StatementCase(
      name: "an argument with the type of a column",
      sql: "CREATE OR REPLACE FUNCTION f(a app.bill.total%TYPE) RETURNS int LANGUAGE c AS 'lib'",
      expected: """
        uses table app.bill
        uses column app.bill.total
        creates function public.f(app.bill.total%TYPE) or replace := (a app.bill.total%TYPE) RETURNS \
        integer LANGUAGE c AS $$lib$$
        """),
    StatementCase(
      name: "a function in SQL",
      sql: """
        CREATE FUNCTION total(who uuid) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT sum(o.total) \
        FROM orders o WHERE o.buyer = who'
        """,
      expected: """
        uses table public.orders
        uses column public.orders.total
        uses column public.orders.buyer
        creates function public.total(uuid) := (who uuid) RETURNS numeric LANGUAGE sql STABLE AS \
        $$SELECT sum(o.total) FROM orders o WHERE o.buyer = who$$
        locks table public.orders ACCESS SHARE
        again: fails, function public.total(uuid) is already there
        """),
    StatementCase(
      name: "a body between BEGIN ATOMIC and END",
      sql: "CREATE FUNCTION one() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM app.t; END",
      expected: """
        uses table app.t
        creates function public.one() := () RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) \
        FROM app.t END
        locks table app.t ACCESS SHARE
        again: fails, function public.one() is already there
        """),
    StatementCase(
      name: "check_function_bodies off",
      earlier: "SET check_function_bodies = false",
      sql: "CREATE FUNCTION one() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM app.t'",
      expected: """
        uses table app.t late
        creates function public.one() := () RETURNS bigint LANGUAGE sql AS $$SELECT count(*) FROM \
        app.t$$
        again: fails, function public.one() is already there
        """),
    StatementCase(
      name: "argument types",
      sql: """
        CREATE FUNCTION f(a int4, b varchar(10), INOUT c mood, OUT d text, VARIADIC e timestamptz[]) \
        RETURNS record LANGUAGE c AS 'lib'
        """,
      expected: """
        creates function public.f(integer, character varying, public.mood, timestamp with time zone[]) \
        := (a integer, b character varying, INOUT c public.mood, OUT d text, VARIADIC e timestamp with \
        time zone[]) RETURNS record LANGUAGE c AS $$lib$$
        uses type public.mood
        again: fails, function public.f(integer, character varying, public.mood, timestamp with time \
        zone[]) is already there
        """),
    StatementCase(
      name: "a table function",
      sql: """
        CREATE FUNCTION f(n int DEFAULT 3) RETURNS TABLE (a int, b text) LANGUAGE plpgsql AS 'BEGIN END'
        """,
      expected: """
        creates function public.f(integer) := (n integer DEFAULT 3, TABLE a integer, TABLE b text) \
        RETURNS TABLE(a integer, b text) LANGUAGE plpgsql AS $$BEGIN END$$
        again: fails, function public.f(integer) is already there
        """),
    StatementCase(
      name: "a set of a user's type",
      sql: "CREATE FUNCTION f() RETURNS SETOF app.t LANGUAGE plpgsql AS 'BEGIN END'",
      expected: """
        creates function public.f() := () RETURNS SETOF app.t LANGUAGE plpgsql AS $$BEGIN END$$
        uses type app.t
        again: fails, function public.f() is already there
        """),
    StatementCase(
      name: "a procedure",
      sql: "CREATE PROCEDURE p(a int) LANGUAGE plpgsql AS 'BEGIN COMMIT; END'",
      expected: """
        creates procedure public.p(integer) := (a integer) LANGUAGE plpgsql AS $$BEGIN COMMIT; END$$
        again: fails, procedure public.p(integer) is already there
        """),
    StatementCase(
      name: "an aggregate",
      sql: "CREATE AGGREGATE app.mid(numeric) (SFUNC = app.add, STYPE = numeric)",
      expected: """
        uses function app.add()
        creates aggregate app.mid(numeric) := sfunc = app.add, stype = numeric
        again: fails, aggregate app.mid(numeric) is already there
        """),
    StatementCase(
      name: "a function changed",
      sql: "ALTER FUNCTION f(uuid) SET search_path = '' SECURITY INVOKER",
      expected: """
        uses function public.f(uuid)
        alters function public.f(uuid) := SECURITY INVOKER SET search_path TO ''
        """),
    StatementCase(
      name: "a function renamed",
      sql: "ALTER FUNCTION f(integer) RENAME TO g",
      expected: """
        drops function public.f(integer)
        creates function public.g(integer) from public.f(integer)
        again: fails, function public.f(integer) is gone
        """),
    StatementCase(
      name: "a function dropped by name",
      earlier: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE plpgsql AS 'BEGIN END'",
      sql: "DROP FUNCTION f",
      expected: """
        drops function public.f(integer)
        again: fails, function public.f(integer) is gone
        """),
    StatementCase(
      name: "a function dropped by arguments",
      sql: "DROP FUNCTION IF EXISTS f(int, text[]), app.g() CASCADE",
      expected: """
        drops function public.f(integer, text[]) if exists
        drops function app.g() if exists
        """),
    StatementCase(
      name: "a call",
      sql: "CALL app.refresh(1)",
      expected: """
        uses procedure app.refresh()
        again: unknown, it calls a procedure
        opaque: what the procedure does is not followed
        """),
  ]
}
