import Testing

@testable import Script

@Suite("CREATE TABLE after another table or a type")
struct InheritedTableTests {
  @Test("what it takes over is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "LIKE takes over what it includes",
      earlier: "CREATE TABLE s (id serial PRIMARY KEY, n int DEFAULT 1 CHECK (n > 0))",
      sql: "CREATE TABLE t (LIKE s INCLUDING ALL, extra text)",
      expected: """
        uses table public.s
        creates table public.t
        creates column public.t.id := integer NOT NULL DEFAULT nextval('public.s_id_seq'::regclass)
        creates column public.t.n := integer DEFAULT 1
        creates column public.t.extra := text
        creates constraint s_n_check on public.t := CHECK (n > 0)
        creates constraint t_pkey on public.t := PRIMARY KEY (id)
        creates index public.t_pkey := CREATE UNIQUE INDEX t_pkey ON public.t USING btree (id)
        locks table public.s ACCESS SHARE
        again: fails, table public.t is already there
        """),
    StatementCase(
      name: "LIKE of an unknown table is opaque",
      sql: "CREATE TABLE t (LIKE s)",
      expected: """
        uses table public.s
        creates table public.t
        locks table public.s ACCESS SHARE
        again: fails, table public.t is already there
        opaque: some columns of public.t are those of public.s
        """),
    StatementCase(
      name: "a partition takes over columns, keys and indexes",
      earlier: """
        CREATE TABLE p (id int, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at); \
        CREATE INDEX ON p (at)
        """,
      sql: "CREATE TABLE p_2024 PARTITION OF p FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
      expected: """
        uses table public.p
        creates table public.p_2024 := FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
        creates column public.p_2024.id := integer NOT NULL
        creates column public.p_2024.at := date NOT NULL
        creates constraint p_2024_pkey on public.p_2024 := PRIMARY KEY (id, at)
        creates index public.p_2024_pkey := CREATE UNIQUE INDEX p_2024_pkey ON public.p_2024 USING \
        btree (id, at)
        creates index public.p_2024_at_idx := CREATE INDEX p_2024_at_idx ON public.p_2024 USING btree \
        (at)
        locks table public.p ACCESS EXCLUSIVE
        again: fails, table public.p_2024 is already there
        """),
    StatementCase(
      name: "a child inherits columns and checks",
      earlier: "CREATE TABLE p (a int CHECK (a > 0), b text)",
      sql: "CREATE TABLE c (extra int) INHERITS (p)",
      expected: """
        uses table public.p
        creates table public.c
        creates column public.c.a := integer
        creates column public.c.b := text
        creates column public.c.extra := integer
        creates constraint p_a_check on public.c := CHECK (a > 0)
        locks table public.p SHARE UPDATE EXCLUSIVE
        again: fails, table public.c is already there
        """),
    StatementCase(
      name: "a table of a type",
      earlier: "CREATE TYPE kind AS (a int, b text)",
      sql: "CREATE TABLE t OF kind (PRIMARY KEY (a))",
      expected: """
        uses type public.kind
        creates table public.t
        creates column public.t.a := integer NOT NULL
        creates column public.t.b := text
        creates constraint t_pkey on public.t := PRIMARY KEY (a)
        creates index public.t_pkey := CREATE UNIQUE INDEX t_pkey ON public.t USING btree (a)
        again: fails, table public.t is already there
        """),
  ]
}
