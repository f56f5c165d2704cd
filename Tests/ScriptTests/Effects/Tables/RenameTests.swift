import Testing

@testable import Script

@Suite("Renaming and moving")
struct RenameTests {
  @Test("what a statement does is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "a table renamed takes its parts along",
      earlier: """
        CREATE TABLE t (a int CHECK (a > 0)); COMMENT ON TABLE t IS 'c'; GRANT SELECT ON t TO anon
        """,
      sql: "ALTER TABLE t RENAME TO u",
      expected: """
        drops comment on table public.t
        creates comment on table public.u from on table public.t
        drops constraint t_a_check on public.t
        creates constraint t_a_check on public.u from t_a_check on public.t
        drops column public.t.a
        creates column public.u.a from public.t.a
        drops grant SELECT to anon on public.t
        creates grant SELECT to anon on public.u from SELECT to anon on public.t
        drops table public.t
        creates table public.u from public.t
        locks table public.t ACCESS EXCLUSIVE
        again: fails, table public.t is gone
        """),
    StatementCase(
      name: "a column renamed",
      earlier: "CREATE TABLE t (a int)",
      sql: "ALTER TABLE t RENAME COLUMN a TO b",
      expected: """
        uses table public.t
        drops column public.t.a
        creates column public.t.b from public.t.a
        locks table public.t ACCESS EXCLUSIVE
        again: fails, column public.t.a is gone
        """),
    StatementCase(
      name: "a constraint renamed with its index",
      earlier: "CREATE TABLE t (a int UNIQUE)",
      sql: "ALTER TABLE t RENAME CONSTRAINT t_a_key TO k",
      expected: """
        drops constraint t_a_key on public.t
        creates constraint k on public.t from t_a_key on public.t
        drops index public.t_a_key
        creates index public.k from public.t_a_key
        locks table public.t ACCESS EXCLUSIVE
        again: fails, constraint t_a_key on public.t is gone
        """),
    StatementCase(
      name: "another schema",
      earlier: "CREATE TABLE t (a serial UNIQUE)",
      sql: "ALTER TABLE t SET SCHEMA app",
      expected: """
        uses schema app
        drops index public.t_a_key
        creates index app.t_a_key from public.t_a_key
        drops sequence public.t_a_seq
        creates sequence app.t_a_seq from public.t_a_seq
        drops constraint t_a_key on public.t
        creates constraint t_a_key on app.t from t_a_key on public.t
        drops column public.t.a
        creates column app.t.a from public.t.a
        drops table public.t
        creates table app.t from public.t
        locks table public.t ACCESS EXCLUSIVE
        again: fails, table public.t is gone
        """),
  ]
}
