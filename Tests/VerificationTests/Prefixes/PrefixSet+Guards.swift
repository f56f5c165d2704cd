extension PrefixSet {
  /// Blocks that ask the catalog before they do something.
  static let guards: [PrefixSet] = [
    PrefixSet(
      "blocks that make what is not there, in several ways",
      "CREATE TABLE account (id bigserial PRIMARY KEY, email text)",
      """
      DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'public'
        AND table_name = 'account' AND column_name = 'phone') THEN
        ALTER TABLE account ADD COLUMN phone text; END IF; END $$
      """,
      """
      DO $$ BEGIN ALTER TABLE account ADD CONSTRAINT account_email_key UNIQUE (email);
      EXCEPTION WHEN duplicate_object OR duplicate_table THEN NULL; END $$
      """,
      """
      DO $$ DECLARE has boolean; BEGIN
        SELECT EXISTS (SELECT FROM pg_class WHERE relname = 'account_phone_idx') INTO has;
        IF NOT has THEN CREATE INDEX account_phone_idx ON account (phone); END IF; END $$
      """,
      """
      DO $$ BEGIN PERFORM 1 FROM pg_type WHERE typname = 'tier';
        IF NOT FOUND THEN CREATE TYPE tier AS ENUM ('free', 'paid'); END IF; END $$
      """,
      "DO $$ BEGIN IF to_regtype('plan') IS NULL THEN CREATE TYPE plan AS (code text); END IF; END $$"),
    PrefixSet(
      "a column that one branch makes and alters, where it was missing and where it was there",
      "CREATE TABLE person (id int, name text)",
      """
      DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'person' AND column_name = \
      'slug') THEN ALTER TABLE person ADD COLUMN slug text; UPDATE person SET slug = name;
        ALTER TABLE person ALTER COLUMN slug SET NOT NULL; END IF; END $$
      """,
      "ALTER TABLE person ALTER COLUMN slug DROP NOT NULL, ADD COLUMN size int",
      """
      DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'person' AND column_name = \
      'slug') THEN ALTER TABLE person ADD COLUMN slug text; ALTER TABLE person ALTER COLUMN slug SET NOT NULL; END IF;
        ALTER TABLE person ADD COLUMN weight int; END $$
      """),
    PrefixSet(
      "a column that is made, renamed and dropped, always after a question",
      "CREATE TABLE item (id int, title text)",
      """
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'item' AND column_name = \
      'title') THEN ALTER TABLE item RENAME COLUMN title TO name; END IF; END $$
      """,
      "ALTER TABLE item ADD COLUMN old_name text",
      """
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'item'::regclass AND attname = 'old_name' AND \
      NOT attisdropped) THEN ALTER TABLE item DROP COLUMN old_name; END IF; END $$
      """),
    PrefixSet(
      "what is made on a table if the table is there",
      "CREATE TABLE post (id int PRIMARY KEY, author int)",
      """
      DO $$ BEGIN IF to_regclass('public.post') IS NOT NULL THEN
        CREATE INDEX post_author_idx ON post (author);
        ALTER TABLE post ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON post USING (author = 1); END IF; END $$
      """,
      """
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = 'post')
        AND NOT EXISTS (SELECT 1 FROM pg_policies WHERE tablename = 'post' AND policyname = 'readers') THEN
        CREATE POLICY readers ON post FOR SELECT USING (true); END IF; END $$
      """,
      """
      DO $$ BEGIN IF to_regclass('public.gone') IS NOT NULL THEN ALTER TABLE gone ADD COLUMN a int; END IF;
        ALTER TABLE post ADD COLUMN body text; END $$
      """),
    PrefixSet(
      "a drop after a long question about something else",
      "CREATE TABLE invoice (id int, code text CONSTRAINT invoice_code_key UNIQUE, total int CONSTRAINT positive CHECK (total > 0))",
      """
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.table_constraints WHERE constraint_schema = 'public' \
      AND table_name = 'invoice_archive' AND constraint_name = 'invoice_archive_code_key' AND constraint_type = 'UNIQUE') \
      THEN ALTER TABLE invoice DROP CONSTRAINT invoice_code_key; END IF;
      CREATE TABLE invoice_line (id int); END $$
      """,
      """
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.table_constraints WHERE constraint_schema = 'public' \
      AND table_name = 'invoice' AND constraint_name = 'positive' AND constraint_type = 'CHECK' AND true IS NOT NULL) \
      THEN ALTER TABLE invoice DROP CONSTRAINT positive; END IF; END $$
      """),
    PrefixSet(
      "an early return, and one after the other",
      "CREATE TABLE a (id int)",
      """
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_class WHERE relname = 'b') THEN RETURN; END IF;
        CREATE TABLE b (id int); END $$
      """,
      "CREATE TABLE IF NOT EXISTS b (id int); CREATE TABLE IF NOT EXISTS c (id int)"),
    PrefixSet(
      "a file that makes again what is there, and one thing more",
      "CREATE TABLE IF NOT EXISTS u (id int); CREATE INDEX IF NOT EXISTS u_id ON u (id)",
      """
      CREATE TABLE IF NOT EXISTS u (id int, name text); CREATE INDEX IF NOT EXISTS u_id ON u (id);
      ALTER TABLE u ADD COLUMN IF NOT EXISTS name text
      """,
      "ALTER TABLE u ADD COLUMN IF NOT EXISTS name text; ALTER TABLE u ALTER COLUMN name SET NOT NULL"),
    PrefixSet(
      "a rename that is guarded by the absence of the new name",
      "CREATE TABLE client (id int, title text); CREATE VIEW first_client AS SELECT id FROM client",
      """
      DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'client' AND column_name = \
      'name') THEN ALTER TABLE client RENAME COLUMN title TO name; END IF; END $$
      """,
      """
      DO $$ BEGIN IF to_regclass('customer') IS NULL THEN ALTER TABLE client RENAME TO customer; END IF; END $$
      """,
      """
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'customer'::regclass AND attname = 'id')
        AND NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'customer'::regclass AND attname = 'number') THEN
        ALTER TABLE customer RENAME COLUMN id TO number; END IF; END $$
      """),
    PrefixSet(
      "what is made in blocks that swallow every error",
      "CREATE TABLE parcel (id int, size text)",
      """
      DO $$ BEGIN ALTER TABLE parcel ADD COLUMN weight int; CREATE INDEX parcel_size ON parcel (size);
      EXCEPTION WHEN OTHERS THEN RAISE NOTICE 'there already'; END $$
      """,
      """
      DO $$ BEGIN ALTER TABLE parcel RENAME COLUMN size TO label; EXCEPTION WHEN SQLSTATE '42703' THEN NULL; END $$
      """,
      "DO $$ BEGIN ALTER TABLE parcel DROP COLUMN id; EXCEPTION WHEN OTHERS THEN NULL; END $$"),
    PrefixSet(
      "questions for anything of a kind, whatever its name, and for what has a name that the server would give again",
      silent: [2, 3, 4, 5, 6, 7],
      "CREATE TABLE q (id int PRIMARY KEY, x int UNIQUE REFERENCES q, y int); CREATE INDEX ON q (y); CREATE VIEW q_view AS SELECT 1 AS one",
      """
      DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.table_constraints WHERE table_name = 'q' AND \
      constraint_type = 'PRIMARY KEY') THEN ALTER TABLE q ADD CONSTRAINT q_key PRIMARY KEY (id); END IF; END $$
      """,
      """
      DO $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM pg_constraint WHERE conrelid = 'q'::regclass AND contype = 'f';
        IF n = 0 THEN ALTER TABLE q ADD FOREIGN KEY (x) REFERENCES q; END IF; END $$
      """,
      """
      DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_indexes WHERE tablename = 'q' AND indexname = 'q_y_idx')
        THEN CREATE INDEX ON q (y); END IF; END $$
      """,
      """
      DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = 'q'::regclass AND pg_get_constraintdef(oid) LIKE \
      'UNIQUE%') THEN ALTER TABLE q ADD CONSTRAINT q_once UNIQUE (x); END IF; END $$
      """,
      """
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 'q' AND table_type = 'VIEW')
        THEN ALTER TABLE q RENAME TO old_q; END IF;
        IF EXISTS (SELECT 1 FROM pg_class WHERE relname = 'q_view' AND relkind = 'r') THEN DROP VIEW q_view; END IF; END $$
      """,
      "DO $$ BEGIN ALTER TABLE q ADD PRIMARY KEY (id); EXCEPTION WHEN invalid_table_definition THEN NULL; END $$",
      "CREATE TABLE last (id int)"),
    PrefixSet(
      "questions for what a column is like: its type, its length, its default",
      silent: [2, 3],
      "CREATE TABLE q (id int PRIMARY KEY, x int DEFAULT 3, n varchar(400), t text, u text)",
      """
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'q' AND column_name = 'x' AND \
      data_type = 'text') THEN ALTER TABLE q ALTER COLUMN x TYPE bigint USING x::bigint; END IF;
      IF EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = 'q'::regclass AND a.attname = 'x' AND a.atttypid = \
      'int8'::regtype) THEN ALTER TABLE q ALTER COLUMN x TYPE numeric; END IF; END $$
      """,
      """
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'q' AND column_name = 'n' AND \
      character_maximum_length < 255) THEN ALTER TABLE q ALTER COLUMN n TYPE varchar(255); END IF;
      IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'q' AND column_name = 'x' AND \
      column_default IS NULL) THEN ALTER TABLE q ALTER COLUMN x SET DEFAULT 5; END IF; END $$
      """,
      """
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.columns c WHERE c.table_name = 'q' AND c.column_name = 't' \
      AND c.data_type IN ('text', 'character varying')) THEN ALTER TABLE q ALTER COLUMN t TYPE jsonb USING t::jsonb; END IF; END $$
      """,
      """
      DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'q' AND column_name = 'u' AND \
      udt_name = 'uuid') THEN ALTER TABLE q ALTER COLUMN u TYPE uuid USING u::uuid; END IF; END $$
      """),
    PrefixSet(
      "what is changed where it is there and made where it is not, in texts made in branches",
      """
      CREATE TABLE t (id int); CREATE FUNCTION put(p text, t text, c text) RETURNS void LANGUAGE plpgsql AS $f$
      DECLARE s text; BEGIN
        IF EXISTS (SELECT 1 FROM pg_policies WHERE policyname = p AND tablename = t)
        THEN s := 'ALTER POLICY ' || quote_ident(p) || ' ON ' || quote_ident(t);
        ELSE s := 'CREATE POLICY ' || quote_ident(p) || ' ON ' || quote_ident(t) || ' FOR INSERT'; END IF;
        EXECUTE s || ' WITH CHECK (' || c || ')';
      END $f$
      """,
      "DO $$ BEGIN PERFORM put('own', 't', 'id > 0'); END $$",
      "DROP POLICY own ON t",
      "SELECT put('own', 't', 'id > 1')",
      "SELECT put('own', 't', 'id > 2')"),
    PrefixSet(
      "renames of what is not there",
      silent: [2, 3],
      "CREATE TABLE t (id int PRIMARY KEY, a int); CREATE TABLE old (id int); DROP TABLE old",
      """
      ALTER INDEX IF EXISTS old_ix RENAME TO new_ix; ALTER TABLE IF EXISTS parcel RENAME TO packet;
      ALTER SEQUENCE IF EXISTS old_seq RENAME TO new_seq; ALTER TABLE IF EXISTS old RENAME TO young
      """,
      """
      DO $$ BEGIN ALTER TABLE t RENAME CONSTRAINT old_key TO new_key; EXCEPTION WHEN undefined_object THEN NULL; END $$;
      DO $$ BEGIN ALTER TABLE t RENAME COLUMN old_a TO new_a; EXCEPTION WHEN undefined_column THEN NULL; END $$
      """,
      "ALTER TABLE IF EXISTS t RENAME TO kept; ALTER INDEX IF EXISTS t_pkey RENAME TO kept_key"),
    PrefixSet(
      "guarded renames and changes of what is not there",
      silent: [2, 3],
      "CREATE TABLE t (id int PRIMARY KEY, a int); CREATE TABLE old (id int); CREATE TYPE mood AS ENUM ('ok')",
      """
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 'parcel')
        THEN ALTER TABLE parcel RENAME TO packet; END IF;
        IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'b')
        THEN ALTER TABLE t RENAME COLUMN b TO c; END IF; END $$;
      ALTER TABLE IF EXISTS gone ADD COLUMN x int; ALTER SEQUENCE IF EXISTS gone_seq OWNED BY NONE
      """,
      """
      DO $$ BEGIN ALTER TYPE nosuch RENAME TO other; EXCEPTION WHEN undefined_object THEN NULL; END $$
      """,
      """
      DROP TABLE old;
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 'old')
        THEN ALTER TABLE old RENAME TO older; END IF; END $$
      """,
      """
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM information_schema.tables WHERE table_name = 't')
        THEN ALTER TABLE t RENAME TO kept; END IF; END $$
      """),
    PrefixSet(
      "default privileges beside a role that a block makes, and grants of the same rights",
      clusterObjects: ["ROLE prefix_maker"],
      "CREATE TABLE older (id int)",
      """
      DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'prefix_maker') THEN CREATE ROLE prefix_maker;
        ALTER DEFAULT PRIVILEGES FOR ROLE prefix_maker IN SCHEMA public GRANT ALL ON TABLES TO prefix_maker; END IF; END $$
      """,
      "CREATE TABLE newer (id int)", "GRANT ALL ON TABLE older TO prefix_maker"),
  ]
}
