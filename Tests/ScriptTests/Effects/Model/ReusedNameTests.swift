import Schema
import Testing

@testable import Script

@Suite("Names that are used again")
struct ReusedNameTests {
  @Test("what was dropped and made again does not hang on what the first one hung on")
  func constraint() {
    var context = ScriptContext()
    _ = ScriptParser.parse(
      Array("CREATE TABLE d (a int, b int, c int, CONSTRAINT u UNIQUE (a, b));".utf8), in: &context)
    _ = ScriptParser.parse(
      Array("ALTER TABLE d DROP CONSTRAINT IF EXISTS u; ALTER TABLE d ADD CONSTRAINT u UNIQUE (a, c);".utf8),
      in: &context)
    let script = ScriptParser.parse(Array("ALTER TABLE d DROP COLUMN b;".utf8), in: &context)
    let dropped = script.statements[0].effects.filter { $0.action == .drops }.map(\.object.description)
    #expect(dropped == ["column public.d.b"])
  }

  @Test("a session's search path is that of the context, and RESET returns to it")
  func searchPath() {
    var context = ScriptContext(searchPath: ["app", "public"])
    let text = "CREATE TABLE t (a int); SET search_path = other; RESET search_path; CREATE TABLE u (a int);"
    let script = ScriptParser.parse(Array(text.utf8), in: &context)
    let made = script.statements.flatMap(\.effects).filter {
      $0.action == .creates && $0.object.kind == .table
    }
    #expect(made.map(\.object.description) == ["table app.t", "table app.u"])
  }
}
