import Testing

/// Statements that only newer servers know, read in the words of the older grammar.
///
/// On an older server there is nothing to try.
@Suite("What statements of newer versions do")
struct NewerTrials {
  private static let table = "CREATE TABLE t (a integer, b integer);"

  @Test("PostgreSQL 16")
  func version16() async throws {
    let t = Self.table
    let roles = "CREATE ROLE prediction_team; CREATE ROLE prediction_one;"
    try await StatementTrial.run([
      .init("storage of a column", "CREATE TABLE w (a text STORAGE EXTERNAL, b integer)", since: 16),
      .init(
        "membership that is not inherited", given: roles,
        "GRANT prediction_team TO prediction_one WITH INHERIT FALSE", since: 16),
      .init(
        "membership with several options", given: roles,
        "GRANT prediction_team TO prediction_one WITH INHERIT TRUE, SET FALSE GRANTED BY CURRENT_USER",
        since: 16),
      .init("a number with underscores", given: t, "ALTER TABLE t ADD CHECK (a < 1_000_000)", since: 16),
      .init("IS JSON", given: t, "ALTER TABLE t ADD COLUMN j text CHECK (j IS JSON OBJECT)", since: 16),
      .init(
        "an SQL/JSON constructor", given: t, "CREATE VIEW v AS SELECT json_object('a': a) AS j FROM t",
        since: 16),
    ])
  }

  @Test("PostgreSQL 17")
  func version17() async throws {
    let t = Self.table
    try await StatementTrial.run([
      .init(
        "a new expression", given: "CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a + 1) STORED)",
        "ALTER TABLE t ALTER COLUMN b SET EXPRESSION AS (a + 2)", since: 17),
      .init(
        "MERGE with RETURNING", given: t,
        "MERGE INTO t USING (SELECT 1 AS x) s ON t.a = s.x WHEN NOT MATCHED THEN INSERT VALUES (1, 2) RETURNING *",
        changesNothing: true, since: 17),
      .init(
        "MERGE by source", given: t,
        "MERGE INTO t USING (SELECT 1 AS x) s ON t.a = s.x WHEN NOT MATCHED BY SOURCE THEN DELETE",
        changesNothing: true, since: 17),
      .init(
        "JSON_TABLE", given: "CREATE TABLE d (doc jsonb)",
        "CREATE VIEW v AS SELECT j.a FROM d, JSON_TABLE(doc, '$[*]' COLUMNS (a integer PATH '$.a')) AS j",
        since: 17),
      .init("the right to maintain", given: t, "GRANT MAINTAIN ON t TO pg_monitor", since: 17),
      .init("every right", given: t, "GRANT ALL ON t TO pg_monitor", since: 17),
      .init(
        "the right to maintain by default", given: t,
        "ALTER DEFAULT PRIVILEGES GRANT MAINTAIN ON TABLES TO pg_monitor; CREATE TABLE w (a integer)",
        since: 17),
      .init(
        "a default statistics target", given: t, "ALTER TABLE t ALTER COLUMN a SET STATISTICS DEFAULT",
        changesNothing: true, since: 17),
    ])
  }

  @Test("PostgreSQL 18")
  func version18() async throws {
    let t = Self.table
    try await StatementTrial.run([
      .init(
        "a virtual column", "CREATE TABLE w (a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL)",
        since: 18),
      .init(
        "a virtual column, added", given: t, "ALTER TABLE t ADD COLUMN c integer GENERATED ALWAYS AS (a * 2)",
        since: 18),
      .init("a named NOT NULL", "CREATE TABLE w (a integer CONSTRAINT w_a_there NOT NULL)", since: 18),
      .init("NOT NULL of a table", "CREATE TABLE w (a integer, CONSTRAINT there NOT NULL a)", since: 18),
      .init(
        "NOT NULL that is not validated", given: t, "ALTER TABLE t ADD CONSTRAINT there NOT NULL a NOT VALID",
        since: 18),
      .init(
        "NOT NULL dropped by the name that it got", given: "CREATE TABLE t (a integer NOT NULL)",
        "ALTER TABLE t DROP CONSTRAINT t_a_not_null", needsEarlierFiles: true, since: 18),
      .init(
        "NOT NULL dropped by the name that it was given",
        given: "CREATE TABLE t (a integer CONSTRAINT there NOT NULL)", "ALTER TABLE t DROP CONSTRAINT there",
        needsEarlierFiles: true, since: 18),
      .init("NOT NULL without a name", given: t, "ALTER TABLE t ADD NOT NULL a", since: 18),
      .init(
        "a check that is not enforced", given: t, "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT ENFORCED",
        since: 18),
      .init(
        "a foreign key that is no longer enforced",
        given: t
          + "ALTER TABLE t ADD PRIMARY KEY (a); CREATE TABLE u (a integer CONSTRAINT u_t REFERENCES t (a))",
        "ALTER TABLE u ALTER CONSTRAINT u_t NOT ENFORCED", since: 18),
      .init(
        "a key without overlaps",
        "CREATE TABLE w (v int4range, d daterange, PRIMARY KEY (v, d WITHOUT OVERLAPS))",
        since: 18),
      .init(
        "inheritance of a constraint", given: t + "ALTER TABLE t ADD CONSTRAINT there NOT NULL a",
        "ALTER TABLE t ALTER CONSTRAINT there NO INHERIT", changesNothing: true, since: 18),
      .init(
        "RETURNING old and new", given: t, "UPDATE t SET a = 1 RETURNING WITH (OLD AS o, NEW AS n) o.a, n.a",
        changesNothing: true, since: 18),
    ])
  }
}
