import Testing

@testable import Script

@Suite("The search path")
struct SearchPathTests {
  @Test("what a statement does is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "SET search_path",
      earlier: "SET search_path TO app, public",
      sql: "CREATE TABLE t (a int)",
      expected: """
        uses schema app
        creates table app.t
        creates column app.t.a := integer
        again: fails, table app.t is already there
        """),
    StatementCase(
      name: "set_config",
      earlier: "SELECT pg_catalog.set_config('search_path', 'app', false)",
      sql: "CREATE TABLE t (a int)",
      expected: """
        uses schema app
        creates table app.t
        creates column app.t.a := integer
        again: fails, table app.t is already there
        """),
    StatementCase(
      name: "names are found where they were made",
      earlier: "CREATE TABLE app.t (a int); SET search_path = public, app",
      sql: "INSERT INTO t (a) VALUES (1)",
      expected: """
        uses table app.t
        uses column app.t.a
        locks table app.t ROW EXCLUSIVE
        again: the rows are inserted again
        """),
    StatementCase(
      name: "RESET",
      earlier: "SET search_path = app; RESET search_path",
      sql: "CREATE TABLE t (a int)",
      expected: """
        creates table public.t
        creates column public.t.a := integer
        again: fails, table public.t is already there
        """),
    StatementCase(
      name: "an empty path",
      earlier: "SET search_path = ''",
      sql: "CREATE TABLE app.t (a mood)",
      expected: """
        uses schema app
        creates table app.t
        creates column app.t.a := public.mood
        uses type public.mood
        again: fails, table app.t is already there
        """),
    StatementCase(
      name: "a schema that the file makes later is not there yet",
      earlier: "SET search_path = app, public",
      sql: "CREATE TABLE t (a int); CREATE SCHEMA app",
      expected: """
        creates schema app
        again: fails, schema app is already there
        """),
    StatementCase(
      name: "a schema that was dropped is passed over",
      earlier: "CREATE SCHEMA app; DROP SCHEMA app; SET search_path = app, public",
      sql: "CREATE TABLE t (a int)",
      expected: """
        creates table public.t
        creates column public.t.a := integer
        again: fails, table public.t is already there
        """),
    StatementCase(
      name: "SET LOCAL ends with its transaction",
      earlier: "SET search_path = app; BEGIN; SET LOCAL search_path = other; COMMIT",
      sql: "CREATE TABLE t (a int)",
      expected: """
        uses schema app
        creates table app.t
        creates column app.t.a := integer
        again: fails, table app.t is already there
        """),
    StatementCase(
      name: "SET is undone by a rollback",
      earlier: "BEGIN; SET search_path = other; ROLLBACK",
      sql: "CREATE TABLE t (a int)",
      expected: """
        creates table public.t
        creates column public.t.a := integer
        again: fails, table public.t is already there
        """),
    StatementCase(
      name: "a local set_config lasts to the end of the transaction",
      earlier: "BEGIN; SELECT set_config('search_path', 'other', true)",
      sql: "CREATE TABLE t (a int)",
      expected: """
        uses schema other
        creates table other.t
        creates column other.t.a := integer
        again: fails, table other.t is already there
        """),
  ]
}
