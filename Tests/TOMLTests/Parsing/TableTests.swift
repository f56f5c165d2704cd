import Testing

@testable import TOML

@Suite("Tables")
struct TableTests {
  /// The document as JSON-like text, which shows structure and order.
  private func shape(_ text: String) throws -> String { Self.shape(try TOMLDocument(parsing: text).root) }

  private static func shape(_ table: TOMLTable) -> String {
    "{" + table.entries.map { "\($0.key.name):\(shape($0.value))" }.joined(separator: " ") + "}"
  }

  private static func shape(_ value: TOMLValue) -> String {
    switch value.kind {
    case .string(let text): "'\(text)'"
    case .integer(let number): "\(number)"
    case .float(let number): "\(number)"
    case .boolean(let flag): "\(flag)"
    case .dateTime(let text): text
    case .array(let values): "[" + values.map(shape).joined(separator: " ") + "]"
    case .table(let table): shape(table)
    }
  }

  @Test(
    "tables are built as the specification says",
    arguments: [
      ("", "{}"),
      ("# only a comment", "{}"),
      ("\u{FEFF}a = 1\r\nb = 2", "{a:1 b:2}"),
      ("010 = 1\n\"quoted key\" = 2\n'' = 3\n\"a.b\" = 4", "{010:1 quoted key:2 :3 a.b:4}"),
      ("3.14159 = \"pi\"", "{3:{14159:'pi'}}"),
      ("fruit . name = 1\nfruit. color = 2", "{fruit:{name:1 color:2}}"),
      ("apple.type = 1\norange.type = 2\napple.skin = 3", "{apple:{type:1 skin:3} orange:{type:2}}"),
      ("[a.b]\nx = 1\n[a]\ny = 2", "{a:{b:{x:1} y:2}}"),
      ("[ d . \"e.f\" . g ]\n", "{d:{e.f:{g:{}}}}"),
      (
        "[fruit]\napple.color = 1\napple.taste.sweet = true\n[fruit.apple.texture]\nsmooth = true",
        "{fruit:{apple:{color:1 taste:{sweet:true} texture:{smooth:true}}}}"
      ),
      ("p = { x = 1, y.z = 2, \"w\" = {} }", "{p:{x:1 y:{z:2} w:{}}}"),
      ("[[p]]\nn = 1\n[[p]]\n[[p]]\nn = 3", "{p:[{n:1} {} {n:3}]}"),
      (
        "[[f]]\nn = 1\n[f.physical]\nc = 2\n[[f.v]]\nn = 3\n[[f.v]]\nn = 4\n[[f]]\n[[f.v]]\nn = 5",
        "{f:[{n:1 physical:{c:2} v:[{n:3} {n:4}]} {v:[{n:5}]}]}"
      ),
      (
        "[migration.010]\nskip = 'x'\n[migration.019b_voice]\nskip = 'y'",
        "{migration:{010:{skip:'x'} 019b_voice:{skip:'y'}}}"
      ),
      ("points = [ { x = 1 }, { y = 2 } ]", "{points:[{x:1} {y:2}]}"),
      ("[a]\n[a.b]\n[c]\n[a.d]", "{a:{b:{} d:{}} c:{}}"),
    ])
  func valid(text: String, expected: String) throws {
    #expect(try shape(text) == expected)
  }

  @Test(
    "redefinitions and additions to closed tables are refused",
    arguments: [
      "a = 1\na = 2", "a = 1\n\"a\" = 2", "a = 1\na.b = 2", "[a]\n[a]", "[a]\nb = 1\n[a.b]",
      "[a]\nb.c = 1\n[a.b]", "[fruit]\napple.taste.sweet = 1\n[fruit.apple.taste]",
      "[a.b.c]\nz = 9\n[a]\nb.c.t = 1", "p = {x = 1}\np.y = 2", "p = {x = 1}\n[p]", "p = {x = 1}\n[p.q]",
      "p = {x.y = 1}\n[p.x.z]", "p = {x = 1, x = 2}", "p = {x.y = 1, x = 2}", "a = []\n[[a]]",
      "a = [{}]\n[a.b]",
      "[[a]]\n[a]", "[a]\n[[a]]", "[a.b]\n[[a]]", "[[a]]\n[a.b]\n[[a.b]]", "a.b = 1\n[a]", "a.b = 1\n[[a]]",
      "[t]\n[t.u.v]\n[t.u]\n[t.u]",
    ])
  func redefinitions(text: String) {
    let error = #expect(throws: TOMLError.self) { try TOMLDocument(parsing: text) }
    #expect(error?.message.contains("is already defined in line") == true)
  }

  @Test(
    "lines that are no TOML are refused",
    arguments: [
      "a", "a =", "a = 1 b = 2", "= 1", "a b = 1", "a. = 1", ".a = 1", "a..b = 1", "[a", "[]", "[a]]", "[[a]",
      "[a] b = 1", "[ [a] ]", "\"\"\"a\"\"\" = 1", "a = 1 # bell \u{7}", "ä = 1", "a = \"x\"\rb = 1", "[a.]",
      "a = # nothing", "a\n= 1",
    ])
  func invalid(text: String) {
    #expect(throws: TOMLError.self) { try TOMLDocument(parsing: text) }
  }

  @Test("every key and value knows its line and column")
  func positions() throws {
    let root = try TOMLDocument(parsing: "# ä\r\n[a.\"é\"]\r\n  key = [1, 2]\n").root
    #expect(root.entries.first?.key.position == TOMLPosition(line: 2, column: 2))
    let inner = try #require(try root.table("a")?.table("é"))
    #expect(inner.position == TOMLPosition(line: 2, column: 4))
    #expect(inner.entry("key")?.key.position == TOMLPosition(line: 3, column: 3))
    #expect(inner["key"]?.position == TOMLPosition(line: 3, column: 9))
  }

  @Test("columns count characters, not bytes")
  func columns() throws {
    let root = try TOMLDocument(parsing: "\"é😀\" = [ 1, 'ß', 2 ]").root
    let values = try #require(try root.array("é😀"))
    #expect(values.map(\.position.column) == [10, 13, 18])
  }
}
