import Testing

@testable import Script

@Suite("DO blocks")
struct DoBlocksTests {
  @Test("what a statement does is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "a block without code, on which the PL/pgSQL parser aborts",
      sql: "DO LANGUAGE plpgsql",
      expected: """
        again: unknown, it has no code
        opaque: it has no code
        """),
    StatementCase(
      name: "a loop over constant names",
      sql: """
        DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP EXECUTE format('ALTER \
        TABLE public.%I ENABLE ROW LEVEL SECURITY', t); EXECUTE 'DROP POLICY IF EXISTS "own_' || t || \
        '" ON ' || quote_ident(t); END LOOP; END $$
        """,
      expected: """
        uses table public.a
        creates row security on public.a if not exists
        drops policy own_a on public.a if exists
        uses table public.b
        creates row security on public.b if not exists
        drops policy own_b on public.b if exists
        locks table public.a ACCESS EXCLUSIVE
        locks table public.b ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "a loop over a variable's names",
      sql: """
        DO $$ DECLARE names text[] := '{a,b}'; t text; BEGIN FOREACH t IN ARRAY names LOOP EXECUTE \
        format('CREATE INDEX %I ON %I (id)', 'idx_' || t, t); END LOOP; END $$
        """,
      expected: """
        uses table public.a
        creates index public.idx_a := CREATE INDEX idx_a ON public.a USING btree (id)
        uses column public.a.id
        uses table public.b
        creates index public.idx_b := CREATE INDEX idx_b ON public.b USING btree (id)
        uses column public.b.id
        locks table public.a SHARE scanning
        locks table public.b SHARE scanning
        again: fails, index public.idx_a is already there
        """),
    StatementCase(
      name: "a loop over unnest",
      sql: """
        DO $$ DECLARE r record; BEGIN FOR r IN SELECT unnest(ARRAY['a', 'b']) AS name LOOP EXECUTE \
        format('GRANT SELECT ON %I TO anon', r.name); END LOOP; END $$
        """,
      expected: """
        uses role anon
        uses table public.a
        creates grant SELECT to anon on public.a if not exists
        uses table public.b
        creates grant SELECT to anon on public.b if not exists
        """),
    StatementCase(
      name: "a loop over VALUES",
      sql: """
        DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM (VALUES ('a', 'x'), ('b', 'y')) AS v(tab, \
        col) LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS %I int', r.tab, r.col); END \
        LOOP; END $$
        """,
      expected: """
        uses table public.a
        creates column public.a.x if not exists := integer
        uses table public.b
        creates column public.b.y if not exists := integer
        locks table public.a ACCESS EXCLUSIVE
        locks table public.b ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "a loop over numbers",
      sql: """
        DO $$ BEGIN FOR i IN 1..2 LOOP EXECUTE format('CREATE TABLE part_%s (a int)', i); END LOOP; \
        END $$
        """,
      expected: """
        creates table public.part_1
        creates column public.part_1.a := integer
        creates table public.part_2
        creates column public.part_2.a := integer
        again: fails, table public.part_1 is already there
        """),
    StatementCase(
      name: "the roles that texts name which are made when they run are needed",
      sql: """
        DO $$ DECLARE n text; BEGIN SELECT current_schema() INTO n; EXECUTE format('GRANT USAGE ON SCHEMA %I \
        TO reporting', n); EXECUTE 'CREATE POLICY p ON ' || quote_ident(n) || '.t TO auditors USING (true)'; \
        END $$
        """,
      expected: """
        uses role reporting
        uses role auditors
        perhaps creates grant USAGE to reporting on "?"
        perhaps creates policy p on "?".t
        again: unknown, it executes a text that is made when it runs
        opaque: it executes a text that is made when it runs: format('GRANT USAGE ON SCHEMA %I TO \
        reporting', n); it executes a text that is made when it runs: 'CREATE POLICY p ON ' || quote_ident(n) \
        || '.t TO auditors USING (true)'
        """),
    StatementCase(
      name: "a loop over the catalog is opaque",
      sql: """
        DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = \
        'public' LOOP EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', r.tablename); END \
        LOOP; END $$
        """,
      expected: """
        perhaps creates row security on public."?"
        again: unknown, for each of: SELECT tablename FROM pg_tables WHERE schemaname = 'public'
        opaque: it executes a text that is made when it runs: format('ALTER TABLE %I ENABLE ROW LEVEL \
        SECURITY', r.tablename)
        """),
    StatementCase(
      name: "both ways of a question about data",
      sql: """
        DO $$ BEGIN IF (SELECT count(*) FROM t) > 5 THEN CREATE TABLE big (a int); ELSE CREATE TABLE \
        small (a int); END IF; END $$
        """,
      expected: """
        creates table public.big guarded ((SELECT count(*) FROM t) > 5)
        creates column public.big.a guarded ((SELECT count(*) FROM t) > 5) := integer
        creates table public.small guarded (not ((SELECT count(*) FROM t) > 5))
        creates column public.small.a guarded (not ((SELECT count(*) FROM t) > 5)) := integer
        again: unknown, (SELECT count(*) FROM t) > 5
        """),
    StatementCase(
      name: "a check that raises",
      sql: """
        DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM t WHERE a IS NULL) THEN RAISE EXCEPTION 'no'; END IF; \
        DROP TABLE old; END $$
        """,
      expected: """
        uses table public.t
        drops table public.old
        locks table public.old ACCESS EXCLUSIVE
        again: fails, table public.old is gone
        """),
    StatementCase(
      name: "a computed text is opaque",
      sql: "DO $$ DECLARE q text; BEGIN SELECT body INTO q FROM scripts; EXECUTE q; END $$",
      expected: """
        uses table public.scripts
        uses column public.scripts.body
        locks table public.scripts ACCESS SHARE
        again: unknown, it executes a text that is made when it runs
        opaque: it executes a text that is made when it runs: q
        """),
    StatementCase(
      name: "a block within a block",
      sql: "DO $outer$ BEGIN EXECUTE 'DO $inner$ BEGIN CREATE TABLE t (a int); END $inner$'; END $outer$",
      expected: """
        creates table public.t
        creates column public.t.a := integer
        again: fails, table public.t is already there
        """),
    StatementCase(
      name: "another language is opaque",
      sql: "DO LANGUAGE plpython3u $$ pass $$",
      expected: """
        again: unknown, it runs plpython3u code
        opaque: it runs plpython3u code
        """),
    StatementCase(
      name: "what constants decide is decided",
      sql: """
        DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP IF t = 'a' THEN EXECUTE \
        format('CREATE TABLE %I (id int)', t); ELSIF t IN ('b', 'c') THEN EXECUTE format('DROP TABLE \
        %I', t); END IF; END LOOP; END $$
        """,
      expected: """
        creates table public.a
        creates column public.a.id := integer
        drops table public.b
        locks table public.b ACCESS EXCLUSIVE
        again: fails, table public.a is already there
        """),
    StatementCase(
      name: "a call of a function in a block",
      sql: "DO $$ BEGIN PERFORM app.seed(3); END $$",
      expected: """
        uses function app.seed()
        again: unknown, it calls functions
        opaque: it calls app.seed(), whose body is not known
        """),
  ]
}
