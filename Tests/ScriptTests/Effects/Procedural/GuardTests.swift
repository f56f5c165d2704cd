import Testing

@testable import Script

@Suite("Conditions around statements")
struct GuardTests {
  @Test("what is asked first decides when an effect takes place", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "IF NOT EXISTS in the catalog",
      sql: """
        DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN CREATE TYPE mood \
        AS ENUM ('ok'); END IF; END $$
        """,
      expected: """
        creates type public.mood if not exists := ENUM ('ok')
        creates enum value 'ok' of public.mood if not exists
        """),
    StatementCase(
      name: "IF NOT EXISTS in the information schema",
      sql: """
        DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND \
        column_name = 'a') THEN ALTER TABLE t ADD COLUMN a int; END IF; END $$
        """,
      expected: """
        uses table public.t if not exists
        creates column public.t.a if not exists := integer
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "IF EXISTS before a drop",
      sql: """
        DO $$ BEGIN IF EXISTS (SELECT FROM pg_constraint WHERE conname = 'c') THEN ALTER TABLE t DROP \
        CONSTRAINT c; END IF; END $$
        """,
      expected: """
        uses table public.t if exists
        drops constraint c on public.t if exists
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "IF EXISTS before a creation",
      sql: """
        DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_cron') THEN CREATE TABLE \
        jobs (id int); END IF; END $$
        """,
      expected: """
        creates table public.jobs guarded (EXISTS (SELECT 1 FROM pg_extension WHERE extname = \
        'pg_cron'))
        creates column public.jobs.id guarded (EXISTS (SELECT 1 FROM pg_extension WHERE extname = \
        'pg_cron')) := integer
        again: unknown, EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_cron')
        """),
    StatementCase(
      name:
        "IF NOT EXISTS of a role, before its default privileges and a grant of what not every version has",
      sql: """
        DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN CREATE ROLE app LOGIN; \
        ALTER DEFAULT PRIVILEGES FOR ROLE app GRANT SELECT ON TABLES TO app; END IF; \
        IF NOT EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 't') THEN CREATE TABLE t (); GRANT ALL ON t TO app; END IF; END $$
        """,
      expected: """
        creates role app if not exists := LOGIN
        creates default privilege SELECT to app on tables guarded (NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app'))
        creates table public.t if not exists
        creates grant SELECT to app on public.t if not exists
        creates grant INSERT to app on public.t if not exists
        creates grant UPDATE to app on public.t if not exists
        creates grant DELETE to app on public.t if not exists
        creates grant TRUNCATE to app on public.t if not exists
        creates grant REFERENCES to app on public.t if not exists
        creates grant TRIGGER to app on public.t if not exists
        creates grant MAINTAIN to app on public.t guarded (only on servers from version 17 on)
        """),
    StatementCase(
      name: "what is there already",
      sql: """
        DO $$ BEGIN CREATE TYPE mood AS ENUM ('ok'); EXCEPTION WHEN duplicate_object THEN NULL; END $$
        """,
      expected: """
        creates type public.mood if not exists := ENUM ('ok')
        creates enum value 'ok' of public.mood if not exists
        """),
    StatementCase(
      name: "what is not there",
      sql: "DO $$ BEGIN ALTER TABLE t DROP COLUMN a; EXCEPTION WHEN undefined_column THEN NULL; END $$",
      expected: """
        uses table public.t if exists
        drops column public.t.a if exists
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "any error",
      sql: "DO $$ BEGIN CREATE INDEX i ON t (a); EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'no'; END $$",
      expected: """
        uses table public.t guarded (unless it fails (others))
        creates index public.i guarded (unless it fails (others)) := CREATE INDEX i ON public.t USING \
        btree (a)
        uses column public.t.a guarded (unless it fails (others))
        locks table public.t SHARE scanning
        again: unknown, unless it fails (others)
        """),
    StatementCase(
      name: "an error raised again",
      sql: "DO $$ BEGIN CREATE INDEX i ON t (a); EXCEPTION WHEN OTHERS THEN RAISE; END $$",
      expected: """
        uses table public.t
        creates index public.i := CREATE INDEX i ON public.t USING btree (a)
        uses column public.t.a
        locks table public.t SHARE scanning
        again: fails, index public.i is already there
        """),
    StatementCase(
      name: "a variable that asks the catalog",
      sql: """
        DO $$ DECLARE there boolean; BEGIN SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = 't') \
        INTO there; IF NOT there THEN CREATE TABLE t (a int); END IF; END $$
        """,
      expected: """
        creates table public.t if not exists
        creates column public.t.a if not exists := integer
        """),
    StatementCase(
      name: "a variable that holds that nothing was counted",
      sql: """
        DO $$ DECLARE missing boolean; BEGIN SELECT count(*) = 0 INTO missing FROM information_schema.columns \
        WHERE table_name = 't' AND column_name = 'a'; IF missing THEN ALTER TABLE t ADD COLUMN a int; END IF; END $$
        """,
      expected: """
        uses table public.t if not exists
        creates column public.t.a if not exists := integer
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "to_regclass",
      sql: "DO $$ BEGIN IF to_regclass('public.t') IS NULL THEN CREATE TABLE t (a int); END IF; END $$",
      expected: """
        creates table public.t if not exists
        creates column public.t.a if not exists := integer
        """),
    StatementCase(
      name: "an early return",
      sql: """
        DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_class WHERE relname = 't') THEN RETURN; END IF; CREATE \
        TABLE t (a int); END $$
        """,
      expected: """
        creates table public.t if not exists
        creates column public.t.a if not exists := integer
        """),
    StatementCase(
      name: "a member of a publication that may not be there",
      sql: """
        DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_publication WHERE pubname = 'feed') THEN IF NOT EXISTS \
        (SELECT 1 FROM pg_publication_tables WHERE tablename = 't') THEN ALTER PUBLICATION feed ADD \
        TABLE t; END IF; END IF; END $$
        """,
      expected: """
        uses publication feed if exists
        creates publication member public.t in feed if not exists where publication feed is there
        uses table public.t if exists
        locks table public.t SHARE UPDATE EXCLUSIVE
        """),
    StatementCase(
      name: "a table that must be there for what is made on it",
      sql: """
        DO $$ BEGIN IF to_regclass('public.t') IS NOT NULL THEN CREATE POLICY p ON t USING (true); CREATE \
        VIEW v AS SELECT 1; END IF; END $$
        """,
      expected: """
        uses table public.t if exists
        creates policy p on public.t where table public.t is there := FOR ALL TO public USING (true)
        creates view public.v guarded (to_regclass('public.t') IS NOT NULL) := SELECT 1
        creates column public.v."?column?" guarded (to_regclass('public.t') IS NOT NULL)
        locks table public.t ACCESS EXCLUSIVE
        again: fails, policy p on public.t is already there
        """),
    StatementCase(
      name: "names that constants make, in a loop",
      sql: """
        DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP IF to_regclass('public.' || t) \
        IS NOT NULL THEN EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t); END IF; END \
        LOOP; END $$
        """,
      expected: """
        uses table public.a if exists
        creates row security on public.a if not exists where table public.a is there
        uses table public.b if exists
        creates row security on public.b if not exists where table public.b is there
        locks table public.a ACCESS EXCLUSIVE
        locks table public.b ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "names that format() makes, one question for the table and one for the object",
      sql: """
        DO $$ DECLARE t text := 'a'; BEGIN IF to_regclass(format('public.%I', t)) IS NOT NULL AND NOT EXISTS \
        (SELECT 1 FROM pg_policies WHERE tablename = t AND policyname = 'own') THEN EXECUTE format('CREATE \
        POLICY own ON %I USING (true)', t); END IF; END $$
        """,
      expected: """
        uses table public.a if exists
        creates policy own on public.a if not exists where table public.a is there := FOR ALL TO public USING (true)
        locks table public.a ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "a loop that goes on with the next name",
      sql: """
        DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP IF to_regclass('public.' || t) IS \
        NULL THEN CONTINUE; END IF; EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t); END \
        LOOP; CREATE TABLE c (); END $$
        """,
      expected: """
        uses table public.a if exists
        creates row security on public.a if not exists where table public.a is there
        uses table public.b if exists
        creates row security on public.b if not exists where table public.b is there
        creates table public.c
        locks table public.a ACCESS EXCLUSIVE
        locks table public.b ACCESS EXCLUSIVE
        again: fails, table public.c is already there
        """),
    StatementCase(
      name: "a loop that ends where a table is missing",
      sql: """
        DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP EXIT WHEN to_regclass('public.' || t) IS \
        NULL; EXECUTE format('ALTER TABLE public.%I ADD COLUMN x int', t); END LOOP; CREATE TABLE c (); END $$
        """,
      expected: """
        uses table public.a if exists
        creates column public.a.x where table public.a is there := integer
        uses table public.b guarded (unless the loop has ended before and not (to_regclass('public.' || t) IS NULL))
        creates column public.b.x guarded (unless the loop has ended before and not (to_regclass('public.' || t) IS NULL)) \
        := integer
        creates table public.c
        locks table public.a ACCESS EXCLUSIVE
        locks table public.b ACCESS EXCLUSIVE
        again: fails, column public.a.x is already there
        """),
    StatementCase(
      name: "an outer loop that is left by its label as constants say",
      sql: """
        DO $$ DECLARE t text; u text; BEGIN <<outer>> FOREACH t IN ARRAY ARRAY['a', 'b', 'c'] LOOP FOREACH u IN ARRAY \
        ARRAY['x', 'y', 'z'] LOOP CONTINUE outer WHEN t = 'a' AND u = 'y'; EXIT outer WHEN t = 'b' AND u = 'z'; EXECUTE \
        format('CREATE SCHEMA %I', t || u); END LOOP; END LOOP; END $$
        """,
      expected: """
        creates schema ax
        creates schema bx
        creates schema by
        again: fails, schema ax is already there
        """),
    StatementCase(
      name: "a block that is left by its label",
      sql: """
        DO $$ BEGIN <<part>> BEGIN CREATE SCHEMA a; EXIT part WHEN 1 = 1; CREATE SCHEMA b; END; CREATE SCHEMA c; END $$
        """,
      expected: """
        creates schema a
        creates schema c
        again: fails, schema a is already there
        """),
    StatementCase(
      name: "an outer loop that is left where the catalog decides",
      sql: """
        DO $$ DECLARE t text; u text; BEGIN <<outer>> FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP FOREACH u IN ARRAY \
        ARRAY['x'] LOOP EXIT outer WHEN random() < 0.5; EXECUTE format('CREATE SCHEMA %I', t || u); END LOOP; END LOOP; \
        END $$
        """,
      expected: """
        perhaps creates schema "??"
        again: unknown, for each of: constant values, until it ends and for each of: constant values, until it ends and not \
        (random() < 0.5)
        opaque: it executes a text that is made when it runs: format('CREATE SCHEMA %I', t || u)
        """),
    StatementCase(
      name: "a table of another name says nothing about what is made",
      sql: """
        DO $$ BEGIN IF to_regclass('public.other') IS NOT NULL THEN CREATE POLICY p ON t USING (true); END \
        IF; END $$
        """,
      expected: """
        uses table public.t if exists
        creates policy p on public.t guarded (to_regclass('public.other') IS NOT NULL) := FOR ALL TO public USING (true)
        locks table public.t ACCESS EXCLUSIVE
        again: unknown, to_regclass('public.other') IS NOT NULL
        """),
    StatementCase(
      name: "a variable that asks about something else",
      sql: """
        DO $$ DECLARE there boolean; BEGIN SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'other') \
        INTO there; IF there THEN DROP TABLE t; END IF; END $$
        """,
      expected: """
        drops table public.t guarded (there)
        locks table public.t ACCESS EXCLUSIVE
        again: unknown, there
        """),
    StatementCase(
      name: "a condition too long to be shown whole is read whole",
      sql: """
        DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.table_constraints AS constraints WHERE \
        constraints.constraint_schema = 'public' AND constraints.constraint_name = 'other_key') THEN ALTER \
        TABLE t DROP CONSTRAINT t_key; END IF; END $$
        """,
      expected: """
        uses table public.t if exists
        drops constraint t_key on public.t guarded (EXISTS (SELECT 1 FROM information_schema.table_constraints AS constraints \
        WHERE constraints.constraint_schema = 'public…)
        locks table public.t ACCESS EXCLUSIVE
        again: unknown, EXISTS (SELECT 1 FROM information_schema.table_constraints AS constraints WHERE \
        constraints.constraint_schema = 'public…
        """),
  ]
}
