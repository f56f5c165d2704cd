import Catalog
import Postgres
import Schema
import TestServer
import Testing

@testable import Verification

@Suite("Probe of what has no rows of its own")
struct ProbeObjectsTests {
  private let guarded = """
    CREATE TABLE t (id int PRIMARY KEY, user_id uuid NOT NULL REFERENCES auth.users (id), note text);
    ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON t USING (user_id = auth.uid());
    """

  private func verdict(
    _ report: ProbeReport, _ name: String, _ role: String, _ command: AccessCommand
  ) -> ProbeReport.Verdict? {
    report.entries.first { $0.table.name == name && $0.role == role && $0.command == command }?.verdict
  }

  @Test("views are read and written through, and agree with the matrix")
  func views() async throws {
    try await withAccessDatabase(
      guarded + """
        CREATE VIEW leak AS SELECT * FROM t;
        CREATE VIEW invoker WITH (security_invoker) AS SELECT * FROM t;
        CREATE VIEW above AS SELECT * FROM invoker;
        CREATE VIEW mine AS SELECT * FROM t WHERE user_id = auth.uid();
        CREATE VIEW checked AS SELECT * FROM t WHERE user_id = auth.uid() WITH CHECK OPTION;
        CREATE VIEW total AS SELECT count(*) FROM t;
        CREATE VIEW joined WITH (security_invoker) AS SELECT t.*, u.email FROM t JOIN auth.users u ON u.id = t.user_id;
        """
    ) { connection, matrix in
      let (plan, report) = try await probe(matrix, connection)
      #expect(report.disagreements(with: matrix).isEmpty, "\(report.disagreements(with: matrix))")
      #expect(verdict(report, "leak", "anon", .delete) == .leaks)
      #expect(verdict(report, "above", "authenticated", .select) == .isolated)
      #expect(verdict(report, "invoker", "authenticated", .update) == .isolated)
      #expect(verdict(report, "invoker", "anon", .select) == .blocked)
      #expect(verdict(report, "mine", "authenticated", .select) == .isolated)
      #expect(verdict(report, "mine", "authenticated", .insert) == .leaks)
      #expect(verdict(report, "checked", "authenticated", .insert) == .isolated)
      #expect(verdict(report, "joined", "authenticated", .select) == .error)
      #expect(plan.omissions.contains { $0.table.name == "total" && $0.role == nil })
    }
  }

  @Test("functions are called, names looked up and numbers taken, and nothing of it stays")
  func uses() async throws {
    try await withAccessDatabase(
      """
      CREATE TABLE log (a int);
      CREATE FUNCTION writes() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'INSERT INTO public.log VALUES (1)';
      CREATE FUNCTION shut(a int, b text[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
      REVOKE EXECUTE ON FUNCTION shut(int, text[]) FROM PUBLIC, anon;
      CREATE SCHEMA hidden; CREATE FUNCTION hidden.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
      CREATE SEQUENCE s; REVOKE ALL ON SEQUENCE s FROM anon;
      CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one; REVOKE ALL ON kept FROM anon;
      """
    ) { connection, matrix in
      let objects = matrix.otherObjects + matrix.relations.filter { $0.kind == .materializedView }
      let (_, report) = try await probe(matrix, connection, relations: objects)
      #expect(report.disagreements(with: matrix).isEmpty, "\(report.disagreements(with: matrix))")
      #expect(report.entries.filter { $0.isAsked || $0.verdict == .untried }.isEmpty)
      #expect(verdict(report, "writes", "anon", .execute) == .allowed)
      #expect(verdict(report, "shut", "anon", .execute) == .blocked)
      #expect(verdict(report, "shut", "authenticated", .execute) == .allowed)
      #expect(verdict(report, "f", "anon", .execute) == .blocked)
      #expect(verdict(report, "hidden", "anon", .usage) == .blocked)
      #expect(verdict(report, "s", "anon", .usage) == .blocked)
      #expect(verdict(report, "s", "authenticated", .usage) == .allowed)
      #expect(verdict(report, "kept", "anon", .select) == .blocked)
      #expect(verdict(report, "kept", "authenticated", .select) == .allowed)
      #expect(try await connection.query("SELECT count(*) FROM log").rows.first?[0] == "0")
      #expect(try await connection.query("SELECT is_called FROM s").rows.first?[0] == "f")
    }
  }

  @Test("the owner's rows, whatever they are, are no leak to a role to which row security does not apply")
  func exempt() async throws {
    try await withAccessDatabase(guarded) { connection, matrix in
      let (_, report) = try await probe(matrix, connection)
      #expect(verdict(report, "t", "service_role", .select) == .allowed)
      #expect(report.entries.allSatisfy { $0.verdict != .leaks })
    }
  }

  @Test("a table whose triggers reach outside is left alone, and the reason names the trigger")
  func outsideEffects() async throws {
    try await withAccessDatabase(
      """
      CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE v (id int PRIMARY KEY REFERENCES t);
      CREATE FUNCTION dblink_exec(text, text) RETURNS text LANGUAGE sql AS 'SELECT $1';
      CREATE FUNCTION forward() RETURNS void LANGUAGE plpgsql AS 'BEGIN PERFORM dblink_exec(''host=other'', ''DELETE''); END';
      CREATE FUNCTION calls() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM forward(); RETURN NEW; END';
      CREATE FUNCTION tells() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_notify(''c'', ''p''); RETURN NEW; END';
      CREATE TRIGGER out AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION calls();
      CREATE TRIGGER inside AFTER INSERT ON u FOR EACH ROW EXECUTE FUNCTION tells();
      """
    ) { connection, matrix in
      let (plan, report) = try await probe(matrix, connection)
      let reason = plan.omissions.first { $0.table.name == "t" }?.reason
      #expect(
        reason == "trigger \"out\" of public.t calls dblink_exec, which is not rolled back"
          || reason == "trigger out of public.t calls dblink_exec, which is not rolled back")
      #expect(plan.omissions.contains { $0.table.name == "v" })
      #expect(plan.seeds.allSatisfy { $0.table.name == "u" })
      #expect(verdict(report, "u", "anon", .insert) == .leaks)
    }
  }

  @Test("claims that policies compare with columns are in the tokens, new and old")
  func claims() async throws {
    try await withAccessDatabase(
      """
      CREATE TABLE tenants (id uuid PRIMARY KEY); ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
      CREATE TABLE a (id int PRIMARY KEY, tenant_id uuid NOT NULL REFERENCES tenants (id)); ALTER TABLE a ENABLE ROW LEVEL SECURITY;
      CREATE POLICY a ON a USING (tenant_id = ((auth.jwt() -> 'app_metadata' ->> 'tenant_id')::uuid));
      CREATE TABLE b (id int PRIMARY KEY, org int NOT NULL); ALTER TABLE b ENABLE ROW LEVEL SECURITY;
      CREATE POLICY b ON b USING (org = (current_setting('request.jwt.claims', true)::json ->> 'org')::int);
      CREATE TABLE c (id int PRIMARY KEY, org int NOT NULL); ALTER TABLE c ENABLE ROW LEVEL SECURITY;
      CREATE POLICY c ON c USING (org = nullif(current_setting('request.jwt.claim.org', true), '')::int);
      """
    ) { connection, matrix in
      let (_, report) = try await probe(
        matrix, connection, relations: ["a", "b", "c"].map { .table("public", $0) })
      for table in ["a", "b", "c"] {
        #expect(verdict(report, table, "authenticated", .select) == .isolated, "\(table): \(report.entries)")
        #expect(verdict(report, table, "anon", .select) == .blocked)
      }
    }
  }
}
