import Testing

@testable import Script

@Suite("Types, operators and casts")
struct TypesTests {
  @Test("what a statement does is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "an enumerated type",
      sql: "CREATE TYPE mood AS ENUM ('sad', 'it''s ok')",
      expected: """
        creates type public.mood := ENUM ('sad', 'it''s ok')
        creates enum value 'sad' of public.mood
        creates enum value 'it's ok' of public.mood
        again: fails, type public.mood is already there
        """),
    StatementCase(
      name: "a new value",
      sql: "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'great' AFTER 'ok'",
      expected: """
        uses type public.mood
        uses enum value 'ok' of public.mood
        creates enum value 'great' of public.mood if not exists := AFTER 'ok'
        usable after commit: ALTER TYPE … ADD VALUE
        """),
    StatementCase(
      name: "a value renamed",
      sql: "ALTER TYPE app.mood RENAME VALUE 'ok' TO 'fine'",
      expected: """
        uses type app.mood
        drops enum value 'ok' of app.mood
        creates enum value 'fine' of app.mood from 'ok' of app.mood
        again: fails, enum value 'ok' of app.mood is gone
        """),
    StatementCase(
      name: "a composite type",
      sql: "CREATE TYPE address AS (street text, kind mood)",
      expected: """
        creates type public.address := AS (street text, kind public.mood)
        uses type public.mood
        again: fails, type public.address is already there
        """),
    StatementCase(
      name: "a composite type changed",
      sql: "ALTER TYPE address ADD ATTRIBUTE zip text",
      expected: """
        uses type public.address
        alters type public.address := ADD ATTRIBUTE zip text
        again: fails, type public.address already has the attribute
        """),
    StatementCase(
      name: "a range type",
      sql: "CREATE TYPE spans AS RANGE (subtype = float8)",
      expected: """
        creates type public.spans := RANGE (subtype = double precision)
        again: fails, type public.spans is already there
        """),
    StatementCase(
      name: "a domain",
      sql: "CREATE DOMAIN email AS citext NOT NULL CHECK (VALUE ~ '@')",
      expected: """
        creates domain public.email := public.citext NOT NULL CHECK (value ~ '@')
        uses type public.citext
        again: fails, domain public.email is already there
        """),
    StatementCase(
      name: "a domain changed",
      sql: "ALTER DOMAIN email ADD CONSTRAINT short CHECK (length(VALUE) < 100)",
      expected: """
        uses domain public.email
        alters domain public.email := ADD CONSTRAINT short CHECK (length(value) < 100)
        again: fails, domain public.email is already so
        """),
    StatementCase(
      name: "a type renamed where columns are of it",
      earlier: "CREATE TYPE mood AS ENUM ('x'); CREATE TABLE t (m mood, ms mood[])",
      sql: "ALTER TYPE mood RENAME TO feeling",
      expected: """
        alters column public.t.m := TYPE public.feeling
        alters column public.t.ms := TYPE public.feeling[]
        drops enum value 'x' of public.mood
        creates enum value 'x' of public.feeling from 'x' of public.mood
        drops type public.mood
        creates type public.feeling from public.mood
        again: fails, type public.mood is gone
        """),
    StatementCase(
      name: "a type dropped with what is of it",
      earlier: "CREATE TYPE mood AS ENUM ('x'); CREATE TABLE t (a int, m mood)",
      sql: "DROP TYPE mood CASCADE",
      expected: """
        drops enum value 'x' of public.mood
        drops column public.t.m
        drops type public.mood
        locks table public.t ACCESS EXCLUSIVE
        again: fails, type public.mood is gone
        """),
    StatementCase(
      name: "an operator",
      sql: "CREATE OPERATOR app.=== (LEFTARG = int, RIGHTARG = text, FUNCTION = app.same)",
      expected: """
        uses function app.same()
        creates operator app."==="(integer, text) := function = app.same, leftarg = integer, rightarg \
        = text
        again: fails, operator app."==="(integer, text) is already there
        """),
    StatementCase(
      name: "a cast",
      sql: "CREATE CAST (text AS mood) WITH INOUT AS ASSIGNMENT",
      expected: """
        uses type public.mood
        creates cast "text AS public.mood" := WITH INOUT AS ASSIGNMENT
        again: fails, cast "text AS public.mood" is already there
        """),
    StatementCase(
      name: "an operator class",
      sql: "CREATE OPERATOR CLASS app.ops FOR TYPE int USING btree AS OPERATOR 1 <",
      expected: """
        creates operator class app.ops := CREATE OPERATOR CLASS app.ops FOR TYPE int USING btree AS \
        OPERATOR 1 <
        creates operator family app.ops
        again: fails, operator class app.ops is already there
        """),
    StatementCase(
      name: "a collation",
      sql: "CREATE COLLATION IF NOT EXISTS german (provider = icu, locale = 'de-DE')",
      expected: """
        creates collation public.german if not exists := locale = de-DE, provider = icu
        """),
    StatementCase(
      name: "text search",
      sql: "CREATE TEXT SEARCH CONFIGURATION app.english (COPY = pg_catalog.english)",
      expected: """
        creates text search configuration app.english := copy = pg_catalog.english
        again: fails, text search configuration app.english is already there
        """),
  ]
}
