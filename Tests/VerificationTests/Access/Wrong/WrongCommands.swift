@testable import Verification

extension WrongPolicy {
  /// Policies for the wrong commands or roles, and policies that do not go together.
  static let commands: [WrongPolicy] = [
    WrongPolicy(
      "INSERT without a check",
      setup: "CREATE POLICY r ON t FOR SELECT TO authenticated USING (\(own))",
      wrong: "CREATE POLICY a ON t FOR INSERT TO authenticated",
      right: "CREATE POLICY a ON t FOR INSERT TO authenticated WITH CHECK (\(own))",
      .finding(.policyWithoutExpression), .probe("authenticated", .insert, .blocked)),
    WrongPolicy(
      "INSERT in the name of somebody else",
      setup: "CREATE POLICY r ON t FOR SELECT TO authenticated USING (\(own))",
      wrong: "CREATE POLICY a ON t FOR INSERT TO authenticated WITH CHECK (true)",
      right: "CREATE POLICY a ON t FOR INSERT TO authenticated WITH CHECK (\(own))",
      .finding(.policyAlwaysTrue), .probe("authenticated", .insert, .leaks)),
    WrongPolicy(
      "UPDATE gives rows away",
      wrong: "CREATE POLICY p ON t TO authenticated USING (\(own)) WITH CHECK (true)", right: ownPolicy,
      .finding(.rowGivenAway), .probe("authenticated", .insert, .leaks)),
    WrongPolicy(
      "UPDATE gives rows away under a condition on something else",
      setup: "CREATE POLICY r ON t FOR SELECT TO authenticated USING (\(own))",
      wrong:
        "CREATE POLICY w ON t FOR UPDATE TO authenticated USING (\(own)) WITH CHECK (note IS NOT NULL)",
      right:
        "CREATE POLICY w ON t FOR UPDATE TO authenticated USING (\(own)) WITH CHECK (note IS NOT NULL AND \(own))",
      .finding(.rowGivenAway)),
    WrongPolicy(
      "UPDATE without an expression to find rows by",
      setup: "CREATE POLICY r ON t FOR SELECT TO authenticated USING (\(own))",
      wrong: "CREATE POLICY w ON t FOR UPDATE TO authenticated WITH CHECK (\(own))",
      right: "CREATE POLICY w ON t FOR UPDATE TO authenticated USING (\(own))",
      .finding(.policyWithoutExpression), .cell("authenticated", .update, .noPolicy)),
    WrongPolicy(
      "UPDATE takes rows from others",
      setup: "CREATE POLICY r ON t FOR SELECT TO authenticated USING (\(own))",
      wrong: "CREATE POLICY w ON t FOR UPDATE TO authenticated USING (true) WITH CHECK (\(own))",
      right: "CREATE POLICY w ON t FOR UPDATE TO authenticated USING (\(own))",
      .finding(.policyAlwaysTrue)),
    WrongPolicy(
      "DELETE wider than SELECT",
      setup: "CREATE POLICY r ON t FOR SELECT TO authenticated USING (\(own))",
      wrong: "CREATE POLICY d ON t FOR DELETE TO authenticated USING (is_public)",
      right: "CREATE POLICY d ON t FOR DELETE TO authenticated USING (is_public AND \(own))",
      .finding(.writeWiderThanRead)),
    WrongPolicy(
      "DELETE of everything unseen",
      setup: "CREATE POLICY r ON t FOR SELECT TO authenticated USING (\(own))",
      wrong: "CREATE POLICY d ON t FOR DELETE TO authenticated USING (true)",
      right: "CREATE POLICY d ON t FOR DELETE TO authenticated USING (\(own))",
      .finding(.writeWiderThanRead), .finding(.policyAlwaysTrue)),
    WrongPolicy(
      "only restrictive policies",
      wrong: "CREATE POLICY p ON t AS RESTRICTIVE TO authenticated USING (\(own))",
      right: "\(ownPolicy); CREATE POLICY r ON t AS RESTRICTIVE TO authenticated USING (note IS NULL)",
      .finding(.restrictivePoliciesOnly), .cell("authenticated", .select, .noPolicy)),
    WrongPolicy(
      "a guard that is permissive",
      setup: ownPolicy,
      wrong: "CREATE POLICY g ON t TO authenticated USING (((SELECT auth.jwt()) ->> 'aal') = 'aal2')",
      right:
        "CREATE POLICY g ON t AS RESTRICTIVE TO authenticated USING (((SELECT auth.jwt()) ->> 'aal') = 'aal2')",
      .cell("authenticated", .select, .some), .finding(.multiplePermissivePolicies)),
    WrongPolicy(
      "a wide policy beside the narrow one",
      wrong: """
        CREATE POLICY r ON t FOR SELECT TO authenticated USING (\(own));
        CREATE POLICY x ON t FOR SELECT TO authenticated USING (true)
        """,
      right: """
        CREATE POLICY r ON t FOR SELECT TO authenticated USING (\(own));
        CREATE POLICY x ON t AS RESTRICTIVE FOR SELECT TO authenticated USING (true)
        """, .finding(.policyOverridden), .cell("authenticated", .select, .all)),
    WrongPolicy(
      "several policies for one thing",
      wrong: "\(ownPolicy); CREATE POLICY q ON t TO authenticated USING (\(own) AND is_public)",
      right: ownPolicy, .finding(.multiplePermissivePolicies)),
    WrongPolicy(
      "for anon in place of authenticated",
      wrong: "CREATE POLICY p ON t FOR SELECT TO anon USING (true)",
      right: "CREATE POLICY p ON t FOR SELECT TO authenticated USING (\(own))",
      .cell("anon", .select, .all), .probe("anon", .select, .leaks)),
    WrongPolicy(
      "for a role without the privilege",
      wrong: "\(ownPolicy); CREATE POLICY g ON t FOR SELECT TO ROLE_ USING (\(own))",
      right:
        "\(ownPolicy); CREATE POLICY g ON t FOR SELECT TO ROLE_ USING (\(own)); GRANT SELECT ON t TO ROLE_",
      makesRole: "CREATE ROLE ROLE_", .finding(.policyWithoutGrant)),
    WrongPolicy(
      "UPDATE and DELETE without a policy to find rows by",
      wrong: "CREATE POLICY w ON t FOR UPDATE TO authenticated USING (\(own))",
      right: """
        CREATE POLICY r ON t FOR SELECT TO authenticated USING (\(own));
        CREATE POLICY w ON t FOR UPDATE TO authenticated USING (\(own))
        """, .cell("authenticated", .update, .noPolicy), .probe("authenticated", .update, .blocked)),
  ]
}
