import Postgres
import Schema
import Testing
import Verification

@Suite("Access probe")
struct ProbeTests {
  private let owned =
    "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id uuid REFERENCES auth.users (id), note text NOT NULL); "
    + "ALTER TABLE t ENABLE ROW LEVEL SECURITY; "

  /// What the signed-in user's SELECT, INSERT, UPDATE and DELETE come to.
  private func verdicts(_ sql: String) async throws -> [ProbeReport.Verdict] {
    try await withAccessDatabase(sql) { connection, matrix in
      let (_, report) = try await probe(
        matrix, connection, relations: [.table("public", "t")], roles: ["authenticated"])
      return AccessCommand.onRows.compactMap { command in
        report.entries.first { $0.command == command }?.verdict
      }
    }
  }

  @Test(
    "right policies isolate, wrong ones are found out",
    arguments: [
      ("CREATE POLICY p ON t USING (user_id = auth.uid())", [.isolated, .isolated, .isolated, .isolated]),
      ("CREATE POLICY p ON t USING (true)", [.leaks, .leaks, .leaks, .leaks]),
      ("CREATE POLICY p ON t USING (auth.uid() IS NOT NULL)", [.leaks, .leaks, .leaks, .leaks]),
      (
        "CREATE POLICY p ON t USING (user_id = auth.uid()) WITH CHECK (true)",
        [.isolated, .leaks, .isolated, .isolated]
      ),
      ("", [.blocked, .blocked, .blocked, .blocked]),
      ("CREATE POLICY p ON t TO anon USING (true)", [.blocked, .blocked, .blocked, .blocked]),
      (
        "CREATE POLICY p ON t USING (true); CREATE POLICY r ON t AS RESTRICTIVE USING (user_id = auth.uid())",
        [.isolated, .isolated, .isolated, .isolated]
      ),
      (
        "CREATE POLICY p ON t USING (EXISTS (SELECT FROM t o WHERE o.user_id = auth.uid()))",
        [.error, .error, .error, .error]
      ),
      (
        "CREATE FUNCTION may() RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN true; END'; REVOKE EXECUTE ON FUNCTION may() FROM PUBLIC, authenticated; CREATE POLICY p ON t USING (may())",
        [.error, .error, .error, .error]
      ),
      ("REVOKE ALL ON t FROM authenticated", [.blocked, .blocked, .blocked, .blocked]),
    ] as [(String, [ProbeReport.Verdict])])
  func wrongPolicies(sql: String, expected: [ProbeReport.Verdict]) async throws {
    #expect(try await verdicts(owned + sql) == expected)
  }

  @Test("a row of another user that is reached is named")
  func leakNamesRow() async throws {
    try await withAccessDatabase(owned + "CREATE POLICY p ON t FOR SELECT USING (true)") {
      connection, matrix in
      let (_, report) = try await probe(matrix, connection, relations: [.table("public", "t")])
      let leak = report.entries.first { $0.role == "anon" && $0.command == .select }
      #expect(leak?.verdict == .leaks)
      #expect(leak?.detail.hasPrefix("\"id\" = ") == true)
    }
  }

  @Test("rows are made through foreign keys, checks, enums, domains, and past generated columns")
  func seeds() async throws {
    try await withAccessDatabase(
      """
      CREATE TYPE colour AS ENUM ('red', 'green');
      CREATE DOMAIN short AS text NOT NULL CHECK (length(VALUE) <= 5);
      CREATE TABLE parent (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), owner uuid NOT NULL REFERENCES auth.users (id));
      CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent uuid NOT NULL REFERENCES parent (id),
        colour colour NOT NULL, code short, kind text NOT NULL CHECK (kind IN ('big', 'small')),
        rank int NOT NULL CHECK (rank BETWEEN 3 AND 5), name varchar(8) NOT NULL UNIQUE,
        twice int GENERATED ALWAYS AS (rank * 2) STORED, tags text[] NOT NULL, extra jsonb NOT NULL);
      """
    ) { connection, matrix in
      let (_, report) = try await probe(matrix, connection, relations: [.table("public", "t")])
      #expect(report.entries.count == 12)
      #expect(report.entries.allSatisfy { $0.value == .all }, "\(report.entries)")
      for table in ["t", "parent", "auth.users"] {
        #expect(try await connection.query("SELECT count(*) FROM \(table)").rows.first?[0] == "0")
      }
      let sequence = try await connection.query("SELECT is_called FROM t_id_seq")
      #expect(sequence.rows.first?[0] == "f")
    }
  }

  @Test("a row that cannot be made is left out with the reason")
  func unmakeable() async throws {
    try await withAccessDatabase(
      """
      CREATE TABLE keyless (a int);
      CREATE TABLE odd (id int PRIMARY KEY, place point NOT NULL);
      CREATE TABLE picky (id int PRIMARY KEY, word text NOT NULL CHECK (md5(word) LIKE '00ff%'));
      """
    ) { connection, matrix in
      let (plan, report) = try await probe(matrix, connection)
      let reasons = Dictionary(
        plan.omissions.filter { $0.role == nil }.map { ($0.table.name, $0.reason) }, uniquingKeysWith: { $1 })
      #expect(reasons["keyless"] == "public.keyless has no key to find a row by")
      #expect(reasons["odd"] == "no value of type point is known for column place")
      let picky = report.entries.filter { $0.table.name == "picky" }
      #expect(!picky.isEmpty)
      #expect(picky.allSatisfy { $0.verdict == .untried && $0.detail.contains("picky_word_check") })
    }
  }
}
