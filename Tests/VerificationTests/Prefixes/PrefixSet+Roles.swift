extension PrefixSet {
  /// Of what the whole server has in common, only that it is missing tells anything: a role that goes again, or gets another
  /// name, tells nothing.
  ///
  /// Roles, their memberships and settings, the settings of the database, the right to pass rights on.
  static let roles: [PrefixSet] = [
    PrefixSet(
      "attributes and memberships of roles, which get other names and go",
      silent: [1, 2, 6, 13, 14],
      clusterObjects: ["ROLE prefix_role_2", "ROLE prefix_team"],
      "CREATE ROLE prefix_role", "ALTER ROLE prefix_role LOGIN", "ALTER ROLE prefix_role CONNECTION LIMIT 5",
      "ALTER ROLE prefix_role VALID UNTIL '2030-01-01'",
      "CREATE ROLE prefix_team; GRANT prefix_team TO prefix_role",
      "GRANT prefix_team TO prefix_role WITH ADMIN OPTION",
      "REVOKE ADMIN OPTION FOR prefix_team FROM prefix_role",
      "ALTER GROUP prefix_team DROP USER prefix_role", "ALTER GROUP prefix_team ADD USER prefix_role",
      "ALTER ROLE prefix_role NOLOGIN CREATEDB",
      "CREATE TABLE t (id int); GRANT SELECT ON t TO prefix_role; CREATE POLICY p ON t TO prefix_role USING (true)",
      "ALTER ROLE prefix_role RENAME TO prefix_role_2", "CREATE USER prefix_guest IN ROLE prefix_team",
      "ALTER ROLE prefix_role_2 PASSWORD 'x'", "DROP ROLE prefix_guest"),
    PrefixSet(
      "what is stored with a role", silent: [1, 2, 5], clusterObjects: ["ROLE prefix_set_2"],
      "CREATE ROLE prefix_set", "ALTER ROLE prefix_set SET statement_timeout = '5s'",
      "ALTER ROLE prefix_set SET statement_timeout = '6s'", "ALTER ROLE prefix_set RESET statement_timeout",
      "ALTER ROLE prefix_set SET search_path TO 'a b', \"$user\"",
      "ALTER ROLE prefix_set RENAME TO prefix_set_2",
      "ALTER ROLE prefix_set_2 RESET ALL", "ALTER ROLE prefix_set_2 SET \"TimeZone\" TO 'UTC'",
      "ALTER ROLE prefix_set_2 SET log_statement FROM CURRENT"),
    PrefixSet(
      "what a role has been granted goes with a view, and comes with a new one that is its own",
      before: ["CREATE ROLE prefix_keeper", "GRANT prefix_keeper TO CURRENT_USER"],
      clusterObjects: ["ROLE prefix_keeper"],
      "CREATE SCHEMA s; GRANT ALL ON SCHEMA s TO prefix_keeper; CREATE TABLE s.t (id int)",
      "CREATE VIEW s.v AS SELECT id FROM s.t; GRANT SELECT ON s.t TO prefix_keeper WITH GRANT OPTION",
      "GRANT ALL ON s.v TO prefix_keeper",
      "ALTER VIEW s.v OWNER TO prefix_keeper",
      """
      SET ROLE prefix_keeper; DROP VIEW s.v; CREATE VIEW s.v AS SELECT id, id + 1 AS next FROM s.t; RESET ROLE;
      CREATE TABLE s.u (id int)
      """,
      "GRANT SELECT ON s.v TO prefix_keeper"),
    PrefixSet(
      "the right to pass a right on",
      before: ["CREATE ROLE prefix_reader"], clusterObjects: ["ROLE prefix_reader"],
      "CREATE TABLE t (id int)", "GRANT SELECT ON t TO prefix_reader",
      "GRANT SELECT ON t TO prefix_reader WITH GRANT OPTION",
      "REVOKE GRANT OPTION FOR SELECT ON t FROM prefix_reader", "REVOKE SELECT ON t FROM prefix_reader"),
  ]
}
