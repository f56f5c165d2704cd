import Testing

@testable import Script

@Suite("Triggers and rules")
struct TriggersTests {
  @Test("what a statement does is known before it runs", arguments: cases)
  func statement(row: StatementCase) {
    #expect(row.actual == row.expected)
  }

  static let cases: [StatementCase] = [
    StatementCase(
      name: "a trigger",
      earlier: "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
      sql: """
        CREATE TRIGGER stamp BEFORE INSERT OR UPDATE OF a ON t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE \
        FUNCTION touch('x')
        """,
      expected: """
        uses table public.t
        uses column public.t.a
        creates trigger stamp on public.t := CREATE TRIGGER stamp BEFORE INSERT OR UPDATE OF a ON \
        public.t FOR EACH ROW WHEN (new.a > 0) EXECUTE FUNCTION public.touch('x')
        uses function public.touch()
        locks table public.t SHARE ROW EXCLUSIVE
        again: fails, trigger stamp on public.t is already there
        """),
    StatementCase(
      name: "a trigger replaced",
      sql: "CREATE OR REPLACE TRIGGER stamp AFTER DELETE ON app.t EXECUTE PROCEDURE app.touch()",
      expected: """
        uses table app.t
        creates trigger stamp on app.t or replace := CREATE TRIGGER stamp AFTER DELETE ON app.t FOR \
        EACH STATEMENT EXECUTE FUNCTION app.touch()
        uses function app.touch()
        locks table app.t SHARE ROW EXCLUSIVE
        """),
    StatementCase(
      name: "a constraint trigger",
      sql: """
        CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW \
        EXECUTE FUNCTION f()
        """,
      expected: """
        uses table public.t
        creates trigger late on public.t := CREATE CONSTRAINT TRIGGER late AFTER INSERT ON public.t \
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.f()
        uses function public.f()
        creates constraint late on public.t := TRIGGER
        locks table public.t SHARE ROW EXCLUSIVE
        again: fails, trigger late on public.t is already there
        """),
    StatementCase(
      name: "a trigger dropped",
      sql: "DROP TRIGGER IF EXISTS stamp ON t",
      expected: """
        drops trigger stamp on public.t if exists
        locks table public.t ACCESS EXCLUSIVE
        """),
    StatementCase(
      name: "an event trigger",
      sql: """
        CREATE EVENT TRIGGER guard ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION \
        app.guard()
        """,
      expected: """
        creates event trigger guard := ON ddl_command_end WHEN tag IN ('CREATE TABLE') EXECUTE \
        FUNCTION app.guard()
        uses function app.guard()
        again: fails, event trigger guard is already there
        """),
    StatementCase(
      name: "a rule",
      sql: "CREATE RULE r AS ON DELETE TO t DO INSTEAD UPDATE t SET gone = true WHERE id = OLD.id",
      expected: """
        uses table public.t
        uses column public.t.gone
        uses column public.t.id
        creates rule r on public.t := ON DELETE DO INSTEAD UPDATE t SET gone = true WHERE id = old.id
        locks table public.t ACCESS EXCLUSIVE
        again: fails, rule r on public.t is already there
        """),
  ]
}
