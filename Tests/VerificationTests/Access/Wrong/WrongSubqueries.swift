@testable import Verification

extension WrongPolicy {
  /// A helper that reads past the policies of the table that it asks.
  private static let membership = """
    CREATE FUNCTION in_org(org uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS
      'SELECT EXISTS (SELECT FROM public.members m WHERE m.org_id = org AND m.user_id = auth.uid())'
    """

  /// Sub-selects and helpers.
  static let subqueries: [WrongPolicy] = [
    WrongPolicy(
      "a join that ignores the tenant", setup: organisations + ownPolicy,
      wrong:
        "CREATE POLICY d ON documents TO authenticated USING (EXISTS (SELECT FROM members m WHERE m.user_id = (SELECT auth.uid())))",
      right:
        "CREATE POLICY d ON documents TO authenticated USING (EXISTS (SELECT FROM members m WHERE m.org_id = documents.org_id AND m.user_id = (SELECT auth.uid())))",
      .finding(.uncorrelatedSubquery), .probe("authenticated", .select, .leaks, of: "documents")),
    WrongPolicy(
      "an admin of any tenant", setup: organisations + ownPolicy,
      wrong:
        "CREATE POLICY d ON documents TO authenticated USING (EXISTS (SELECT FROM members m JOIN orgs o ON o.id = m.org_id WHERE m.user_id = (SELECT auth.uid()) AND m.role = 'admin')); CREATE POLICY o ON orgs FOR SELECT TO authenticated USING (id IN (SELECT org_id FROM members WHERE user_id = (SELECT auth.uid())))",
      right:
        "CREATE POLICY d ON documents TO authenticated USING (EXISTS (SELECT FROM members m WHERE m.org_id = documents.org_id AND m.user_id = (SELECT auth.uid()) AND m.role = 'admin'))",
      .finding(.uncorrelatedSubquery)),
    WrongPolicy(
      "a name taken for the inner table's", setup: organisations + ownPolicy,
      wrong:
        "CREATE POLICY d ON documents TO authenticated USING (EXISTS (SELECT FROM members m WHERE m.org_id = org_id AND m.user_id = (SELECT auth.uid())))",
      right:
        "CREATE POLICY d ON documents TO authenticated USING (EXISTS (SELECT FROM members m WHERE m.org_id = documents.org_id AND m.user_id = (SELECT auth.uid())))",
      .finding(.comparesWithItself), .probe("authenticated", .select, .leaks, of: "documents")),
    WrongPolicy(
      "IN over a table that everybody may read", setup: organisations + ownPolicy,
      wrong:
        "DROP POLICY own ON members; CREATE POLICY everyone ON members FOR SELECT TO authenticated USING (true); CREATE POLICY d ON documents TO authenticated USING (org_id IN (SELECT org_id FROM members))",
      right: "CREATE POLICY d ON documents TO authenticated USING (org_id IN (SELECT org_id FROM members))",
      .finding(.subqueryOverOpenTable), .probe("authenticated", .select, .leaks, of: "documents")),
    WrongPolicy(
      "IN over a table without row security", setup: organisations + ownPolicy,
      wrong:
        "ALTER TABLE members DISABLE ROW LEVEL SECURITY; DROP POLICY own ON members; CREATE POLICY d ON documents TO authenticated USING (org_id IN (SELECT org_id FROM members))",
      right: "CREATE POLICY d ON documents TO authenticated USING (org_id IN (SELECT org_id FROM members))",
      .finding(.subqueryOverOpenTable), .finding(.rowSecurityMissing),
      .cell("authenticated", .select, .some, of: "documents")),
    WrongPolicy(
      "a sub-select over a table that nobody may read", setup: organisations + ownPolicy,
      wrong:
        "DROP POLICY own ON members; CREATE POLICY d ON documents TO authenticated USING (org_id IN (SELECT org_id FROM members WHERE user_id = (SELECT auth.uid())))",
      right:
        "CREATE POLICY d ON documents TO authenticated USING (org_id IN (SELECT org_id FROM members WHERE user_id = (SELECT auth.uid())))",
      .cell("authenticated", .select, .noPolicy, of: "documents"),
      .probe("authenticated", .select, .blocked, of: "documents")),
    WrongPolicy(
      "everybody but those on a list", setup: organisations + ownPolicy,
      wrong:
        "CREATE POLICY d ON documents TO authenticated USING (NOT EXISTS (SELECT FROM members m WHERE m.org_id = documents.org_id AND m.user_id = (SELECT auth.uid())))",
      right:
        "CREATE POLICY d ON documents TO authenticated USING (EXISTS (SELECT FROM members m WHERE m.org_id = documents.org_id AND m.user_id = (SELECT auth.uid())))",
      .cell("authenticated", .select, .some, of: "documents"),
      .probe("authenticated", .select, .leaks, of: "documents")),
    WrongPolicy(
      "an alternative inside the sub-select that asks nobody", setup: organisations + ownPolicy,
      wrong:
        "CREATE POLICY d ON documents TO authenticated USING (EXISTS (SELECT FROM members m WHERE m.org_id = documents.org_id AND (m.user_id = (SELECT auth.uid()) OR m.role = 'member')))",
      right:
        "CREATE POLICY d ON documents TO authenticated USING (EXISTS (SELECT FROM members m WHERE m.org_id = documents.org_id AND m.user_id = (SELECT auth.uid()) AND m.role = 'member'))",
      .cell("authenticated", .select, .some, of: "documents")),
    WrongPolicy(
      "a policy that reads its own table",
      wrong:
        "CREATE POLICY p ON t TO authenticated USING (EXISTS (SELECT FROM t o WHERE o.user_id = (SELECT auth.uid()) AND o.id = t.id))",
      right: ownPolicy, .finding(.recursivePolicy), .probe("authenticated", .select, .error)),
    WrongPolicy(
      "two policies that read each other's tables", setup: organisations + ownPolicy,
      wrong: """
        DROP POLICY own ON members;
        CREATE POLICY m ON members TO authenticated USING (EXISTS (SELECT FROM documents d WHERE d.org_id = members.org_id));
        CREATE POLICY d ON documents TO authenticated USING (EXISTS (SELECT FROM members m WHERE m.org_id = documents.org_id))
        """,
      right:
        "CREATE POLICY d ON documents TO authenticated USING (EXISTS (SELECT FROM members m WHERE m.org_id = documents.org_id))",
      .finding(.recursivePolicy), .probe("authenticated", .select, .error, of: "documents")),
    WrongPolicy(
      "a helper that breaks the circle, without the rights to", setup: organisations + ownPolicy,
      wrong: """
        \(membership);
        REVOKE EXECUTE ON FUNCTION in_org(uuid) FROM PUBLIC, anon, authenticated;
        CREATE POLICY d ON documents TO authenticated USING (in_org(org_id))
        """,
      right: """
        \(membership);
        CREATE POLICY d ON documents TO authenticated USING (in_org(org_id))
        """, .finding(.policyNotEvaluable), .probe("authenticated", .select, .error, of: "documents")),
    WrongPolicy(
      "a sub-select over a table without the privilege", setup: organisations + ownPolicy,
      wrong:
        "REVOKE ALL ON members FROM authenticated; DROP POLICY own ON members; CREATE POLICY d ON documents TO authenticated USING (org_id IN (SELECT org_id FROM members WHERE user_id = (SELECT auth.uid())))",
      right:
        "CREATE POLICY d ON documents TO authenticated USING (org_id IN (SELECT org_id FROM members WHERE user_id = (SELECT auth.uid())))",
      .finding(.policyNotEvaluable), .probe("authenticated", .select, .error, of: "documents")),
    WrongPolicy(
      "a helper with an injectable search_path", setup: organisations + ownPolicy,
      wrong: """
        CREATE FUNCTION in_org(org uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER AS
          'SELECT EXISTS (SELECT FROM public.members m WHERE m.org_id = org AND m.user_id = auth.uid())';
        CREATE POLICY d ON documents TO authenticated USING (in_org(org_id))
        """,
      right: """
        \(membership);
        CREATE POLICY d ON documents TO authenticated USING (in_org(org_id))
        """, .finding(.functionSearchPath)),
    WrongPolicy(
      "a helper whose schema others may write to",
      setup: """
        \(ownPolicy); CREATE FUNCTION helper() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
          AS 'SELECT true'; REVOKE EXECUTE ON FUNCTION helper() FROM PUBLIC, anon, authenticated
        """,
      wrong: "GRANT CREATE ON SCHEMA public TO authenticated", right: "SELECT 1",
      .finding(.writableSearchPath)),
    WrongPolicy(
      "a helper that says yes to whoever is not signed in",
      setup:
        "CREATE FUNCTION mine(owner uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = '' AS $$SELECT false$$",
      wrong:
        "CREATE OR REPLACE FUNCTION mine(owner uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = '' AS 'SELECT auth.uid() IS NULL OR owner = auth.uid()'; CREATE POLICY p ON t USING (mine(user_id))",
      right:
        "CREATE OR REPLACE FUNCTION mine(owner uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = '' AS 'SELECT owner = auth.uid()'; CREATE POLICY p ON t USING (mine(user_id))",
      .cell("anon", .select, .some), .probe("anon", .select, .leaks)),
  ]
}
