import Testing

@testable import Script

@Suite("Roles and privileges")
struct GrantsTests {
  @Test("what a statement does is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "privileges on a table",
      sql: "GRANT SELECT, INSERT ON public.t TO anon, authenticated WITH GRANT OPTION",
      expected: """
        uses role anon
        uses role authenticated
        uses table public.t
        creates grant SELECT to anon on public.t if not exists := WITH GRANT OPTION
        creates grant INSERT to anon on public.t if not exists := WITH GRANT OPTION
        creates grant SELECT to authenticated on public.t if not exists := WITH GRANT OPTION
        creates grant INSERT to authenticated on public.t if not exists := WITH GRANT OPTION
        """),
    StatementCase(
      name: "all privileges",
      sql: "GRANT ALL ON t TO service_role",
      expected: """
        uses role service_role
        uses table public.t
        creates grant SELECT to service_role on public.t if not exists
        creates grant INSERT to service_role on public.t if not exists
        creates grant UPDATE to service_role on public.t if not exists
        creates grant DELETE to service_role on public.t if not exists
        creates grant TRUNCATE to service_role on public.t if not exists
        creates grant REFERENCES to service_role on public.t if not exists
        creates grant TRIGGER to service_role on public.t if not exists
        creates grant MAINTAIN to service_role on public.t guarded (only on servers from version 17 on)
        """),
    StatementCase(
      name: "privileges on columns",
      sql: "GRANT SELECT (a, b) ON t TO anon",
      expected: """
        uses role anon
        uses table public.t
        creates grant SELECT to anon on public.t.a if not exists
        uses column public.t.a
        creates grant SELECT to anon on public.t.b if not exists
        uses column public.t.b
        """),
    StatementCase(
      name: "a function",
      sql: "REVOKE EXECUTE ON FUNCTION app.f(int, varchar) FROM PUBLIC",
      expected: """
        uses function app.f(integer, character varying)
        drops grant EXECUTE to public on app.f(integer, character varying) if exists
        """),
    StatementCase(
      name: "a schema",
      sql: "GRANT USAGE ON SCHEMA app TO anon",
      expected: """
        uses role anon
        uses schema app
        creates grant USAGE to anon on app if not exists
        """),
    StatementCase(
      name: "all tables of a schema",
      earlier: "CREATE TABLE t (a int)",
      sql: "GRANT SELECT ON ALL TABLES IN SCHEMA public TO anon",
      expected: """
        uses role anon
        creates grant SELECT to anon on public.t if not exists
        uses table public.t
        opaque: it reaches every table that schema public holds when it runs
        """),
    StatementCase(
      name: "default privileges",
      sql: """
        ALTER DEFAULT PRIVILEGES FOR ROLE app IN SCHEMA public GRANT SELECT, UPDATE ON TABLES TO anon
        """,
      expected: """
        uses role app
        uses role anon
        creates default privilege SELECT to anon on public.tables if not exists
        creates default privilege UPDATE to anon on public.tables if not exists
        """),
    StatementCase(
      name: "membership",
      sql: "GRANT reader TO app",
      expected: """
        uses role reader
        uses role app
        creates grant MEMBER to app on reader if not exists
        """),
    StatementCase(
      name: "roles",
      sql: "CREATE ROLE app LOGIN PASSWORD 'secret'",
      expected: """
        creates role app := LOGIN PASSWORD
        again: fails, role app is already there
        """),
    StatementCase(
      name: "a role's settings",
      sql: "ALTER ROLE app SET statement_timeout = '5s'",
      expected: """
        uses role app
        creates setting statement_timeout or replace := 5s
        """),
    StatementCase(
      name: "a role dropped",
      sql: "DROP ROLE IF EXISTS app",
      expected: """
        drops role app if exists
        """),
  ]
}
