import Testing

@testable import Script

@Suite("Adding, checking and dropping constraints")
struct AlterConstraintTests {
  @Test("what a statement does is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "a foreign key locks both tables",
      sql: "ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (b_id) REFERENCES b (id)",
      expected: """
        uses table public.a
        uses column public.a.b_id
        creates constraint f on public.a := FOREIGN KEY (b_id) REFERENCES public.b(id)
        uses table public.b
        uses column public.b.id
        locks table public.a SHARE ROW EXCLUSIVE scanning
        locks table public.b SHARE ROW EXCLUSIVE
        again: fails, constraint f on public.a is already there
        """),
    StatementCase(
      name: "a foreign key that is not checked at once",
      sql: "ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (b_id) REFERENCES b (id) NOT VALID",
      expected: """
        uses table public.a
        uses column public.a.b_id
        creates constraint f on public.a := FOREIGN KEY (b_id) REFERENCES public.b(id) NOT VALID
        uses table public.b
        uses column public.b.id
        locks table public.a SHARE ROW EXCLUSIVE
        locks table public.b SHARE ROW EXCLUSIVE
        again: fails, constraint f on public.a is already there
        """),
    StatementCase(
      name: "a constraint is checked later",
      earlier: """
        CREATE TABLE b (id int PRIMARY KEY); CREATE TABLE a (x int); ALTER TABLE a ADD CONSTRAINT f \
        FOREIGN KEY (x) REFERENCES b NOT VALID
        """,
      sql: "ALTER TABLE a VALIDATE CONSTRAINT f",
      expected: """
        uses table public.a
        uses constraint f on public.a
        alters constraint f on public.a := VALIDATE CONSTRAINT
        locks table public.a SHARE UPDATE EXCLUSIVE scanning
        locks table public.b ROW SHARE
        """),
    StatementCase(
      name: "a check without a name",
      sql: "ALTER TABLE t ADD CHECK (a > 0)",
      expected: """
        uses table public.t
        uses column public.t.a
        creates constraint t_a_check on public.t := CHECK (a > 0)
        locks table public.t ACCESS EXCLUSIVE scanning
        again: a second constraint of that kind is made
        """),
    StatementCase(
      name: "a primary key from an index",
      earlier: "CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a)",
      sql: "ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY USING INDEX i",
      expected: """
        uses table public.t
        uses index public.i
        creates constraint t_pkey on public.t := PRIMARY KEY (a)
        uses column public.t.a
        drops index public.i
        creates index public.t_pkey from public.i
        locks table public.t ACCESS EXCLUSIVE
        again: fails, constraint t_pkey on public.t is already there
        """),
    StatementCase(
      name: "a dropped constraint takes its index along",
      earlier: "CREATE TABLE t (a int UNIQUE)",
      sql: "ALTER TABLE t DROP CONSTRAINT IF EXISTS t_a_key",
      expected: """
        uses table public.t
        drops index public.t_a_key if exists
        drops constraint t_a_key on public.t if exists
        locks table public.t ACCESS EXCLUSIVE
        """),
  ]
}
