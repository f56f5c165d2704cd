@testable import Verification

extension WrongPolicy {
  /// Expressions that say something else than was meant.
  static let conditions: [WrongPolicy] = [
    WrongPolicy(
      "always true", wrong: "CREATE POLICY p ON t TO authenticated USING (true)", right: ownPolicy,
      .finding(.policyAlwaysTrue), .probe("authenticated", .delete, .leaks)),
    WrongPolicy(
      "always true in other words", wrong: "CREATE POLICY p ON t TO authenticated USING (1 = 1)",
      right: ownPolicy, .finding(.policyAlwaysTrue), .cell("authenticated", .update, .all)),
    WrongPolicy(
      "always true for everybody",
      wrong: "CREATE POLICY p ON t USING (true)", right: ownPolicy,
      .cell("anon", .delete, .all), .probe("anon", .insert, .leaks)),
    WrongPolicy(
      "being signed in is enough",
      wrong: "CREATE POLICY p ON t TO authenticated USING ((SELECT auth.uid()) IS NOT NULL)",
      right: ownPolicy,
      .finding(.signedInIsEnough), .probe("authenticated", .update, .leaks)),
    WrongPolicy(
      "a test of the role, for everybody",
      wrong: "CREATE POLICY p ON t USING ((SELECT auth.role()) = 'authenticated')", right: ownPolicy,
      .finding(.signedInIsEnough), .finding(.roleTestInPolicy)),
    WrongPolicy(
      "having a token is enough, and anon has one",
      wrong: "CREATE POLICY p ON t USING ((SELECT auth.jwt()) IS NOT NULL)", right: ownPolicy,
      .cell("anon", .delete, .all), .probe("anon", .select, .leaks)),
    WrongPolicy(
      "everybody who is not signed in",
      wrong: "CREATE POLICY p ON t USING ((SELECT auth.uid()) IS NULL OR \(own))", right: ownPolicy,
      .cell("anon", .select, .all), .probe("anon", .delete, .leaks)),
    WrongPolicy(
      "all but the own rows",
      wrong: "CREATE POLICY p ON t TO authenticated USING ((SELECT auth.uid()) <> user_id)", right: ownPolicy,
      .cell("authenticated", .select, .some), .probe("authenticated", .select, .leaks)),
    WrongPolicy(
      "NOT around the right condition",
      wrong: "CREATE POLICY p ON t TO authenticated USING (NOT (\(own)))", right: ownPolicy,
      .cell("authenticated", .update, .some), .probe("authenticated", .update, .leaks)),
    WrongPolicy(
      "an order in place of an equality",
      wrong: "CREATE POLICY p ON t TO authenticated USING ((SELECT auth.uid()) <= user_id)", right: ownPolicy,
      .cell("authenticated", .select, .some), .probe("authenticated", .select, .leaks)),
    WrongPolicy(
      "a column compared with itself",
      wrong: "CREATE POLICY p ON t TO authenticated USING (user_id = user_id)", right: ownPolicy,
      .finding(.comparesWithItself), .probe("authenticated", .select, .leaks)),
    WrongPolicy(
      "who asks compared with itself",
      wrong: "CREATE POLICY p ON t TO authenticated USING ((SELECT auth.uid()) = (SELECT auth.uid()))",
      right: ownPolicy, .cell("authenticated", .select, .some), .probe("authenticated", .select, .leaks)),
    WrongPolicy(
      "the row's own key in place of its user",
      setup:
        "CREATE TABLE n (id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES auth.users (id)); CREATE INDEX ON n (user_id); ALTER TABLE n ENABLE ROW LEVEL SECURITY; \(ownPolicy)",
      wrong: "CREATE POLICY q ON n TO authenticated USING ((SELECT auth.uid()) = id)",
      right: "CREATE POLICY q ON n TO authenticated USING ((SELECT auth.uid()) = user_id)",
      .finding(.comparesUnrelatedColumn)),
    WrongPolicy(
      "a reference to something else in place of the user",
      setup: """
        CREATE TABLE orgs (id uuid PRIMARY KEY); ALTER TABLE orgs ENABLE ROW LEVEL SECURITY;
        ALTER TABLE t ADD org_id uuid REFERENCES orgs (id); CREATE INDEX ON t (org_id)
        """,
      wrong: "CREATE POLICY p ON t TO authenticated USING ((SELECT auth.uid()) = org_id)", right: ownPolicy,
      .finding(.comparesUnrelatedColumn)),
    WrongPolicy(
      "OR before AND",
      wrong:
        "CREATE POLICY p ON t TO authenticated USING (is_public OR \(own) AND note IS NOT NULL)",
      right: "CREATE POLICY p ON t TO authenticated USING ((is_public OR note IS NOT NULL) AND \(own))",
      .finding(.writesByCondition), .cell("authenticated", .update, .some)),
    WrongPolicy(
      "what is public may be written by all",
      wrong: "CREATE POLICY p ON t USING (is_public OR \(own)) WITH CHECK (\(own))",
      right: """
        CREATE POLICY r ON t FOR SELECT USING (is_public OR \(own));
        CREATE POLICY a ON t FOR INSERT TO authenticated WITH CHECK (\(own));
        CREATE POLICY w ON t FOR UPDATE TO authenticated USING (\(own));
        CREATE POLICY d ON t FOR DELETE TO authenticated USING (\(own))
        """, .finding(.writesByCondition), .cell("anon", .delete, .some)),
    WrongPolicy(
      "rows of nobody are everybody's",
      setup: "ALTER TABLE t ALTER user_id DROP NOT NULL",
      wrong: "CREATE POLICY p ON t TO authenticated USING (user_id IS NULL OR \(own))", right: ownPolicy,
      .finding(.nullMatches), .cell("authenticated", .select, .some)),
    WrongPolicy(
      "NULL is not distinct from an absent claim",
      setup: "ALTER TABLE t ADD tenant text",
      wrong:
        "CREATE POLICY p ON t USING (tenant IS NOT DISTINCT FROM ((SELECT auth.jwt()) ->> 'tenant'))",
      right: "CREATE POLICY p ON t TO authenticated USING (tenant = ((SELECT auth.jwt()) ->> 'tenant'))",
      .finding(.nullMatches), .cell("anon", .select, .some)),
    WrongPolicy(
      "coalesce makes an absent claim equal to an absent value",
      setup: "ALTER TABLE t ADD tenant text",
      wrong:
        "CREATE POLICY p ON t USING (coalesce(tenant, '') = coalesce((SELECT auth.jwt()) ->> 'tenant', ''))",
      right: "CREATE POLICY p ON t TO authenticated USING (tenant = ((SELECT auth.jwt()) ->> 'tenant'))",
      .finding(.nullMatches), .probe("anon", .select, .leaks)),
    WrongPolicy(
      "a claim that users may change",
      wrong:
        "CREATE POLICY p ON t TO authenticated USING (((SELECT auth.jwt()) -> 'user_metadata' ->> 'id')::uuid = user_id)",
      right:
        "CREATE POLICY p ON t TO authenticated USING (((SELECT auth.jwt()) -> 'app_metadata' ->> 'id')::uuid = user_id)",
      .finding(.userMetadataInPolicy)),
    WrongPolicy(
      "a claim that is no longer set",
      wrong:
        "CREATE POLICY p ON t TO authenticated USING ((SELECT current_setting('request.jwt.claim.sub', true))::uuid = user_id)",
      right:
        "CREATE POLICY p ON t TO authenticated USING (((SELECT current_setting('request.jwt.claims', true))::jsonb ->> 'sub')::uuid = user_id)",
      .finding(.legacyClaim)),
    WrongPolicy(
      "asking once for each row",
      wrong: "CREATE POLICY p ON t TO authenticated USING (auth.uid() = user_id)", right: ownPolicy,
      .finding(.authCallPerRow)),
  ]
}
