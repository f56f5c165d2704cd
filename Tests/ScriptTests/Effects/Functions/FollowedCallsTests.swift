import Testing

@testable import Script

@Suite("Functions of the project that change objects")
struct FollowedCallsTests {
  @Test("what a statement does is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  private static let make = """
    CREATE FUNCTION make(name text, again boolean DEFAULT false) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      IF again THEN EXECUTE format('DROP TABLE %I', name); END IF;
      EXECUTE format('CREATE TABLE %I (a int)', name);
    END $$;
    """

  private static let put = """
    CREATE TABLE t (a int); CREATE FUNCTION put(p text, r text) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE s text; BEGIN
      IF EXISTS (SELECT 1 FROM pg_policies WHERE policyname = p AND tablename = r) THEN
        s := 'ALTER POLICY ' || quote_ident(p) || ' ON ' || quote_ident(r);
      ELSE
        s := format('CREATE POLICY %I ON %I FOR INSERT', p, r);
      END IF;
      s := s || ' WITH CHECK (';
      CREATE TABLE IF NOT EXISTS always (a int);
      EXECUTE s || 'true)';
    END $$;
    """

  private static let overloads = """
    CREATE TABLE t (a int, b int);
    CREATE FUNCTION allow(i int) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
      EXECUTE 'GRANT INSERT ON t TO anon'; END $$;
    CREATE FUNCTION allow(r text, s text DEFAULT 'public') RETURNS void LANGUAGE plpgsql AS $$ BEGIN
      EXECUTE format('GRANT SELECT ON %I TO anon', r); END $$;
    CREATE FUNCTION allow(r text, names text[]) RETURNS void LANGUAGE plpgsql AS $$ DECLARE n text; BEGIN
      FOREACH n IN ARRAY names LOOP EXECUTE format('GRANT UPDATE (%I) ON %I TO anon', n, r); END LOOP; END $$;
    """

  @Test("texts that branch again and again are given up, and said to be")
  func manyBranches() {
    let branches = (0..<40).map {
      "IF EXISTS (SELECT 1 FROM t WHERE a = \($0)) THEN s := s || ', c\($0) int'; END IF;"
    }
    let row = StatementCase(
      name: "", earlier: "CREATE TABLE t (a int)",
      sql: """
        DO $$ DECLARE s text := 'a int'; BEGIN \(branches.joined(separator: " "))
          EXECUTE 'CREATE TABLE many (' || s || ')'; END $$
        """,
      expected: "")
    #expect(row.actual.contains("opaque"))
    #expect(row.actual.utf8.count < 200_000)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "an overload that a number tells apart", earlier: overloads, sql: "SELECT allow(1)",
      expected: """
        uses function public.allow(integer)
        uses role anon
        uses table public.t
        creates grant INSERT to anon on public.t if not exists
        """),
    StatementCase(
      name: "an overload that a text tells apart", earlier: overloads, sql: "SELECT allow('t')",
      expected: """
        uses function public.allow(text, text)
        uses role anon
        uses table public.t
        creates grant SELECT to anon on public.t if not exists
        """),
    StatementCase(
      name: "an overload that a list tells apart", earlier: overloads,
      sql: "SELECT allow('t', ARRAY['a', 'b'])",
      expected: """
        uses function public.allow(text, text[])
        uses role anon
        uses table public.t
        creates grant UPDATE to anon on public.t.a if not exists
        uses column public.t.a
        creates grant UPDATE to anon on public.t.b if not exists
        uses column public.t.b
        """),
    StatementCase(
      name: "a text that is made in one of two branches, and executed behind them",
      earlier: put,
      sql: "SELECT put('own', 't')",
      expected: """
        uses function public.put(text, text)
        creates table public.always if not exists
        creates column public.always.a if not exists := integer
        uses policy own on public.t if exists
        alters policy own on public.t if exists := WITH CHECK (true)
        uses table public.t if not exists
        creates policy own on public.t if not exists := FOR INSERT TO public WITH CHECK (true)
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "constant arguments",
      earlier: make,
      sql: "SELECT make('t')",
      expected: """
        uses function public.make(text, boolean)
        creates table public.t
        creates column public.t.a := integer
        again: fails, table public.t is already there
        """),
    StatementCase(
      name: "by name and position, in a block",
      earlier: "CREATE TABLE t (a int); " + make,
      sql: "DO $$ DECLARE n text := 't'; BEGIN PERFORM make(again => true, name => n); END $$",
      expected: """
        uses function public.make(text, boolean)
        drops column public.t.a
        drops table public.t
        creates table public.t
        creates column public.t.a := integer
        locks table public.t ACCESS EXCLUSIVE
        again: fails, table public.t is gone
        """),
    StatementCase(
      name: "once for each row of constants",
      earlier: make,
      sql: "SELECT make('t' || n) FROM generate_series(1, 2) AS n",
      expected: """
        uses function public.make(text, boolean)
        creates table public.t1
        creates column public.t1.a := integer
        creates table public.t2
        creates column public.t2.a := integer
        again: fails, table public.t1 is already there
        """),
    StatementCase(
      name: "through another function, in SQL, that has its own search path",
      earlier: "CREATE SCHEMA app; " + make
        + "CREATE FUNCTION make_twice(text) RETURNS void LANGUAGE sql SET search_path = app, public AS "
        + "$$ SELECT make($1 || '_x') $$",
      sql: "SELECT * FROM make_twice('t')",
      expected: """
        uses function public.make_twice(text)
        uses function public.make(text, boolean)
        uses schema app
        creates table app.t_x
        creates column app.t_x.a := integer
        again: fails, table app.t_x is already there
        """),
    StatementCase(
      name: "arguments that are not constant",
      earlier: make + "CREATE TABLE list (n text)",
      sql: "SELECT make(n) FROM list",
      expected: """
        uses table public.list
        uses function public.make(text, boolean)
        uses column public.list.n
        locks table public.list ACCESS SHARE
        again: unknown, it calls functions
        opaque: it calls public.make(text, boolean) for its rows, which changes objects
        """),
    StatementCase(
      name: "an argument that only the server knows",
      earlier: make,
      sql: "SELECT make(current_user::text)",
      expected: """
        uses function public.make(text, boolean)
        perhaps creates table public."?"
        perhaps creates column public."?".a
        again: unknown, it executes a text that is made when it runs
        opaque: public.make(text, boolean): it executes a text that is made when it runs: format('CREATE TABLE %I (a int)', name)
        """),
    StatementCase(
      name: "a procedure",
      earlier: "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE t (a int); COMMIT; END $$",
      sql: "CALL p()",
      expected: """
        uses procedure public.p()
        creates table public.t
        creates column public.t.a := integer
        only outside a transaction: COMMIT in public.p()
        again: fails, table public.t is already there
        """),
    StatementCase(
      name: "a procedure of somebody else",
      sql: "CALL p()",
      expected: """
        uses procedure public.p()
        again: unknown, it calls a procedure
        opaque: what the procedure does is not followed
        """),
    StatementCase(
      name: "a function that only reads and writes rows is not gone into",
      earlier: "CREATE TABLE t (a int); CREATE FUNCTION fill(n text) RETURNS void LANGUAGE plpgsql AS "
        + "$$ BEGIN EXECUTE 'INSERT INTO ' || n || ' VALUES (1)'; DELETE FROM later; END $$",
      sql: "SELECT fill(current_user)",
      expected: """
        uses function public.fill(text)
        again: unknown, it calls functions
        """),
    StatementCase(
      name: "a function without a body, on which the PL/pgSQL parser aborts",
      sql: "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql",
      expected: """
        creates function public.f() := () RETURNS void LANGUAGE plpgsql\u{20}
        again: fails, function public.f() is already there
        """),
    StatementCase(
      name: "a function that calls itself",
      earlier: "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS "
        + "$$ BEGIN CREATE TABLE IF NOT EXISTS t (a int); PERFORM f(); END $$",
      sql: "SELECT f() IS NULL",
      expected: """
        uses function public.f()
        again: unknown, it calls functions
        opaque: it calls public.f() for its rows, which changes objects
        """),
    StatementCase(
      name: "a trigger that makes a table for each row",
      earlier: "CREATE TABLE tenant (name text); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS "
        + "$$ BEGIN EXECUTE format('CREATE TABLE %I (a int)', NEW.name); RETURN NEW; END $$; "
        + "CREATE TRIGGER make AFTER INSERT ON tenant FOR EACH ROW EXECUTE FUNCTION f()",
      sql: "INSERT INTO tenant VALUES ('a')",
      expected: """
        uses table public.tenant
        locks table public.tenant ROW EXCLUSIVE
        again: the rows are inserted again
        opaque: the trigger make of public.tenant changes objects
        """),
    StatementCase(
      name: "an event trigger that secures every new table",
      earlier: """
        CREATE FUNCTION secure() RETURNS event_trigger LANGUAGE plpgsql AS $$
        DECLARE made record;
        BEGIN
          FOR made IN SELECT * FROM pg_event_trigger_ddl_commands() WHERE command_tag IN ('CREATE TABLE')
            AND object_type = 'table'
          LOOP
            IF made.schema_name = 'public' AND made.schema_name NOT LIKE 'pg_%' THEN
              EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', made.object_identity);
            END IF;
          END LOOP;
        END $$;
        CREATE EVENT TRIGGER secure ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION secure()
        """,
      sql: "CREATE TABLE t (a int)",
      expected: """
        creates table public.t
        creates column public.t.a := integer
        creates row security on public.t if not exists
        again: fails, table public.t is already there
        """),
  ]
}
