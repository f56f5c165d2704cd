extension PrefixSet {
  /// Loops over constant names, and texts that are made when they run.
  static let loops: [PrefixSet] = [
    PrefixSet(
      "a loop over names, each asked for first",
      "CREATE TABLE p (id int); CREATE TABLE q (id int)",
      """
      DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['p', 'q', 'absent'] LOOP
        IF to_regclass('public.' || t) IS NOT NULL THEN
          EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t);
          EXECUTE format('CREATE POLICY %I ON public.%I USING (id > 0)', t || '_own', t);
        END IF; END LOOP; END $$
      """,
      """
      DO $$ DECLARE t text; n text; BEGIN FOREACH t IN ARRAY ARRAY['p', 'q'] LOOP n := 'idx_' || t;
        IF NOT EXISTS (SELECT 1 FROM pg_indexes WHERE schemaname = 'public' AND indexname = n) THEN
          EXECUTE format('CREATE INDEX %I ON public.%I (id)', n, t); END IF; END LOOP; END $$
      """,
      """
      DO $$ DECLARE t text; BEGIN FOR t IN SELECT unnest(ARRAY['p', 'q']) LOOP
        EXECUTE 'DROP POLICY IF EXISTS ' || quote_ident(t || '_own') || ' ON ' || quote_ident(t);
        EXECUTE format('CREATE POLICY %I ON %I USING (id > 1)', t || '_own', t); END LOOP; END $$
      """),
    PrefixSet(
      "a loop that goes on with the next name where a table is missing",
      "CREATE TABLE v (id int)",
      """
      DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['absent', 'v', 'missing'] LOOP
        IF to_regclass('public.' || t) IS NULL THEN RAISE NOTICE 'no %', t; CONTINUE; END IF;
        EXECUTE format('ALTER TABLE public.%I ADD COLUMN IF NOT EXISTS made_at timestamptz', t);
        EXECUTE format('CREATE INDEX %I ON public.%I (made_at)', t || '_made_at', t); END LOOP; END $$
      """,
      """
      DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['absent', 'v'] LOOP
        CONTINUE WHEN NOT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = t);
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t); END LOOP; END $$
      """,
      """
      DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['absent', 'v'] LOOP
        EXIT WHEN to_regclass('public.' || t) IS NULL;
        EXECUTE format('ALTER TABLE public.%I ADD COLUMN never int', t); END LOOP;
      ALTER TABLE v ADD COLUMN last int; END $$
      """),
    PrefixSet(
      "a loop over rows of values",
      "CREATE TABLE r (id int); CREATE TABLE s (id int)",
      """
      DO $$ DECLARE x record; BEGIN
        FOR x IN SELECT * FROM (VALUES ('r', 'made_at', 'timestamptz'), ('s', 'made_by', 'uuid')) AS v(tab, col, typ) LOOP
          EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS %I %s', x.tab, x.col, x.typ); END LOOP; END $$
      """),
    PrefixSet(
      "a key dropped by a text that is made when it runs",
      "CREATE TABLE seat (id int PRIMARY KEY, place int UNIQUE, label text)",
      """
      DO $$ DECLARE c text; BEGIN
        SELECT conname INTO c FROM pg_constraint WHERE conrelid = 'seat'::regclass AND contype = 'p';
        EXECUTE 'ALTER TABLE seat DROP CONSTRAINT ' || quote_ident(c);
        ALTER TABLE seat ADD COLUMN code text; END $$
      """,
      "ALTER TABLE seat ADD CONSTRAINT seat_code_key UNIQUE (code)",
      "ALTER TABLE seat ADD COLUMN row int"),
    PrefixSet(
      "policies dropped in a loop over the catalog, made anew under other names",
      "CREATE TABLE z (id int); ALTER TABLE z ENABLE ROW LEVEL SECURITY; CREATE POLICY one ON z USING (id = 1); CREATE POLICY two ON z USING (id = 2)",
      """
      DO $$ DECLARE p record; BEGIN FOR p IN SELECT polname FROM pg_policy WHERE polrelid = 'z'::regclass LOOP
        EXECUTE format('DROP POLICY %I ON z', p.polname); END LOOP; END $$;
      CREATE POLICY three ON z USING (id = 3)
      """,
      "CREATE POLICY four ON z FOR INSERT WITH CHECK (true)"),
    PrefixSet(
      "row security turned on for every table there is, and again by name",
      silent: [2],
      "CREATE TABLE l (id int); CREATE TABLE m (id int)",
      """
      DO $$ DECLARE t record; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', t.tablename); END LOOP; END $$
      """,
      "ALTER TABLE l ENABLE ROW LEVEL SECURITY; CREATE TABLE n (id int)"),
    PrefixSet(
      "a function replaced by its own text with some words in it",
      silent: [3],
      "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$",
      """
      CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 2; END $$;
      CREATE FUNCTION g() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$
      """,
      """
      DO $$ DECLARE d text; BEGIN SELECT pg_get_functiondef('f()'::regprocedure) INTO d;
        d := replace(d, 'RETURN 2', 'RETURN 2 + 1'); EXECUTE d; END $$
      """,
      "CREATE FUNCTION h() RETURNS int LANGUAGE sql AS $$ SELECT 4 $$"),
    PrefixSet(
      "tables made by a function that the project has made itself",
      """
      CREATE FUNCTION make_log(name text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
        EXECUTE format('CREATE TABLE IF NOT EXISTS %I (at timestamptz, what text)', name || '_log'); END $$
      """,
      "SELECT make_log('orders')", "SELECT make_log('users'); DROP FUNCTION make_log(text)"),
  ]
}
