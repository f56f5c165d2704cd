import Testing

@testable import Script

@Suite("Queries, data changes and maintenance")
struct DataStatementsTests {
  @Test("what a statement does is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "INSERT",
      sql: "INSERT INTO t (a, b) VALUES (1, 'x')",
      expected: """
        uses table public.t
        uses column public.t.a
        uses column public.t.b
        locks table public.t ROW EXCLUSIVE
        again: the rows are inserted again
        """),
    StatementCase(
      name: "INSERT that does nothing twice",
      sql: "INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING",
      expected: """
        uses table public.t
        uses column public.t.a
        locks table public.t ROW EXCLUSIVE
        """),
    StatementCase(
      name: "INSERT of what is missing",
      sql: "INSERT INTO t (a) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM t WHERE a = 1)",
      expected: """
        uses table public.t
        uses column public.t.a
        locks table public.t ROW EXCLUSIVE
        """),
    StatementCase(
      name: "INSERT that updates",
      sql: "INSERT INTO t (a, n) VALUES (1, 2) ON CONFLICT (a) DO UPDATE SET n = t.n + excluded.n",
      expected: """
        uses table public.t
        uses column public.t.a
        uses column public.t.n
        locks table public.t ROW EXCLUSIVE
        again: unknown, rows that are there are updated again
        """),
    StatementCase(
      name: "UPDATE with constants",
      sql: "UPDATE app.t SET a = 1 WHERE b IS NULL",
      expected: """
        uses table app.t
        uses column app.t.a
        uses column app.t.b
        locks table app.t ROW EXCLUSIVE
        """),
    StatementCase(
      name: "UPDATE from the old value",
      sql: "UPDATE t SET n = n + 1",
      expected: """
        uses table public.t
        uses column public.t.n
        locks table public.t ROW EXCLUSIVE
        again: unknown, the new values are computed from the old
        """),
    StatementCase(
      name: "UPDATE from another table",
      sql: "UPDATE t SET a = s.a FROM s WHERE s.id = t.s_id",
      expected: """
        uses table public.t
        uses table public.s
        uses column public.t.a
        uses column public.s.a
        uses column public.s.id
        uses column public.t.s_id
        locks table public.t ROW EXCLUSIVE
        locks table public.s ACCESS SHARE
        """),
    StatementCase(
      name: "DELETE",
      sql: "DELETE FROM t USING s WHERE s.id = t.id",
      expected: """
        uses table public.t
        uses table public.s
        uses column public.s.id
        uses column public.t.id
        locks table public.t ROW EXCLUSIVE
        locks table public.s ACCESS SHARE
        again: rows written since are deleted too
        """),
    StatementCase(
      name: "MERGE",
      sql: """
        MERGE INTO t USING s ON s.id = t.id WHEN MATCHED THEN UPDATE SET a = s.a WHEN NOT MATCHED THEN \
        INSERT (id) VALUES (s.id)
        """,
      expected: """
        uses table public.t
        uses table public.s
        uses column public.s.id
        uses column public.t.id
        uses column public.t.a
        uses column public.s.a
        locks table public.t ROW EXCLUSIVE
        locks table public.s ACCESS SHARE
        again: unknown, rows that match are changed again
        """),
    StatementCase(
      name: "TRUNCATE",
      sql: "TRUNCATE t",
      expected: """
        uses table public.t
        locks table public.t ACCESS EXCLUSIVE
        again: rows written since are removed too
        """),
    StatementCase(
      name: "COPY",
      sql: "COPY t (a, b) FROM '/tmp/x'",
      expected: """
        uses table public.t
        uses column public.t.a
        uses column public.t.b
        locks table public.t ROW EXCLUSIVE
        again: the rows are copied again
        """),
    StatementCase(
      name: "SELECT",
      sql: "SELECT a FROM t WHERE b IN (SELECT c FROM u) FOR UPDATE",
      expected: """
        uses table public.t
        uses column public.t.a
        uses column public.t.b
        uses table public.u
        locks table public.t ROW SHARE
        locks table public.u ACCESS SHARE
        """),
    StatementCase(
      name: "a writing WITH query",
      sql: "WITH gone AS (DELETE FROM t RETURNING id) SELECT count(*) FROM gone",
      expected: """
        uses table public.t
        uses column public.t.id
        locks table public.t ROW EXCLUSIVE
        again: unknown, it writes rows
        """),
    StatementCase(
      name: "LOCK TABLE",
      sql: "LOCK TABLE t IN SHARE MODE",
      expected: """
        uses table public.t
        locks table public.t SHARE
        """),
    StatementCase(
      name: "a function called",
      sql: "SELECT cron.schedule('nightly', '0 0 * * *', 'SELECT 1')",
      expected: """
        uses function cron.schedule()
        again: unknown, it calls functions
        """),
    StatementCase(
      name: "VACUUM",
      sql: "VACUUM (FULL) t",
      expected: """
        uses table public.t
        locks table public.t ACCESS EXCLUSIVE rewriting scanning
        only outside a transaction: VACUUM
        """),
    StatementCase(
      name: "ANALYZE",
      sql: "ANALYZE t",
      expected: """
        uses table public.t
        locks table public.t SHARE UPDATE EXCLUSIVE scanning
        """),
    StatementCase(
      name: "CLUSTER",
      sql: "CLUSTER t USING i",
      expected: """
        uses table public.t
        uses index public.i
        alters table public.t := CLUSTER ON i
        locks table public.t ACCESS EXCLUSIVE rewriting scanning
        """),
    StatementCase(
      name: "BEGIN",
      sql: "BEGIN",
      expected: """
        transaction: begin
        """),
    StatementCase(
      name: "COMMIT",
      sql: "COMMIT",
      expected: """
        transaction: commit
        """),
    StatementCase(
      name: "ROLLBACK",
      sql: "ROLLBACK",
      expected: """
        transaction: rollback
        """),
    StatementCase(
      name: "SAVEPOINT",
      sql: "SAVEPOINT s",
      expected: """
        transaction: savepoint
        """),
  ]
}
