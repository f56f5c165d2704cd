import Migrations
import Schema
import Testing
import Verification

@Suite("Lints of security")
struct SecurityLintTests {
  @Test("they see what visitors can reach, and what the last file left", arguments: cases)
  func marks(_ example: LintCase) {
    #expect(example.found == example.expected)
  }

  private static let web: Set<String> = [
    "lint.row-security-missing", "lint.policy-without-row-security", "lint.row-security-without-policy",
    "lint.definer-function-without-search-path", "lint.definer-view", "lint.auth-call-per-row",
  ]

  private static let revoking: Set<String> = ["lint.revoke-without-effect"]
  private static let function = "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';"

  static let cases: [LintCase] =
    [
      LintCase(
        "a right that everybody has, taken from one role", function,
        "/*! lint.revoke-without-effect */ REVOKE EXECUTE ON FUNCTION f(int) FROM app;",
        "/*! lint.revoke-without-effect */ REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM app;",
        about: revoking),
      LintCase(
        "a right taken from everybody, too",
        function + "REVOKE EXECUTE ON FUNCTION f FROM app;", "REVOKE ALL ON FUNCTION f FROM PUBLIC;",
        about: revoking),
      LintCase(
        "a right that a role is given on purpose", function + "REVOKE ALL ON FUNCTION f FROM app;",
        "GRANT EXECUTE ON FUNCTION f TO app;", about: revoking),
      LintCase(
        "a right on what goes again", function + "REVOKE ALL ON FUNCTION f FROM app;", "DROP FUNCTION f;",
        about: revoking),
      LintCase(
        "a right on what comes anew",
        function + "REVOKE ALL ON FUNCTION f FROM PUBLIC; DROP FUNCTION f(int);",
        function + "/*! lint.revoke-without-effect */ REVOKE ALL ON FUNCTION f FROM app;", about: revoking),
      LintCase(
        "a right that everybody was given",
        "CREATE TABLE t (a int); GRANT SELECT ON t TO PUBLIC; /*! lint.revoke-without-effect */ REVOKE ALL ON t FROM app;",
        "CREATE TABLE u (a int); REVOKE ALL ON u FROM app;", about: revoking),
      LintCase(
        "rights that a loop may take from everybody", function,
        """
        DO $$ DECLARE f record; BEGIN FOR f IN SELECT oid::regprocedure AS n FROM pg_proc LOOP
          EXECUTE 'REVOKE ALL ON FUNCTION ' || f.n || ' FROM PUBLIC'; END LOOP; END $$;
        """, "REVOKE ALL ON FUNCTION f FROM app;", about: revoking),
      LintCase(
        "default privileges of a schema", "CREATE SCHEMA s;",
        "/*! lint.revoke-without-effect */ ALTER DEFAULT PRIVILEGES IN SCHEMA s REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;",
        about: revoking),
      LintCase(
        "default privileges of the database",
        "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;",
        function + "REVOKE ALL ON FUNCTION f FROM app;", about: revoking),
      LintCase(
        "a new table on Supabase is granted to the web",
        "/*! lint.row-security-missing */ CREATE TABLE t (a int);",
        platform: .supabase),
      LintCase("a new table elsewhere is not", "CREATE TABLE t (a int);"),
      LintCase(
        "a grant makes it so",
        "CREATE ROLE anon; GRANT USAGE ON SCHEMA public TO anon;",
        "/*! lint.row-security-missing */ CREATE TABLE t (a int); GRANT SELECT ON t TO anon;"),
      LintCase(
        "row security that a later file switches on", "CREATE TABLE t (a int);",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (a > 0);", platform: .supabase),
      LintCase(
        "row security that a later file switches off",
        "CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY;",
        "/*! lint.row-security-missing */ ALTER TABLE t DISABLE ROW LEVEL SECURITY;", platform: .supabase),
      LintCase("a table that goes again", "CREATE TABLE t (a int);", "DROP TABLE t;", platform: .supabase),
      LintCase(
        "a table that is revoked from the web", "CREATE TABLE t (a int);",
        "REVOKE ALL ON t FROM anon, authenticated;", platform: .supabase),
      LintCase(
        "all tables of a schema, revoked in a file of its own", "CREATE TABLE t (a int);",
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM anon, authenticated;", platform: .supabase),
      LintCase(
        "default privileges that are taken back",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM anon, authenticated;",
        "CREATE TABLE t (a int);", platform: .supabase),
      LintCase(
        "a schema that the web cannot look into",
        "CREATE SCHEMA internal; CREATE TABLE internal.t (a int); GRANT ALL ON internal.t TO anon;",
        platform: .supabase),
      LintCase(
        "a schema that it can",
        """
        CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO anon;
        /*! lint.row-security-missing */ CREATE TABLE api.t (a int);
        GRANT SELECT ON api.t TO anon;
        """, platform: .supabase),
      LintCase(
        "row security switched on by a loop over constant names", "CREATE TABLE t (a int);",
        """
        DO $$ DECLARE x text; BEGIN
          FOREACH x IN ARRAY ARRAY['t'] LOOP
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', x);
            EXECUTE format('CREATE POLICY p ON %I USING (true)', x);
          END LOOP;
        END $$;
        """, platform: .supabase),
      LintCase(
        "row security switched on by a loop over the catalog is not guessed at", "CREATE TABLE t (a int);",
        """
        DO $$ DECLARE x record; BEGIN
          FOR x IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', x.tablename);
          END LOOP;
        END $$;
        """, platform: .supabase),
      LintCase(
        "row security switched on by a function that is called is not guessed at", "CREATE TABLE t (a int);",
        """
        CREATE FUNCTION protect() RETURNS void LANGUAGE plpgsql AS $$ DECLARE x record; BEGIN
          FOR x IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
            EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', x.tablename);
          END LOOP; END $$;
        SELECT protect();
        """, platform: .supabase, about: web),
      LintCase(
        "a loop that may switch on the row security of some tables says nothing of others",
        """
        CREATE TABLE app_one (a int);
        /*! lint.row-security-missing */ CREATE TABLE other (a int);
        """,
        """
        DO $$ DECLARE x record; BEGIN
          FOR x IN SELECT tablename FROM pg_tables WHERE tablename LIKE 'app%' LOOP
            EXECUTE 'ALTER TABLE public.app_' || substr(x.tablename, 5) || ' ENABLE ROW LEVEL SECURITY';
          END LOOP; END $$;
        """, platform: .supabase, about: web),
      LintCase(
        "row security that a guard may switch on is not missing for certain", "CREATE TABLE t (a int);",
        """
        DO $$ BEGIN IF current_setting('app.secure', true) = 'on' THEN ALTER TABLE t ENABLE ROW LEVEL SECURITY; END IF;
        END $$;
        """, platform: .supabase, about: web),
      LintCase(
        "a table under its new name", "CREATE TABLE old (a int);", "ALTER TABLE old RENAME TO new;",
        "ALTER TABLE new ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON new USING (true);",
        platform: .supabase),
      LintCase(
        "policies that do nothing", "CREATE TABLE t (a int);",
        "/*! lint.policy-without-row-security */ CREATE POLICY p ON t USING (true);"),
      LintCase(
        "policies on the platform's tables",
        "CREATE POLICY p ON storage.objects USING (bucket_id = 'avatars');", platform: .supabase),
      LintCase(
        "row security without a policy",
        "CREATE TABLE t (a int); /*! lint.row-security-without-policy */ ALTER TABLE t ENABLE ROW LEVEL SECURITY;"
      ),
      LintCase(
        "row security with restrictive policies only",
        """
        CREATE TABLE t (a int); /*! lint.row-security-without-policy */ ALTER TABLE t ENABLE ROW LEVEL SECURITY;
        CREATE POLICY p ON t AS RESTRICTIVE USING (true);
        """),
      LintCase(
        "row security whose policy is dropped",
        """
        CREATE TABLE t (a int); /*! lint.row-security-without-policy */ ALTER TABLE t ENABLE ROW LEVEL SECURITY;
        CREATE POLICY p ON t USING (true);
        """, "DROP POLICY p ON t;"),
      LintCase(
        "functions with their owner's rights",
        """
        /*! lint.definer-function-without-search-path */
        CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
        CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1';
        """),
      LintCase(
        "a search path that comes later",
        "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';",
        "ALTER FUNCTION f(int) SET search_path = '';"),
      LintCase(
        "the owner's rights that come later", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';",
        "/*! lint.definer-function-without-search-path */ ALTER FUNCTION f() SECURITY DEFINER;"),
      LintCase(
        "a replacement that forgets the search path",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1';",
        """
        /*! lint.definer-function-without-search-path */
        CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 2';
        """),
      LintCase(
        "views past row security",
        """
        CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t USING (true);
        /*! lint.definer-view */ CREATE VIEW v AS SELECT a FROM t;
        CREATE VIEW w WITH (security_invoker = on) AS SELECT a FROM t;
        CREATE VIEW x AS SELECT a FROM t;
        ALTER VIEW x SET (security_invoker = true);
        CREATE VIEW y AS SELECT a FROM t;
        REVOKE ALL ON y FROM anon, authenticated;
        """, platform: .supabase),
      LintCase(
        "calls for each row",
        """
        CREATE TABLE t (a uuid); ALTER TABLE t ENABLE ROW LEVEL SECURITY;
        /*! lint.auth-call-per-row */ CREATE POLICY a ON t USING (auth.uid() = a);
        CREATE POLICY b ON t USING ((SELECT auth.uid()) = a);
        /*! lint.auth-call-per-row */
        CREATE POLICY c ON t USING (EXISTS (SELECT 1 FROM m WHERE m.id = auth.uid()));
        CREATE POLICY d ON t USING (a = (SELECT (auth.jwt() ->> 'sub')::uuid));
        /*! lint.auth-call-per-row */ CREATE POLICY e ON t USING (a::text = current_setting('app.user'));
        CREATE POLICY f ON t USING ('auth.uid()' = a::text);
        CREATE POLICY g ON t USING (auth.uid() = a);
        /*! lint.auth-call-per-row */ ALTER POLICY b ON t USING (auth.uid() = a);
        ALTER POLICY g ON t USING ((SELECT auth.uid()) = a);
        """),
    ].map { example in
      var example = example
      example.about = web
      return example
    }

  @Test("a call in a sub-select that reads rows is made for these, not for the rows of the policy's table")
  func callsInSubselects() {
    func message(_ condition: String) -> String? {
      LintCase(
        "",
        "CREATE TABLE m (a uuid, b int); CREATE TABLE t (a uuid, b int); CREATE POLICY p ON t USING (\(condition));",
        platform: .supabase
      ).findings.first { $0.code == "lint.auth-call-per-row" }?.message
    }
    let inner = "b IN (SELECT b FROM m WHERE (m.a = auth.uid()))"
    #expect(message(inner)?.contains("for each row that a sub-select of the policy reads") == true)
    #expect(message("\(inner) OR a = auth.uid()")?.contains("for each row of public.t") == true)
    #expect(message("b IN (SELECT b FROM m WHERE m.a = (SELECT auth.uid()))") == nil)
  }

  @Test("a view that asks who is there is a warning, one that does not a failure")
  func viewSeverity() {
    let tables = "CREATE TABLE t (a uuid); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE TABLE u (a uuid);"
    func severity(_ query: String) -> Finding.Severity? {
      LintCase("", "\(tables) CREATE VIEW v AS \(query);", platform: .supabase).findings
        .first { $0.code == "lint.definer-view" }?.severity
    }
    #expect(severity("SELECT a FROM t") == .failure)
    #expect(severity("SELECT a FROM t WHERE a = (SELECT auth.uid())") == .warning)
    #expect(severity("SELECT a FROM u") == .warning)
  }

  @Test("what no file made is judged in the database", arguments: [true, false])
  func live(_ isGuarded: Bool) {
    let table = ObjectIdentity.table("public", "handmade")
    let usage = ObjectIdentity.grant("USAGE", to: "anon", on: ObjectIdentity(.schema, name: "public"))
    var objects = [
      SchemaObject(identity: table, detail: .relation(RelationDetail())), SchemaObject(identity: usage),
      SchemaObject(identity: .grant("SELECT", to: "anon", on: table)),
      SchemaObject(identity: .table("auth", "users")),
      SchemaObject(identity: .grant("SELECT", to: "anon", on: .table("auth", "users"))),
    ]
    if isGuarded {
      objects.append(SchemaObject(identity: .rowSecurity("public", "handmade")))
      objects.append(
        SchemaObject(
          identity: .policy("public", "handmade", "p"),
          detail: .policy(PolicyDetail(command: "ALL", roles: ["anon"], using: "id > 0"))))
    }
    let target = LintTarget(
      snapshot: Snapshot(serverVersion: 170_000, platformSchemas: ["auth"], objects: objects), applied: [])
    let findings = Linter(target: target).findings(in: lintProject([], platform: .supabase))
    #expect(findings.map(\.code) == (isGuarded ? [] : ["lint.row-security-missing"]))
    #expect(findings.allSatisfy { $0.location == nil && $0.migration == nil && $0.object == table })
  }
}
