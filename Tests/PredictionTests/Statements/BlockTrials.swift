import Testing

@Suite("What blocks do")
struct BlockTrials {
  private static let table = "CREATE TABLE t (a integer, b integer); CREATE TABLE u (a integer);"

  @Test("guards")
  func guards() async throws {
    let t = Self.table
    let column =
      "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 't' AND column_name = 'c') THEN ALTER TABLE t ADD COLUMN c text; END IF; END $$"
    let type = "DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    let constraint =
      "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'positive') THEN ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0); END IF; END $$"
    let table =
      "DO $$ BEGIN IF to_regclass('public.w') IS NULL THEN CREATE TABLE w (id serial PRIMARY KEY); END IF; END $$"
    let typed =
      "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN CREATE TYPE mood AS ENUM ('a', 'b'); END IF; END $$"
    let policy =
      "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_policies WHERE tablename = 't' AND policyname = 'p') THEN CREATE POLICY p ON t; END IF; END $$"
    let drop =
      "DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 'u') THEN DROP TABLE u; END IF; END $$"
    let rename =
      "DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'b') THEN ALTER TABLE t RENAME COLUMN b TO c; END IF; END $$"
    let publication =
      "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_publication_tables WHERE pubname = 'p' AND tablename = 't') THEN ALTER PUBLICATION p ADD TABLE t; END IF; END $$"
    let role =
      "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'prediction_app') THEN CREATE ROLE prediction_app; END IF; END $$"
    try await StatementTrial.run([
      .init("column, new", given: t, column),
      .init("column, there", given: t + "ALTER TABLE t ADD COLUMN c integer", column, changesNothing: true),
      .init("type, new", type),
      .init("type, there", given: "CREATE TYPE mood AS ENUM ('x')", type, changesNothing: true),
      .init("constraint, new", given: t, constraint),
      .init(
        "constraint, there", given: t + "ALTER TABLE t ADD CONSTRAINT positive CHECK (b > 0)", constraint,
        changesNothing: true),
      .init("table, new", table),
      .init("table, there", given: "CREATE TABLE w (a integer)", table, changesNothing: true),
      .init("type by the catalog, new", typed),
      .init(
        "type by the catalog, there", given: "CREATE TYPE mood AS ENUM ('x')", typed, changesNothing: true),
      .init("policy, new", given: t, policy),
      .init("policy, there", given: t + "CREATE POLICY p ON t USING (true)", policy, changesNothing: true),
      .init("drop, there", given: t, drop),
      .init("drop, missing", drop, changesNothing: true),
      .init("rename, there", given: t, rename),
      .init("rename, done", given: "CREATE TABLE t (a integer, c integer)", rename, changesNothing: true),
      .init("publication member, new", given: t + "CREATE PUBLICATION p", publication),
      .init(
        "publication member, there", given: t + "CREATE PUBLICATION p FOR TABLE t", publication,
        changesNothing: true),
      .init("role, new", role),
      .init("role, there", given: "CREATE ROLE prediction_app", role, changesNothing: true),
      .init(
        "a guard within a guard about something else",
        given: t + "ALTER TABLE t ADD CONSTRAINT old CHECK (a > 0)",
        "DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.table_constraints WHERE table_name = 't' AND constraint_name = 'new') THEN IF EXISTS (SELECT 1 FROM information_schema.table_constraints WHERE table_name = 't' AND constraint_name = 'old') THEN ALTER TABLE t DROP CONSTRAINT old; END IF; ELSE ALTER TABLE t ADD CONSTRAINT new CHECK (a > 1); END IF; END $$"
      ),
      .init(
        "column that fails when there", given: t,
        "DO $$ BEGIN ALTER TABLE t ADD COLUMN c integer UNIQUE; EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'there'; END $$"
      ),
      .init(
        "column that is there and fails", given: t + "ALTER TABLE t ADD COLUMN c integer",
        "DO $$ BEGIN ALTER TABLE t ADD COLUMN c integer UNIQUE; EXCEPTION WHEN duplicate_column THEN RAISE NOTICE 'there'; END $$",
        changesNothing: true),
      .init(
        "else", given: t,
        "DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_class WHERE relname = 'nowhere') THEN DROP TABLE u; ELSE ALTER TABLE t ADD COLUMN c integer; END IF; END $$"
      ),
      .init(
        "a setting decides", given: t,
        "DO $$ BEGIN IF current_setting('server_version_num')::int >= 150000 THEN CREATE TABLE w (a integer); END IF; END $$"
      ),
      .init(
        "data decides", given: t,
        "DO $$ BEGIN IF (SELECT count(*) FROM t) = 0 THEN DROP TABLE t; END IF; END $$"),
    ])
  }

  @Test("statements made of strings")
  func strings() async throws {
    let t = Self.table
    try await StatementTrial.run([
      .init("plain", given: t, "DO $$ BEGIN CREATE TABLE w (a serial); DROP TABLE u; END $$"),
      .init("constant", "DO $$ BEGIN EXECUTE 'CREATE TABLE w (a integer)'; END $$"),
      .init(
        "format", given: t,
        "DO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN %I text DEFAULT %L', 't', 'c d', 'x'); END $$"),
      .init(
        "concatenation", given: t,
        "DO $$ DECLARE n text := 't'; BEGIN EXECUTE 'ALTER TABLE ' || quote_ident(n) || ' ADD COLUMN c integer'; END $$"
      ),
      .init(
        "loop over names", given: t,
        "DO $$ DECLARE n text; BEGIN FOREACH n IN ARRAY ARRAY['t', 'u'] LOOP EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', n); EXECUTE format('CREATE POLICY %I ON %I FOR SELECT USING (true)', n || '_read', n); END LOOP; END $$"
      ),
      .init(
        "names within names", given: t + "CREATE TABLE \"order\" (a integer)",
        "DO $$ DECLARE n text; BEGIN FOREACH n IN ARRAY ARRAY['t', 'u'] LOOP EXECUTE format('CREATE INDEX %1$I_a_idx ON %1$I (a); CREATE POLICY \"%1$I own\" ON %1$I', n); END LOOP; EXECUTE format('ALTER TABLE %I ADD COLUMN %I text', 'order', 'Mixed'); END $$"
      ),
      .init(
        "loop over a variable", given: t,
        "DO $$ DECLARE names text[] := ARRAY['t', 'u']; n text; BEGIN FOREACH n IN ARRAY names LOOP EXECUTE format('COMMENT ON TABLE %I IS %L', n, 'table ' || n); END LOOP; END $$"
      ),
      .init(
        "loop over values", given: t,
        "DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM (VALUES ('t'), ('u')) AS x (name) LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN added timestamptz', r.name); END LOOP; END $$"
      ),
      .init(
        "loop over unnest", given: t,
        "DO $$ DECLARE n text; BEGIN FOR n IN SELECT unnest(ARRAY['t', 'u']) LOOP EXECUTE 'ALTER TABLE ' || n || ' ADD COLUMN z integer'; END LOOP; END $$"
      ),
      .init(
        "loop over numbers",
        "DO $$ BEGIN FOR i IN 1..3 LOOP EXECUTE format('CREATE TABLE part_%s (a integer)', i); END LOOP; END $$"
      ),
      .init(
        "loop over the catalog", given: t,
        "DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', r.tablename); END LOOP; END $$",
        isOpaque: true),
      .init(
        "nested blocks", given: t,
        "DO $$ BEGIN BEGIN CREATE TABLE w (a integer); EXCEPTION WHEN OTHERS THEN NULL; END; CREATE TABLE x (a integer); END $$"
      ),
      .init(
        "a setting in the block", given: t + "CREATE SCHEMA app",
        "DO $$ BEGIN SET LOCAL search_path TO app; CREATE TABLE w (a integer); END $$"),
      .init("explain analyze", given: t, "EXPLAIN ANALYZE CREATE TABLE w AS SELECT 1 AS a"),
      .init(
        "prepare and execute", given: t, "PREPARE q AS SELECT 1; EXECUTE q; DEALLOCATE q",
        changesNothing: true, isOpaque: true),
      .init(
        "set_config", given: "CREATE SCHEMA app",
        "SELECT set_config('search_path', 'app', true); CREATE TABLE w (a integer)"),
      .init("copy", given: t, "COPY t TO '/dev/null'", changesNothing: true),
      .init("lock", given: t, "LOCK TABLE t IN EXCLUSIVE MODE", changesNothing: true),
    ])
  }
}
