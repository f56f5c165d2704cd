import Migrations
import Testing
import Verification

@Suite("Lints of what visitors from the web can write, claim and read")
struct WrittenByAnyoneLintTests {
  @Test("they see policies that let anyone in", arguments: cases)
  func marks(_ example: LintCase) {
    #expect(example.found == example.expected)
  }

  private static let about: Set<String> = [
    "lint.policy-always-true", "lint.user-metadata-in-policy", "lint.users-exposed",
  ]

  private static let table =
    "CREATE TABLE t (a int, owner uuid); ALTER TABLE t ENABLE ROW LEVEL SECURITY; "

  static let cases: [LintCase] = [
    (
      "everyone writes",
      "/*! lint.policy-always-true */ CREATE POLICY p ON t FOR ALL USING (true);"
    ),
    ("everyone reads", "CREATE POLICY p ON t FOR SELECT USING (true);"),
    (
      "the service role writes",
      "CREATE POLICY p ON t FOR ALL TO service_role USING (true) WITH CHECK (true);"
    ),
    (
      "members insert anything",
      "/*! lint.policy-always-true */ CREATE POLICY p ON t FOR INSERT TO authenticated WITH CHECK (true);"
    ),
    (
      "members change all rows, but into their own",
      "CREATE POLICY p ON t FOR UPDATE TO authenticated USING (true) WITH CHECK ((SELECT auth.uid()) = owner);"
    ),
    (
      "a restrictive policy takes nothing away",
      "CREATE POLICY p ON t AS RESTRICTIVE FOR ALL USING (true);"
    ),
    (
      "a condition that a later statement writes",
      "CREATE POLICY p ON t FOR DELETE USING (true); ALTER POLICY p ON t USING ((SELECT auth.uid()) = owner);"
    ),
    (
      "what users say of themselves",
      "/*! lint.user-metadata-in-policy */ CREATE POLICY p ON t USING (((SELECT auth.jwt()) -> 'user_metadata' ->> 'admin') = 'yes');"
    ),
    (
      "what only the service role says of them",
      "CREATE POLICY p ON t USING (((SELECT auth.jwt()) -> 'app_metadata' ->> 'admin') = 'yes');"
    ),
    (
      "users in a view",
      "/*! lint.users-exposed */ CREATE VIEW v AS SELECT u.email FROM t JOIN auth.users u ON u.id = t.owner;"
    ),
    (
      "users in a view that asks as its reader",
      "CREATE VIEW v WITH (security_invoker = true) AS SELECT email FROM auth.users;"
    ),
    (
      "users in a view that nobody from the web may read",
      "CREATE VIEW v AS SELECT email FROM auth.users; REVOKE ALL ON v FROM anon, authenticated;"
    ),
  ].map { LintCase($0.0, table + $0.1, platform: .supabase, about: about) }

  @Test("they ask nothing where nobody comes in over the web")
  func elsewhere() {
    let example = LintCase(
      "", Self.table + "CREATE POLICY p ON t FOR ALL TO app USING (true);", about: Self.about)
    #expect(example.found.isEmpty)
  }
}
