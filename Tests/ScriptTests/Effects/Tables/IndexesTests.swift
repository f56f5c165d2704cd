import Testing

@testable import Script

@Suite("Indexes")
struct IndexesTests {
  @Test("what a statement does is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "a plain index",
      sql: "CREATE INDEX idx ON public.t (a, b DESC)",
      expected: """
        uses table public.t
        creates index public.idx := CREATE INDEX idx ON public.t USING btree (a, b DESC)
        uses column public.t.a
        uses column public.t.b
        locks table public.t SHARE scanning
        again: fails, index public.idx is already there
        """),
    StatementCase(
      name: "without a lock on writers",
      sql: "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS idx ON t (a)",
      expected: """
        uses table public.t
        creates index public.idx if not exists := CREATE UNIQUE INDEX idx ON public.t USING btree (a)
        uses column public.t.a
        locks table public.t SHARE UPDATE EXCLUSIVE scanning
        only outside a transaction: CREATE INDEX CONCURRENTLY
        """),
    StatementCase(
      name: "an index of a partitioned table that is there already leaves the partitions alone",
      earlier: """
        CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1); \
        CREATE INDEX idx ON p (a)
        """,
      sql: "CREATE INDEX IF NOT EXISTS idx ON p (a)",
      expected: """
        uses table public.p
        creates index public.idx if not exists := CREATE INDEX idx ON public.p USING btree (a)
        uses column public.p.a
        locks table public.p SHARE scanning
        """),
    StatementCase(
      name: "names of unnamed indexes",
      sql: "CREATE INDEX ON t (lower(email), (a + b), c) INCLUDE (d)",
      expected: """
        uses table public.t
        uses column public.t.email
        uses column public.t.a
        uses column public.t.b
        creates index public.t_lower_expr_c_d_idx := CREATE INDEX t_lower_expr_c_d_idx ON public.t \
        USING btree (lower(email), (a + b), c) INCLUDE (d)
        uses column public.t.c
        uses column public.t.d
        locks table public.t SHARE scanning
        again: a second index is made
        """),
    StatementCase(
      name: "a second index of one shape gets a number",
      earlier: "CREATE INDEX ON t (a)",
      sql: "CREATE INDEX ON t (a)",
      expected: """
        uses table public.t
        creates index public.t_a_idx1 := CREATE INDEX t_a_idx1 ON public.t USING btree (a)
        uses column public.t.a
        locks table public.t SHARE scanning
        again: a second index is made
        """),
    StatementCase(
      name: "method, operator class, condition",
      sql: "CREATE INDEX idx ON t USING gin (name public.gin_trgm_ops) WHERE deleted_at IS NULL",
      expected: """
        uses table public.t
        uses operator class public.gin_trgm_ops
        uses column public.t.deleted_at
        creates index public.idx := CREATE INDEX idx ON public.t USING gin (name public.gin_trgm_ops) \
        WHERE (deleted_at IS NULL)
        uses column public.t.name
        locks table public.t SHARE scanning
        again: fails, index public.idx is already there
        """),
    StatementCase(
      name: "an index on a partitioned table",
      earlier: "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT",
      sql: "CREATE INDEX ON p (a)",
      expected: """
        uses table public.p
        creates index public.p_a_idx := CREATE INDEX p_a_idx ON public.p USING btree (a)
        uses column public.p.a
        creates index public.c_a_idx := CREATE INDEX c_a_idx ON public.c USING btree (a)
        uses table public.c
        locks table public.p SHARE scanning
        locks table public.c SHARE scanning
        again: a second index is made
        """),
    StatementCase(
      name: "an index dropped",
      earlier: "CREATE TABLE t (a int); CREATE INDEX i ON t (a)",
      sql: "DROP INDEX IF EXISTS i",
      expected: """
        drops index public.i if exists
        locks table public.t ACCESS EXCLUSIVE
        locks index public.i ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "an index dropped concurrently",
      sql: "DROP INDEX CONCURRENTLY i",
      expected: """
        drops index public.i
        locks index public.i SHARE UPDATE EXCLUSIVE
        only outside a transaction: DROP INDEX CONCURRENTLY
        again: fails, index public.i is gone
        """),
    StatementCase(
      name: "an index renamed",
      sql: "ALTER INDEX i RENAME TO j",
      expected: """
        drops index public.i
        creates index public.j from public.i
        locks index public.i SHARE UPDATE EXCLUSIVE
        again: fails, index public.i is gone
        """),
    StatementCase(
      name: "REINDEX",
      sql: "REINDEX TABLE CONCURRENTLY t",
      expected: """
        uses table public.t
        locks table public.t SHARE UPDATE EXCLUSIVE scanning
        only outside a transaction: REINDEX CONCURRENTLY
        """),
  ]
}
