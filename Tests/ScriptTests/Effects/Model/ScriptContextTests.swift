import Schema
import Testing

@testable import Script

@Suite("Files that follow others")
struct ScriptContextTests {
  @Test("the columns behind * are those that an earlier file made")
  func star() {
    var context = ScriptContext()
    _ = ScriptParser.parse(Array("CREATE TABLE t (a int, b text)".utf8), in: &context)
    let view = ScriptParser.parse(Array("CREATE VIEW v AS SELECT * FROM t".utf8), in: &context)
    #expect(view.statements[0].opacity == nil)
    #expect(view.statements[0].effects.contains { $0.object == .column("public", "v", "b") })
  }

  @Test("a constraint's name avoids those of earlier files")
  func names() {
    var context = ScriptContext()
    _ = ScriptParser.parse(Array("CREATE TABLE t (a int CHECK (a > 0))".utf8), in: &context)
    let script = ScriptParser.parse(Array("ALTER TABLE t ADD CHECK (a < 9)".utf8), in: &context)
    #expect(script.statements[0].effects.contains { $0.object == .constraint("public", "t", "t_a_check1") })
  }

  @Test("a call means the only function of that name")
  func calls() {
    var context = ScriptContext()
    _ = ScriptParser.parse(
      Array(
        "CREATE FUNCTION app.f(a int, b text DEFAULT '') RETURNS int LANGUAGE plpgsql AS 'BEGIN END'".utf8),
      in: &context)
    let script = ScriptParser.parse(Array("SELECT app.f(1)".utf8), in: &context)
    #expect(script.statements[0].effects.map(\.object) == [.function("app", "f", "integer, text")])
  }

  @Test("the search path does not outlive its file")
  func settings() {
    var context = ScriptContext()
    _ = ScriptParser.parse(Array("SET search_path = app".utf8), in: &context)
    let script = ScriptParser.parse(Array("CREATE TABLE t (a int)".utf8), in: &context)
    #expect(script.statements[0].effects.first?.object == .table("public", "t"))
  }

  @Test("a dropped table takes along what earlier files put on it")
  func drops() {
    var context = ScriptContext()
    _ = ScriptParser.parse(Array("CREATE TABLE t (a int); CREATE INDEX i ON t (a)".utf8), in: &context)
    let script = ScriptParser.parse(Array("DROP TABLE t".utf8), in: &context)
    #expect(
      script.statements[0].effects.contains { $0.action == .drops && $0.object == .index("public", "i") })
  }
}
