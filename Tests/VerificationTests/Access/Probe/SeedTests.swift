import Postgres
import Schema
import Testing

@testable import Verification

@Suite("Rows for the probe")
struct SeedTests {
  /// Tables in which only a row that keeps all rules can be made.
  private static let tables = [
    "a pattern":
      "CREATE TABLE t (id int PRIMARY KEY, name text UNIQUE CHECK (name ~ '^[a-z][a-z0-9_]{0,62}$'))",
    "a pattern with alternatives":
      "CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL CHECK (code ~ '^(AB|CD)-\\d{3}(\\.\\d+)?$'))",
    "unique bytes and days":
      "CREATE TABLE t (id int PRIMARY KEY, hash bytea UNIQUE, day date UNIQUE NOT NULL)",
    "one of two":
      """
    CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY);
    CREATE TABLE t (id int PRIMARY KEY, a int REFERENCES a, b int REFERENCES b, CHECK (num_nonnulls(a, b) = 1))
    """,
    "one of two that refer to nothing":
      "CREATE TABLE t (id int PRIMARY KEY, a text, b text, CHECK (num_nonnulls(a, b) = 1))",
    "content or what is encrypted":
      """
    CREATE TABLE t (id int PRIMARY KEY, content text, secret bytea, embedding int,
      CHECK (CASE WHEN secret IS NULL THEN content IS NOT NULL ELSE content IS NULL AND embedding IS NULL END))
    """,
    "one or the other, and never a third without a second":
      """
    CREATE TABLE t (id int PRIMARY KEY, a text, b text, c text, CHECK (a IS NOT NULL OR b IS NOT NULL),
      CHECK ((c IS NULL) = (b IS NULL)), CHECK (NOT (a IS NOT NULL AND b IS NULL)))
    """,
    "both or none of two of which one refers":
      """
    CREATE TABLE e (id int PRIMARY KEY);
    CREATE TABLE t (id int PRIMARY KEY, e int REFERENCES e, note text, CHECK (num_nulls(e, note) IN (0, 2)),
      CHECK ((e IS NULL) = (note IS NULL)))
    """,
    "two that differ":
      """
    CREATE TABLE e (id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES auth.users);
    CREATE TABLE t (a uuid REFERENCES e (id), b uuid REFERENCES e (id), PRIMARY KEY (a, b), CHECK (a <> b))
    """,
    "a partition of a range":
      """
    CREATE TABLE p (id int, at timestamptz NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
    CREATE TABLE t PARTITION OF p FOR VALUES FROM ('2025-12-01') TO ('2026-01-01')
    """,
    "a partitioned table":
      """
    CREATE TABLE t (id int, kind text NOT NULL, PRIMARY KEY (id, kind)) PARTITION BY LIST (kind);
    CREATE TABLE t_b PARTITION OF t FOR VALUES IN ('b', 'c')
    """,
  ]

  @Test("keep what constraints and partitions ask for", arguments: tables.keys.sorted())
  func demanding(name: String) async throws {
    let sql = try #require(Self.tables[name])
    try await withAccessDatabase(sql) { connection, matrix in
      let (plan, report) = try await probe(
        matrix, connection, relations: [.table("public", "t")], roles: ["service_role"])
      let untried = report.entries.filter { $0.verdict == .untried }.map(\.detail)
      #expect(untried == [])
      #expect(plan.omissions.map(\.reason) == [])
      #expect(!report.entries.isEmpty)
    }
  }

  @Test(
    "a pattern's example is one of what it accepts",
    arguments: [
      ("^a$", "a"), ("^[a-a]{3}$", "aaa"), ("^x?y{2}(z|w)$", "xyyz"), ("^\\.\\-$", ".-"),
      ("^(?:ab){2,3}$", "ababab"),
    ])
  func pattern(pattern: String, expected: String) {
    #expect(PatternExample.text(for: pattern, seed: 7) == expected)
  }

  @Test(
    "a pattern that is not understood has no example",
    arguments: ["^(?=a)b$", "[^a]", "(a)\\1", "[[:alpha:]]", "a{"])
  func noPattern(pattern: String) {
    #expect(PatternExample.text(for: pattern, seed: 7) == nil)
  }
}
