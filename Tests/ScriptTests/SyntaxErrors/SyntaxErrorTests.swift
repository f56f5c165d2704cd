import Testing

@testable import Script

@Suite("A syntax error")
struct SyntaxErrorTests {
  @Test("is told with its place in the file and its line")
  func place() {
    let script = ScriptParser.parse("select 1;\r\n  -- ü\r\n  select 'é',\r\n  'ü' frm t x;\r\nselect 2")
    #expect(script.problems.map(\.kind) == [.syntaxError])
    #expect(script.problems.map(\.message) == ["syntax error at or near \"t\""])
    #expect(script.problems.map(\.position.description) == ["4:11"])
    #expect(script.problems.map(\.line) == ["  'ü' frm t x;"])
  }

  @Test("at the end of a statement stands behind its last token")
  func end() {
    let script = ScriptParser.parse("select 1 +\n  ;\nselect 2")
    #expect(script.problems.map(\.message) == ["syntax error at end of input"])
    #expect(script.problems.map(\.position.description) == ["1:11"])
  }

  @Test("does not hide the others")
  func several() {
    let script = ScriptParser.parse("selct 1;\nselect 2;\ncreate tabel t ();")
    #expect(script.problems.map(\.position.description) == ["1:1", "3:8"])
    #expect(script.statements.map { $0.opacity == nil } == [false, true, false])
    #expect(script.statements[2].tag == "CREATE TABEL")
  }

  @Test("that quotes a very long token is cut short")
  func long() {
    let script = ScriptParser.parse("select 1 'x\(String(repeating: "é", count: 5_000))'")
    #expect((script.problems.first?.message.unicodeScalars.count ?? 0) < 200)
    #expect(script.problems.map(\.position.description) == ["1:10"])
  }

  @Test(
    "says what was probably meant",
    arguments: [
      ("create policy if not exists p on t", "CREATE POLICY has no IF NOT EXISTS"),
      (
        "create trigger if not exists p before insert on t execute function f()",
        "CREATE TRIGGER has no IF NOT EXISTS"
      ),
      ("create type if not exists x as enum ('a')", "CREATE TYPE has no IF NOT EXISTS"),
      ("alter table t add constraint if not exists c check (true)", "ADD CONSTRAINT has no IF NOT EXISTS"),
      ("alter publication p add table if not exists t", "there is no IF NOT EXISTS here"),
      ("create table user (id int)", "USER is a reserved word"),
      ("create table t (id int, order int)", "ORDER is a reserved word"),
      ("create index concurrently if not exists on t (a)", "an index needs a name"),
      ("create policy p on t for select, insert using (true)", "one command"),
      ("select 1\nGO\nselect 2", "SQL Server"),
      ("create or replace table t (a int)", "CREATE TABLE has no OR REPLACE"),
      ("create table t (a int,)", "a comma too many before it"),
      ("create table t (a int, -- x\n)", "a comma too many before it"),
      ("create table t (a int auto_increment)", "GENERATED ALWAYS AS IDENTITY"),
      ("create table `t` (a int)", "double quotes"),
      ("create table t (id int) engine=InnoDB", "MySQL"),
      ("GO", "SQL Server"),
      ("DELIMITER //", "MySQL's client"),
      ("alter table t modify a int", "ALTER COLUMN"),
      ("select {{ x }}", "template"),
      ("select <%= x %>", "template"),
      ("create table t (a int", "a parenthesis is not closed"),
      ("create table t (a int; select 1", "a parenthesis is not closed"),
      ("select 1\ncreate table x (a int)", "is a semicolon missing before it?"),
      ("<<<<<<< HEAD\nselect 1", "merge"),
      ("create table\u{A0}t ()", "U+00A0"),
    ])
  func hints(_ text: String, _ hint: String) {
    let problems = ScriptParser.parse(text).problems
    #expect(problems.map(\.kind) == [.syntaxError])
    #expect(problems.first?.message.contains(hint) == true, "\(problems.first?.message ?? "none")")
  }
}
