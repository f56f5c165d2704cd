@testable import Verification

extension WrongPolicy {
  /// Tables and views that show more than their policies say.
  static let relations: [WrongPolicy] = [
    WrongPolicy(
      "row security that is off", wrong: "ALTER TABLE t DISABLE ROW LEVEL SECURITY", right: ownPolicy,
      .finding(.rowSecurityMissing), .probe("anon", .delete, .leaks)),
    WrongPolicy(
      "policies without row security", setup: ownPolicy,
      wrong: "ALTER TABLE t DISABLE ROW LEVEL SECURITY", right: "SELECT 1",
      .finding(.policyWithoutRowSecurity), .cell("anon", .select, .all)),
    WrongPolicy(
      "row security without a policy", wrong: "SELECT 1", right: ownPolicy,
      .finding(.rowSecurityWithoutPolicy), .probe("authenticated", .select, .blocked)),
    WrongPolicy(
      "secrets in a table without row security",
      setup: ownPolicy,
      wrong: "CREATE TABLE keys (id int PRIMARY KEY, api_key text)",
      right:
        "CREATE TABLE keys (id int PRIMARY KEY, api_key text); ALTER TABLE keys ENABLE ROW LEVEL SECURITY",
      .finding(.sensitiveColumnsExposed)),
    WrongPolicy(
      "a partition that is reached past its parent",
      setup: """
        \(ownPolicy); CREATE TABLE logs (at date NOT NULL, user_id uuid NOT NULL REFERENCES auth.users (id), PRIMARY KEY (at, user_id)) PARTITION BY RANGE (at);
        CREATE INDEX ON logs (user_id); CREATE TABLE logs_now PARTITION OF logs DEFAULT; ALTER TABLE logs ENABLE ROW LEVEL SECURITY;
        CREATE POLICY l ON logs TO authenticated USING (\(own))
        """,
      wrong: "SELECT 1", right: "ALTER TABLE logs_now ENABLE ROW LEVEL SECURITY",
      .finding(.rowSecurityMissing), .cell("anon", .select, .all, of: "logs_now")),
    WrongPolicy(
      "a view with its owner's rights", setup: ownPolicy, wrong: "CREATE VIEW v AS SELECT * FROM t",
      right: "CREATE VIEW v WITH (security_invoker = true) AS SELECT * FROM t",
      .finding(.definerView), .cell("anon", .select, .bypass, of: "v")),
    WrongPolicy(
      "a view over a view with its owner's rights", setup: ownPolicy,
      wrong:
        "CREATE VIEW beneath AS SELECT * FROM t; REVOKE ALL ON beneath FROM anon, authenticated; CREATE VIEW v AS SELECT * FROM beneath",
      right:
        "CREATE VIEW beneath WITH (security_invoker = true) AS SELECT * FROM t; CREATE VIEW v WITH (security_invoker = true) AS SELECT * FROM beneath",
      .finding(.definerView), .cell("authenticated", .select, .bypass, of: "v")),
    WrongPolicy(
      "a view with the rights of who asks over one with its owner's", setup: ownPolicy,
      wrong:
        "CREATE VIEW beneath AS SELECT * FROM t; CREATE VIEW v WITH (security_invoker = true) AS SELECT * FROM beneath",
      right:
        "CREATE VIEW beneath WITH (security_invoker = true) AS SELECT * FROM t; CREATE VIEW v WITH (security_invoker = true) AS SELECT * FROM beneath",
      .finding(.definerView), .cell("anon", .select, .bypass, of: "v")),
    WrongPolicy(
      "rows come in through a view", setup: ownPolicy,
      wrong: "CREATE VIEW v AS SELECT * FROM t WHERE user_id = (SELECT auth.uid())",
      right:
        "CREATE VIEW v WITH (security_invoker = true) AS SELECT * FROM t WHERE user_id = (SELECT auth.uid())",
      .finding(.definerView), .cell("authenticated", .insert, .bypass, of: "v")),
    WrongPolicy(
      "a materialized view of guarded rows", setup: ownPolicy,
      wrong: "CREATE MATERIALIZED VIEW v AS SELECT * FROM t",
      right: "CREATE MATERIALIZED VIEW v AS SELECT * FROM t; REVOKE ALL ON v FROM anon, authenticated",
      .finding(.materializedViewExposed), .cell("anon", .select, .bypass, of: "v")),
    WrongPolicy(
      "a view of the accounts", setup: ownPolicy, wrong: "CREATE VIEW v AS SELECT id, email FROM auth.users",
      right: "CREATE VIEW v WITH (security_invoker = true) AS SELECT id, note FROM t",
      .finding(.authUsersExposed)),
    WrongPolicy(
      "a foreign table for everybody",
      setup: """
        \(ownPolicy); CREATE FOREIGN DATA WRAPPER nothing; CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing;
        CREATE FOREIGN TABLE far (id int) SERVER nowhere
        """,
      wrong: "SELECT 1", right: "REVOKE ALL ON far FROM anon, authenticated", .finding(.foreignTableExposed)),
    WrongPolicy(
      "a public bucket that can be listed",
      setup:
        "\(ownPolicy); INSERT INTO storage.buckets (id, name, public) VALUES ('avatars', 'avatars', true)",
      wrong: "CREATE POLICY a ON storage.objects FOR SELECT USING (bucket_id = 'avatars')", right: "SELECT 1",
      .finding(.publicBucketListing)),
    WrongPolicy(
      "a reference to what the host may change",
      setup: "\(ownPolicy); ALTER TABLE t ADD phone text; CREATE INDEX ON t (phone)",
      wrong: "ALTER TABLE t ADD FOREIGN KEY (phone) REFERENCES auth.users (phone)", right: "SELECT 1",
      .finding(.foreignKeyToAuthUnique)),
    WrongPolicy(
      "a column that stops pg_upgrade", setup: ownPolicy, wrong: "ALTER TABLE t ADD f regproc",
      right: "ALTER TABLE t ADD f text", .finding(.regTypeColumn)),
    WrongPolicy(
      "the same index twice", setup: ownPolicy, wrong: "CREATE INDEX again ON t (user_id)", right: "SELECT 1",
      .finding(.duplicateIndex)),
    WrongPolicy(
      "a foreign key and a policy without an index",
      setup:
        "CREATE TABLE u (id int PRIMARY KEY, user_id uuid REFERENCES auth.users (id)); ALTER TABLE u ENABLE ROW LEVEL SECURITY; CREATE POLICY o ON u TO authenticated USING (\(own)); \(ownPolicy)",
      wrong: "SELECT 1", right: "CREATE INDEX ON u (user_id)", .finding(.foreignKeyWithoutIndex),
      .finding(.policyColumnWithoutIndex)),
    WrongPolicy(
      "a table without a key", setup: ownPolicy,
      wrong: "CREATE TABLE k (a int); ALTER TABLE k ENABLE ROW LEVEL SECURITY",
      right: "CREATE TABLE k (a int PRIMARY KEY); ALTER TABLE k ENABLE ROW LEVEL SECURITY",
      .finding(.primaryKeyMissing)),
  ]
}
