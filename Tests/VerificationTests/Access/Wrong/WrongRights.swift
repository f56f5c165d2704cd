@testable import Verification

extension WrongPolicy {
  /// Roles, privileges and functions.
  static let rights: [WrongPolicy] = [
    WrongPolicy(
      "an owner that the policies do not hold for", setup: "\(ownPolicy); ALTER TABLE t OWNER TO ROLE_",
      wrong: "SELECT 1", right: "ALTER TABLE t FORCE ROW LEVEL SECURITY",
      makesRole: "CREATE ROLE ROLE_ LOGIN; GRANT USAGE ON SCHEMA public TO ROLE_",
      .finding(.rowSecurityNotForced), .cell("ROLE", .select, .bypass)),
    WrongPolicy(
      "a role that inherits what a wider one may",
      setup:
        "\(ownPolicy); GRANT SELECT ON t TO ROLE_, ROLE_other; CREATE POLICY wide ON t FOR SELECT TO ROLE_other USING (true)",
      wrong: "GRANT ROLE_other TO ROLE_", right: "SELECT 1",
      makesRole:
        "CREATE ROLE ROLE_; CREATE ROLE ROLE_other; GRANT USAGE ON SCHEMA public TO ROLE_",
      .cell("ROLE", .select, .all)),
    WrongPolicy(
      "a privilege on columns beside the whole table", setup: ownPolicy,
      wrong: "GRANT SELECT (id, note) ON t TO anon",
      right: "REVOKE SELECT ON t FROM anon; GRANT SELECT (id, note) ON t TO anon",
      .finding(.columnGrantWithoutEffect)),
    WrongPolicy(
      "a privilege for PUBLIC",
      setup: "CREATE TABLE p (id int PRIMARY KEY); REVOKE ALL ON p FROM anon, authenticated; \(ownPolicy)",
      wrong: "GRANT SELECT ON p TO PUBLIC", right: "GRANT SELECT ON p TO service_role",
      .finding(.rowSecurityMissing), .cell("anon", .select, .all, of: "p")),
    WrongPolicy(
      "a function with its owner's rights that everybody may call", setup: ownPolicy,
      wrong:
        "CREATE FUNCTION clear() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'DELETE FROM public.t'",
      right:
        "CREATE FUNCTION clear() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'DELETE FROM public.t'; REVOKE EXECUTE ON FUNCTION clear() FROM PUBLIC, anon, authenticated",
      .finding(.definerFunctionExecutable)),
    WrongPolicy(
      "a function that reads everything for everybody", setup: ownPolicy,
      wrong:
        "CREATE FUNCTION everything() RETURNS SETOF t LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS 'SELECT * FROM public.t'",
      right:
        "CREATE FUNCTION everything() RETURNS SETOF t LANGUAGE sql STABLE SET search_path = '' AS 'SELECT * FROM public.t'",
      .finding(.definerFunctionExecutable)),
    WrongPolicy(
      "rows without a number",
      setup:
        "\(ownPolicy); CREATE TABLE s (id serial PRIMARY KEY, user_id uuid NOT NULL REFERENCES auth.users (id)); CREATE INDEX ON s (user_id); ALTER TABLE s ENABLE ROW LEVEL SECURITY; CREATE POLICY o ON s TO authenticated USING (\(own))",
      wrong: "REVOKE ALL ON SEQUENCE s_id_seq FROM authenticated", right: "SELECT 1",
      .finding(.sequenceWithoutUsage)),
    WrongPolicy(
      "a schema that hides what is granted",
      setup:
        "\(ownPolicy); CREATE SCHEMA inside; CREATE TABLE inside.h (id int PRIMARY KEY); GRANT SELECT ON inside.h TO authenticated",
      wrong: "SELECT 1", right: "GRANT USAGE ON SCHEMA inside TO authenticated",
      .cell("authenticated", .select, .noGrant, of: "h"), .probe("authenticated", .select, .blocked, of: "h")),
  ]
}
