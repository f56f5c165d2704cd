import Testing

@testable import Script

@Suite("ALTER TABLE")
struct AlterTableTests {
  @Test("what a statement does is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "a column without a default",
      sql: "ALTER TABLE t ADD COLUMN IF NOT EXISTS a text",
      expected: """
        uses table public.t
        creates column public.t.a if not exists := text
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "a constant default writes nothing anew",
      sql: "ALTER TABLE t ADD COLUMN a timestamptz NOT NULL DEFAULT now()",
      expected: """
        uses table public.t
        creates column public.t.a := timestamp with time zone NOT NULL DEFAULT now()
        locks table public.t ACCESS EXCLUSIVE
        again: fails, column public.t.a is already there
        """),
    StatementCase(
      name: "a volatile default writes the table anew",
      sql: "ALTER TABLE t ADD COLUMN a uuid DEFAULT gen_random_uuid()",
      expected: """
        uses table public.t
        creates column public.t.a := uuid DEFAULT gen_random_uuid()
        locks table public.t ACCESS EXCLUSIVE rewriting scanning
        again: fails, column public.t.a is already there
        """),
    StatementCase(
      name: "a serial column writes the table anew",
      sql: "ALTER TABLE t ADD COLUMN a bigserial",
      expected: """
        uses table public.t
        creates column public.t.a := bigint NOT NULL DEFAULT nextval('public.t_a_seq'::regclass)
        creates sequence public.t_a_seq := OWNED BY public.t.a
        locks table public.t ACCESS EXCLUSIVE rewriting scanning
        again: fails, column public.t.a is already there
        """),
    StatementCase(
      name: "NOT NULL without a default reads the table",
      sql: "ALTER TABLE t ADD COLUMN a int NOT NULL",
      expected: """
        uses table public.t
        creates column public.t.a := integer NOT NULL
        locks table public.t ACCESS EXCLUSIVE scanning
        again: fails, column public.t.a is already there
        """),
    StatementCase(
      name: "a column with a reference",
      sql: "ALTER TABLE t ADD COLUMN owner uuid REFERENCES auth.users (id)",
      expected: """
        uses table public.t
        creates column public.t.owner := uuid
        creates constraint t_owner_fkey on public.t := FOREIGN KEY (owner) REFERENCES auth.users(id)
        uses table auth.users
        uses column auth.users.id
        locks table public.t ACCESS EXCLUSIVE
        locks table auth.users SHARE ROW EXCLUSIVE
        again: fails, column public.t.owner is already there
        """),
    StatementCase(
      name: "dropping a column takes along what is on it",
      earlier: "CREATE TABLE t (a int UNIQUE, b int, CHECK (a < b)); CREATE INDEX i ON t (b)",
      sql: "ALTER TABLE t DROP COLUMN IF EXISTS b",
      expected: """
        uses table public.t
        drops index public.i if exists
        drops constraint t_check on public.t if exists
        drops column public.t.b if exists
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "defaults and NOT NULL",
      earlier: "CREATE TABLE t (a int)",
      sql: "ALTER TABLE t ALTER a SET DEFAULT 5, ALTER a SET NOT NULL",
      expected: """
        uses table public.t
        uses column public.t.a
        alters column public.t.a := SET NOT NULL
        alters column public.t.a := SET DEFAULT 5
        locks table public.t ACCESS EXCLUSIVE scanning
        """),
    StatementCase(
      name: "a proven NOT NULL needs no scan",
      earlier: "CREATE TABLE t (a int, CONSTRAINT c CHECK (a IS NOT NULL))",
      sql: "ALTER TABLE t ALTER a SET NOT NULL",
      expected: """
        uses table public.t
        uses column public.t.a
        alters column public.t.a := SET NOT NULL
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "dropping defaults and NOT NULL",
      earlier: "CREATE TABLE t (a int NOT NULL DEFAULT 5)",
      sql: "ALTER TABLE t ALTER a DROP DEFAULT, ALTER a DROP NOT NULL",
      expected: """
        uses table public.t
        uses column public.t.a
        alters column public.t.a := DROP DEFAULT
        alters column public.t.a := DROP NOT NULL
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "a change of type writes the table anew",
      earlier: "CREATE TABLE t (a int)",
      sql: "ALTER TABLE t ALTER a TYPE bigint",
      expected: """
        uses table public.t
        uses column public.t.a
        alters column public.t.a := TYPE bigint
        locks table public.t ACCESS EXCLUSIVE rewriting scanning
        """),
    StatementCase(
      name: "a wider varchar leaves the rows as they are",
      earlier: "CREATE TABLE t (a varchar(20))",
      sql: "ALTER TABLE t ALTER a TYPE varchar(40)",
      expected: """
        uses table public.t
        uses column public.t.a
        alters column public.t.a := TYPE character varying(40)
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "a conversion is an expression",
      sql: "ALTER TABLE t ALTER a TYPE uuid USING a::uuid",
      expected: """
        uses table public.t
        uses column public.t.a
        alters column public.t.a := TYPE uuid USING a::uuid
        locks table public.t ACCESS EXCLUSIVE rewriting scanning
        again: unknown, the USING expression runs again on the new type
        """),
    StatementCase(
      name: "identity",
      earlier: "CREATE TABLE t (a int NOT NULL)",
      sql: "ALTER TABLE t ALTER a ADD GENERATED BY DEFAULT AS IDENTITY",
      expected: """
        uses table public.t
        uses column public.t.a
        alters column public.t.a := ADD GENERATED BY DEFAULT AS IDENTITY
        creates sequence public.t_a_seq := OWNED BY public.t.a
        locks table public.t ACCESS EXCLUSIVE
        again: fails, column public.t.a is already an identity column
        """),
    StatementCase(
      name: "what drops comes first, whatever stands first",
      earlier: "CREATE TABLE t (a int)",
      sql: "ALTER TABLE t ALTER a SET NOT NULL, ALTER a DROP NOT NULL",
      expected: """
        uses table public.t
        uses column public.t.a
        alters column public.t.a := DROP NOT NULL
        alters column public.t.a := SET NOT NULL
        locks table public.t ACCESS EXCLUSIVE scanning
        """),
    StatementCase(
      name: "row security",
      sql: "ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
      expected: """
        uses table public.t
        creates row security on public.t if not exists
        creates forced row security on public.t if not exists
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "row security off",
      sql: "ALTER TABLE t DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY",
      expected: """
        uses table public.t
        drops row security on public.t if exists
        drops forced row security on public.t if exists
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "triggers on and off",
      sql: "ALTER TABLE t DISABLE TRIGGER stamp",
      expected: """
        uses table public.t
        uses trigger stamp on public.t
        alters trigger stamp on public.t := DISABLE TRIGGER
        locks table public.t SHARE ROW EXCLUSIVE
        """),
    StatementCase(
      name: "storage parameters",
      sql: "ALTER TABLE t SET (autovacuum_enabled = false, fillfactor = 70)",
      expected: """
        uses table public.t
        alters table public.t := SET (autovacuum_enabled = false, fillfactor = 70)
        locks table public.t SHARE UPDATE EXCLUSIVE
        """),
    StatementCase(
      name: "statistics",
      sql: "ALTER TABLE t ALTER a SET STATISTICS 500",
      expected: """
        uses table public.t
        uses column public.t.a
        alters column public.t.a := SET STATISTICS 500
        locks table public.t SHARE UPDATE EXCLUSIVE
        """),
    StatementCase(
      name: "logging",
      sql: "ALTER TABLE t SET UNLOGGED",
      expected: """
        uses table public.t
        alters table public.t := SET UNLOGGED
        locks table public.t ACCESS EXCLUSIVE rewriting
        """),
    StatementCase(
      name: "replica identity",
      sql: "ALTER TABLE t REPLICA IDENTITY FULL",
      expected: """
        uses table public.t
        alters table public.t := REPLICA IDENTITY FULL
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "owner",
      sql: "ALTER TABLE t OWNER TO app",
      expected: """
        uses table public.t
        uses role app
        alters table public.t := OWNER TO app
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "a partition attached",
      earlier: """
        CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE INDEX i ON p (a); CREATE TABLE c (a int)
        """,
      sql: "ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (1, 2)",
      expected: """
        uses table public.p
        uses table public.c
        alters table public.c := PARTITION OF public.p IN (1, 2)
        creates index public.c_a_idx := CREATE INDEX c_a_idx ON public.c USING btree (a)
        locks table public.c ACCESS EXCLUSIVE scanning
        locks table public.p SHARE UPDATE EXCLUSIVE
        again: fails, table public.c is already a partition
        """),
    StatementCase(
      name: "a partition detached",
      sql: "ALTER TABLE p DETACH PARTITION c CONCURRENTLY",
      expected: """
        uses table public.p
        uses table public.c
        alters table public.c := NO PARTITION OF public.p
        locks table public.c ACCESS EXCLUSIVE
        locks table public.p SHARE UPDATE EXCLUSIVE
        only outside a transaction: ALTER TABLE … DETACH CONCURRENTLY
        again: fails, table public.c is no partition any more
        """),
    StatementCase(
      name: "inheritance",
      sql: "ALTER TABLE c INHERIT p",
      expected: """
        uses table public.c
        uses table public.p
        alters table public.c := INHERIT public.p
        locks table public.c ACCESS EXCLUSIVE
        locks table public.p SHARE UPDATE EXCLUSIVE
        again: fails, it already inherits from table public.p
        """),
    StatementCase(
      name: "ALTER TABLE IF EXISTS",
      sql: "ALTER TABLE IF EXISTS t ADD COLUMN a int",
      expected: """
        uses table public.t if exists
        creates column public.t.a if exists := integer
        locks table public.t ACCESS EXCLUSIVE
        again: fails, column public.t.a is already there
        """),
    StatementCase(
      name: "a view's option",
      sql: "ALTER VIEW v SET (security_invoker = true)",
      expected: """
        uses view public.v
        alters view public.v := SET (security_invoker = true)
        locks view public.v ACCESS EXCLUSIVE
        """),
  ]
}
