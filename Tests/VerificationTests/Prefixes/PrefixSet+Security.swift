extension PrefixSet {
  /// Row security, policies, grants and what a platform gives.
  static let security: [PrefixSet] = [
    PrefixSet(
      "policies dropped and made anew, some as they were",
      "CREATE TABLE t (id int, owner text); ALTER TABLE t ENABLE ROW LEVEL SECURITY",
      "CREATE POLICY own ON t USING (owner = current_user)",
      "DROP POLICY IF EXISTS own ON t; CREATE POLICY own ON t USING (owner = current_user) WITH CHECK (id > 0)",
      "DROP POLICY own ON t; CREATE POLICY own_select ON t FOR SELECT USING (true); CREATE POLICY own_insert ON t FOR INSERT WITH CHECK (id > 0)",
      "ALTER POLICY own_select ON t USING (id > 5)", "ALTER TABLE t FORCE ROW LEVEL SECURITY",
      "ALTER TABLE t DISABLE ROW LEVEL SECURITY"),
    PrefixSet(
      "all rights on a table that gets another name",
      "CREATE TABLE t (id int); GRANT ALL ON t TO pg_monitor", "ALTER TABLE t RENAME TO u",
      "ALTER TABLE u ADD COLUMN name text"),
    PrefixSet(
      "a view made anew, on which default privileges grant what was granted before", platform: true,
      "CREATE TABLE t (id int); CREATE VIEW v AS SELECT id FROM t; GRANT SELECT ON v TO authenticated",
      "DROP VIEW v; CREATE VIEW v AS SELECT id AS number FROM t", "DROP VIEW v",
      "CREATE VIEW v AS SELECT id, id + 1 AS next FROM t"),
    PrefixSet(
      "a function and a table made anew, on which whoever runs the files grants by default what was granted before",
      """
      CREATE SCHEMA s; ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT ALL ON FUNCTIONS TO pg_monitor;
      ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor;
      CREATE FUNCTION s.f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE TABLE s.t (id int); GRANT SELECT, INSERT ON s.t TO pg_monitor; GRANT EXECUTE ON FUNCTION s.f TO pg_monitor
      """,
      "DROP FUNCTION s.f; CREATE FUNCTION s.f(b int) RETURNS int LANGUAGE sql AS 'SELECT 2'",
      "DROP TABLE s.t; CREATE TABLE s.t (id bigint)",
      "GRANT EXECUTE ON FUNCTION s.f TO pg_monitor; GRANT INSERT ON s.t TO pg_monitor"),
    PrefixSet(
      "rights given and taken away",
      "CREATE TABLE t (id int); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "GRANT SELECT ON t TO pg_monitor", "GRANT SELECT, INSERT ON t TO pg_monitor",
      "REVOKE ALL ON t FROM pg_monitor",
      "REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC"),
    PrefixSet(
      "policies on the platform's tables, buckets and members of its publication", platform: true,
      """
      CREATE TABLE profiles (id uuid PRIMARY KEY REFERENCES auth.users (id) ON DELETE CASCADE, name text);
      ALTER TABLE profiles ENABLE ROW LEVEL SECURITY
      """,
      "CREATE POLICY own ON profiles FOR SELECT USING ((SELECT auth.uid()) = id)",
      """
      CREATE FUNCTION public.handle_new_user() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
      AS $$ BEGIN INSERT INTO public.profiles (id) VALUES (new.id); RETURN new; END $$;
      CREATE OR REPLACE TRIGGER on_auth_user_created AFTER INSERT ON auth.users
      FOR EACH ROW EXECUTE FUNCTION public.handle_new_user()
      """,
      """
      DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_publication_tables WHERE pubname = 'supabase_realtime' AND tablename = \
      'profiles') THEN ALTER PUBLICATION supabase_realtime ADD TABLE profiles; END IF; END $$
      """,
      "GRANT SELECT ON profiles TO anon; REVOKE INSERT ON profiles FROM anon",
      """
      DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['profiles'] LOOP
        IF to_regclass(format('public.%I', t)) IS NOT NULL THEN
          EXECUTE format('DROP POLICY IF EXISTS own ON public.%I', t);
          EXECUTE format('CREATE POLICY "own rows" ON public.%I USING (id = auth.uid())', t);
        END IF; END LOOP; END $$
      """),
    PrefixSet(
      "a publication of the project's own, member by member",
      "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY); CREATE PUBLICATION feed FOR TABLE a",
      """
      DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_publication WHERE pubname = 'feed') AND NOT EXISTS (SELECT 1 FROM \
      pg_publication_tables WHERE pubname = 'feed' AND tablename = 'b') THEN ALTER PUBLICATION feed ADD TABLE b; END IF; END $$
      """,
      "ALTER PUBLICATION feed DROP TABLE a", "ALTER PUBLICATION feed SET TABLE a, b"),
  ]
}
