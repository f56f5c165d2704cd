import Postgres
import Schema
import TestServer
import Testing
import Verification

@Suite("Access matrix")
struct AccessMatrixTests {
  private let table = "CREATE TABLE t (id int PRIMARY KEY, user_id uuid, note text, shared boolean);"
  private let secured = "ALTER TABLE t ENABLE ROW LEVEL SECURITY;"

  @Test("without row security, whoever has the privilege reaches all rows")
  func withoutRowSecurity() async throws {
    try await withAccessDatabase(table + "REVOKE INSERT, DELETE ON t FROM anon") { _, matrix in
      #expect(matrix.row("t", "anon") == [.all, .noGrant, .all, .noGrant])
      #expect(matrix.row("t", "service_role") == [.all, .all, .all, .all])
      #expect(matrix.row("t", "owner") == [.all, .all, .all, .all])
    }
  }

  @Test("with row security and no policy, nobody reaches a row but those to whom it does not apply")
  func withoutPolicy() async throws {
    try await withAccessDatabase(table + secured) { _, matrix in
      #expect(matrix.row("t", "authenticated") == [.noPolicy, .noPolicy, .noPolicy, .noPolicy])
      #expect(matrix.row("t", "service_role") == [.bypass, .bypass, .bypass, .bypass])
      #expect(matrix.row("t", "owner") == [.bypass, .bypass, .bypass, .bypass])
    }
  }

  @Test("permissive policies add rows, restrictive ones take away")
  func policies() async throws {
    try await withAccessDatabase(
      table + secured + """
        CREATE POLICY read ON t FOR SELECT USING (true);
        CREATE POLICY own ON t TO authenticated USING ((SELECT auth.uid()) = user_id);
        CREATE POLICY never ON t AS RESTRICTIVE FOR DELETE USING (false);
        """
    ) { _, matrix in
      #expect(matrix.row("t", "anon") == [.all, .noPolicy, .noPolicy, .noPolicy])
      #expect(matrix.row("t", "authenticated") == [.all, .own, .own, .noPolicy])
    }
  }

  @Test("UPDATE and DELETE need a policy for SELECT to find their rows")
  func needsSelect() async throws {
    try await withAccessDatabase(
      table + secured + """
        CREATE POLICY change ON t FOR UPDATE USING (auth.uid() = user_id);
        CREATE POLICY remove ON t FOR DELETE USING (auth.uid() = user_id);
        """
    ) { _, matrix in
      #expect(matrix.row("t", "authenticated") == [.noPolicy, .noPolicy, .noPolicy, .noPolicy])
    }
  }

  @Test("what only the role decides is decided")
  func roleTests() async throws {
    try await withAccessDatabase(
      table + secured + """
        CREATE POLICY a ON t FOR SELECT USING (auth.role() = 'authenticated');
        CREATE POLICY b ON t FOR INSERT WITH CHECK (auth.uid() IS NOT NULL);
        CREATE POLICY c ON t FOR ALL USING ((auth.jwt() ->> 'role') = 'service_role');
        """
    ) { _, matrix in
      #expect(matrix.row("t", "authenticated") == [.all, .all, .noPolicy, .noPolicy])
      #expect(matrix.row("t", "anon") == [.noPolicy, .noPolicy, .noPolicy, .noPolicy])
    }
  }

  @Test("rows that are shared by another condition than who asks are some rows")
  func mixed() async throws {
    try await withAccessDatabase(
      table + secured + "CREATE POLICY a ON t USING (shared OR user_id = auth.uid())"
    ) { _, matrix in
      #expect(matrix.row("t", "authenticated") == [.some, .some, .some, .some])
      #expect(matrix.row("t", "anon") == [.some, .some, .some, .some])
    }
  }

  @Test("a WITH CHECK that admits everything lets rows be given away, and that is said")
  func givenAway() async throws {
    try await withAccessDatabase(
      table + secured + "CREATE POLICY a ON t USING (user_id = auth.uid()) WITH CHECK (true)"
    ) { _, matrix in
      #expect(matrix.row("t", "authenticated") == [.own, .all, .own, .own])
      let cell = matrix.cell(.table("public", "t"), .update, role: "authenticated")
      #expect(cell.reasons.contains { $0.kind == .note && $0.text.contains("given away") })
    }
  }

  @Test("forced row security applies to the owner, unless the owner bypasses it")
  func forced() async throws {
    try await withAccessDatabase(
      table + secured + "ALTER TABLE t FORCE ROW LEVEL SECURITY; ALTER TABLE t OWNER TO dashboard_user;"
    ) { _, matrix in
      #expect(matrix.row("t", "owner") == [.noPolicy, .noPolicy, .noPolicy, .noPolicy])
    }
  }

  @Test("a privilege through membership counts where it is inherited, and names its way")
  func membership() async throws {
    let group = TestServer.uniqueName("readers")
    let heir = TestServer.uniqueName("heir")
    let stranger = TestServer.uniqueName("stranger")
    try await withAccessDatabase(
      table + """
        CREATE ROLE \(group); CREATE ROLE \(heir) INHERIT; CREATE ROLE \(stranger) NOINHERIT;
        GRANT \(group) TO \(heir), \(stranger); GRANT SELECT ON t TO \(group); GRANT USAGE ON SCHEMA public TO PUBLIC;
        """
    ) { connection, matrix in
      #expect(matrix.row("t", heir) == [.all, .noGrant, .noGrant, .noGrant])
      #expect(matrix.row("t", stranger) == [.noGrant, .noGrant, .noGrant, .noGrant])
      let cell = matrix.cell(.table("public", "t"), .select, role: heir)
      #expect(cell.reasons.first?.text == "SELECT is granted to \(group), of which \(heir) is a member")
      try await connection.execute(
        "DROP TABLE t; DROP ROLE \(group); DROP ROLE \(heir); DROP ROLE \(stranger)")
    }
  }

  @Test("privileges on columns, and a schema without USAGE")
  func columnsAndSchemas() async throws {
    try await withAccessDatabase(
      table + """
        REVOKE ALL ON t FROM anon; GRANT SELECT (id, note) ON t TO anon;
        CREATE SCHEMA hidden; CREATE TABLE hidden.h (id int); GRANT SELECT ON hidden.h TO anon;
        """
    ) { _, matrix in
      #expect(matrix.row("t", "anon") == [.all, .noGrant, .noGrant, .noGrant])
      #expect(matrix.cell(.table("public", "t"), .select, role: "anon").columns == ["id", "note"])
      let hidden = matrix.cell(.table("hidden", "h"), .select, role: "anon")
      #expect(hidden.value == .noGrant)
      #expect(hidden.reasons.map(\.text) == ["anon has no USAGE on schema hidden"])
    }
  }

  @Test("a view reads with its owner's rights, or with security_invoker with those of who asks")
  func views() async throws {
    try await withAccessDatabase(
      table + secured + """
        CREATE POLICY own ON t USING (user_id = auth.uid());
        CREATE VIEW leak AS SELECT id, user_id FROM t;
        CREATE VIEW total AS SELECT count(*) FROM t;
        """
    ) { connection, matrix in
      #expect(matrix.row("leak", "anon") == [.bypass, .bypass, .bypass, .bypass])
      #expect(matrix.row("total", "anon") == [.bypass, .impossible, .impossible, .impossible])
    }
  }

  @Test("a policy that reads its own table, or calls what the role may not, fails")
  func obstacles() async throws {
    try await withAccessDatabase(
      table + secured + """
        CREATE POLICY again ON t USING (EXISTS (SELECT FROM t other WHERE other.user_id = auth.uid()));
        CREATE FUNCTION helper() RETURNS boolean LANGUAGE sql AS 'SELECT true';
        REVOKE EXECUTE ON FUNCTION helper() FROM PUBLIC, anon;
        CREATE TABLE u (id int); ALTER TABLE u ENABLE ROW LEVEL SECURITY;
        CREATE POLICY helped ON u USING (helper());
        """
    ) { _, matrix in
      #expect(matrix.row("t", "authenticated") == [.error, .error, .error, .error])
      #expect(matrix.row("u", "anon") == [.error, .error, .error, .error])
      #expect(matrix.row("u", "authenticated") == [.some, .some, .some, .some])
    }
  }

  @Test("functions say who may call them and with whose rights they work")
  func functions() async throws {
    try await withAccessDatabase(
      """
      CREATE FUNCTION open() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
      CREATE FUNCTION shut() RETURNS int LANGUAGE sql AS 'SELECT 1';
      REVOKE EXECUTE ON FUNCTION shut() FROM PUBLIC, anon;
      """
    ) { _, matrix in
      let open = matrix.cell(.function("public", "open", ""), .execute, role: "anon")
      #expect(open.value == .all)
      #expect(open.reasons.contains { $0.kind == .rights })
      #expect(matrix.cell(.function("public", "shut", ""), .execute, role: "anon").value == .noGrant)
    }
  }

  @Test(
    "a view's own condition counts, who asks stays who asks, and empty partners of an outer join do not empty it"
  )
  func viewConditions() async throws {
    try await withAccessDatabase(
      table + secured + """
        CREATE TABLE u (id int PRIMARY KEY); ALTER TABLE u ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON t USING (user_id = auth.uid());
        CREATE VIEW mine AS SELECT * FROM t WHERE user_id = auth.uid();
        CREATE VIEW checked AS SELECT * FROM t WHERE user_id = auth.uid() WITH CHECK OPTION;
        CREATE VIEW outside AS SELECT t.* FROM t LEFT JOIN u USING (id);
        CREATE VIEW inside AS SELECT t.* FROM t JOIN u USING (id);
        ALTER TABLE t OWNER TO dashboard_user; ALTER TABLE u OWNER TO dashboard_user;
        ALTER TABLE t FORCE ROW LEVEL SECURITY; ALTER TABLE u FORCE ROW LEVEL SECURITY;
        ALTER VIEW outside OWNER TO dashboard_user; ALTER VIEW inside OWNER TO dashboard_user;
        """
    ) { _, matrix in
      #expect(matrix.row("mine", "authenticated") == [.own, .bypass, .own, .own])
      #expect(matrix.row("mine", "anon") == [.noPolicy, .bypass, .noPolicy, .noPolicy])
      #expect(matrix.row("checked", "authenticated") == [.own, .own, .own, .own])
      #expect(matrix.row("outside", "authenticated")[0] == .own)
      #expect(matrix.row("outside", "anon")[0] == .noPolicy)
      #expect(matrix.row("inside", "authenticated")[0] == .noPolicy)
    }
  }

  @Test("a view needs what it reads: columns for whoever it reads as, functions for the session")
  func viewObstacles() async throws {
    try await withAccessDatabase(
      table + """
        REVOKE ALL ON t FROM anon; GRANT SELECT (id) ON t TO anon;
        CREATE VIEW ids WITH (security_invoker) AS SELECT id FROM t;
        CREATE VIEW notes WITH (security_invoker) AS SELECT id, note FROM t;
        CREATE FUNCTION helper() RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE VIEW calls AS SELECT id, helper() FROM t;
        REVOKE EXECUTE ON FUNCTION helper() FROM PUBLIC, anon;
        """
    ) { _, matrix in
      #expect(matrix.row("ids", "anon")[0] == .all)
      #expect(matrix.row("notes", "anon")[0] == .error)
      #expect(matrix.row("calls", "anon")[0] == .error)
      #expect(matrix.row("calls", "authenticated")[0] == .all)
    }
  }

  @Test("sequences, and rows that need a number from one")
  func sequences() async throws {
    try await withAccessDatabase(
      "CREATE TABLE s (id serial PRIMARY KEY); REVOKE ALL ON SEQUENCE s_id_seq FROM anon; GRANT SELECT ON SEQUENCE s_id_seq TO anon"
    ) { _, matrix in
      let sequence = ObjectIdentity(.sequence, schema: "public", name: "s_id_seq")
      #expect(matrix.cell(sequence, .usage, role: "authenticated").value == .all)
      #expect(matrix.cell(sequence, .usage, role: "anon").value == .noGrant)
      let insert = matrix.cell(.table("public", "s"), .insert, role: "anon")
      #expect(insert.reasons.contains { $0.text.contains("s_id_seq") })
    }
  }

  @Test("what new tables and functions will be granted")
  func forecasts() async throws {
    try await withAccessDatabase(
      "ALTER DEFAULT PRIVILEGES FOR ROLE supabase_admin REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"
    ) { connection, matrix in
      let maker = connection.server.user
      let tables = matrix.forecasts.first {
        $0.schema == "public" && $0.kind == "tables" && $0.maker == maker
      }
      #expect(tables?.grants.first { $0.role == "anon" }?.privileges.prefix(2) == ["SELECT", "INSERT"])
      let functions = matrix.forecasts.filter { $0.schema == "public" && $0.kind == "functions" }
      #expect(
        functions.first { $0.maker == maker }?.grants.contains { $0.role == AccessFacts.everyone } == true)
      #expect(!functions.contains { $0.maker == "supabase_admin" })
    }
  }

  @Test("a role that may only become another is told so")
  func becoming() async throws {
    let group = TestServer.uniqueName("group")
    let member = TestServer.uniqueName("member")
    try await withAccessDatabase(
      table + """
        CREATE ROLE \(group); CREATE ROLE \(member) NOINHERIT; GRANT \(group) TO \(member);
        GRANT SELECT ON t TO \(group); GRANT USAGE ON SCHEMA public TO PUBLIC
        """
    ) { connection, matrix in
      let cell = matrix.cell(.table("public", "t"), .select, role: member)
      #expect(cell.value == .noGrant)
      #expect(cell.reasons.contains { $0.text.contains("SET ROLE \(group)") })
      try await connection.execute("DROP TABLE t; DROP ROLE \(group); DROP ROLE \(member)")
    }
  }
}
