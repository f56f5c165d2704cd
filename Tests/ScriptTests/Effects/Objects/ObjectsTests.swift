import Testing

@testable import Script

@Suite("Schemas, sequences, comments, publications and the rest")
struct ObjectsTests {
  @Test("what a statement does is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "a schema",
      sql: "CREATE SCHEMA IF NOT EXISTS app AUTHORIZATION owner",
      expected: """
        uses role owner
        creates schema app if not exists := AUTHORIZATION owner
        """),
    StatementCase(
      name: "a schema with objects",
      sql: "CREATE SCHEMA app CREATE TABLE t (a int)",
      expected: """
        creates schema app
        creates table app.t
        creates column app.t.a := integer
        again: fails, schema app is already there
        """),
    StatementCase(
      name: "a schema dropped with everything in it",
      earlier: "CREATE SCHEMA app; CREATE TABLE app.t (a int)",
      sql: "DROP SCHEMA app CASCADE",
      expected: """
        drops column app.t.a if exists
        drops table app.t if exists
        drops schema app
        locks table app.t ACCESS EXCLUSIVE
        again: fails, schema app is gone
        """),
    StatementCase(
      name: "an extension",
      sql: """
        CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA extensions
        """,
      expected: """
        uses schema extensions
        creates extension "uuid-ossp" if not exists := SCHEMA extensions
        """),
    StatementCase(
      name: "an extension's type lives in its schema",
      earlier: "CREATE EXTENSION vector SCHEMA extensions",
      sql: "CREATE TABLE t (v vector(3))",
      expected: """
        creates table public.t
        creates column public.t.v := extensions.vector(3)
        uses type extensions.vector
        again: fails, table public.t is already there
        """),
    StatementCase(
      name: "a sequence",
      sql: "CREATE SEQUENCE IF NOT EXISTS s START 5 OWNED BY t.id",
      expected: """
        creates sequence public.s if not exists := OWNED BY public.t.id START 5
        uses column public.t.id
        """),
    StatementCase(
      name: "a sequence starts over",
      sql: "ALTER SEQUENCE s RESTART WITH 1",
      expected: """
        uses sequence public.s
        alters sequence public.s := RESTART 1
        locks sequence public.s SHARE ROW EXCLUSIVE
        again: the sequence starts over
        """),
    StatementCase(
      name: "a comment",
      sql: "COMMENT ON COLUMN app.t.a IS 'it''s a'",
      expected: """
        uses column app.t.a
        creates comment on column app.t.a or replace := it's a
        locks table app.t SHARE UPDATE EXCLUSIVE
        """),
    StatementCase(
      name: "a comment taken away",
      sql: "COMMENT ON FUNCTION f(int) IS NULL",
      expected: """
        uses function public.f(integer)
        drops comment on function public.f(integer) if exists
        """),
    StatementCase(
      name: "a publication",
      sql: "CREATE PUBLICATION feed FOR TABLE t WHERE (a > 0), app.u",
      expected: """
        creates publication feed
        creates publication member public.t in feed := WHERE (a > 0)
        uses table public.t
        creates publication member app.u in feed
        uses table app.u
        locks table public.t SHARE UPDATE EXCLUSIVE
        locks table app.u SHARE UPDATE EXCLUSIVE
        again: fails, publication feed is already there
        """),
    StatementCase(
      name: "a member of a publication",
      sql: "ALTER PUBLICATION supabase_realtime ADD TABLE public.messages",
      expected: """
        uses publication supabase_realtime
        creates publication member public.messages in supabase_realtime
        uses table public.messages
        locks table public.messages SHARE UPDATE EXCLUSIVE
        again: fails, publication member public.messages in supabase_realtime is already there
        """),
    StatementCase(
      name: "a whole schema in a publication",
      sql: "ALTER PUBLICATION feed ADD TABLES IN SCHEMA app",
      expected: """
        uses publication feed
        uses schema app
        creates publication member app in feed
        again: fails, publication member app in feed is already there
        """),
    StatementCase(
      name: "a member leaves",
      sql: "ALTER PUBLICATION feed DROP TABLE t",
      expected: """
        uses publication feed
        drops publication member public.t in feed
        locks table public.t SHARE UPDATE EXCLUSIVE
        again: fails, publication member public.t in feed is gone
        """),
    StatementCase(
      name: "statistics",
      sql: "CREATE STATISTICS s (dependencies) ON a, b FROM t",
      expected: """
        uses table public.t
        uses column public.t.a
        uses column public.t.b
        creates statistics public.s := (dependencies) ON a, b FROM public.t
        locks table public.t SHARE UPDATE EXCLUSIVE
        again: fails, statistics public.s is already there
        """),
    StatementCase(
      name: "a foreign server",
      sql: "CREATE SERVER IF NOT EXISTS remote FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'x')",
      expected: """
        creates foreign server remote if not exists := OPTIONS (host 'x')
        uses foreign data wrapper postgres_fdw
        """),
    StatementCase(
      name: "a user mapping",
      sql: "CREATE USER MAPPING FOR app SERVER remote",
      expected: """
        creates user mapping app
        uses foreign server remote
        again: fails, user mapping app is already there
        """),
    StatementCase(
      name: "a subscription",
      sql: "CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p",
      expected: """
        creates subscription s := PUBLICATION p
        only outside a transaction: CREATE SUBSCRIPTION
        again: fails, subscription s is already there
        """),
    StatementCase(
      name: "a database",
      sql: "CREATE DATABASE d",
      expected: """
        creates database d
        only outside a transaction: CREATE DATABASE
        again: fails, database d is already there
        """),
    StatementCase(
      name: "a setting of the database",
      sql: "ALTER DATABASE d SET timezone = 'UTC'",
      expected: """
        creates setting timezone or replace := UTC
        """),
    StatementCase(
      name: "a setting of the server",
      sql: "ALTER SYSTEM SET wal_level = logical",
      expected: """
        creates setting wal_level or replace := logical
        only outside a transaction: ALTER SYSTEM
        """),
    StatementCase(
      name: "a tablespace",
      sql: "DROP TABLESPACE fast",
      expected: """
        drops tablespace fast
        only outside a transaction: DROP TABLESPACE
        again: fails, tablespace fast is gone
        """),
    StatementCase(
      name: "foreign tables of another server",
      sql: "IMPORT FOREIGN SCHEMA public FROM SERVER remote INTO local",
      expected: """
        uses foreign server remote
        uses schema local
        again: fails, the foreign tables are there
        opaque: the foreign tables are those that the other server has
        """),
  ]
}
