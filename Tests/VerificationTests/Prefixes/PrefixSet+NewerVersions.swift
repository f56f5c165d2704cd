extension PrefixSet {
  /// What newer servers know: privileges, columns and constraints that version 15 does not have.
  static let newerVersions: [PrefixSet] = [
    PrefixSet(
      "the right to maintain a table, given and taken away", since: 17,
      "CREATE TABLE t (id int)", "GRANT MAINTAIN ON t TO pg_monitor", "REVOKE MAINTAIN ON t FROM pg_monitor",
      "GRANT ALL ON t TO pg_monitor"),
    PrefixSet(
      "columns that are computed when they are read", since: 18,
      "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL)",
      "ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS (a + 1)", "ALTER TABLE t DROP COLUMN b",
      "ALTER TABLE t ADD COLUMN b int GENERATED ALWAYS AS (a * 2) STORED"),
    PrefixSet(
      "NOT NULL under a name of its own", since: 18,
      "CREATE TABLE t (a int, b int CONSTRAINT b_there NOT NULL)",
      "ALTER TABLE t ADD CONSTRAINT a_there NOT NULL a",
      "ALTER TABLE t DROP CONSTRAINT b_there", "ALTER TABLE t DROP CONSTRAINT a_there"),
  ]
}
