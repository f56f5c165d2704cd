import Testing

@testable import Script

@Suite("The splitter")
struct ScriptSplitterTests {
  @Test("cuts a text where PostgreSQL does", arguments: SplittingCase.all)
  func cuts(_ example: SplittingCase) {
    let bytes = Array(example.text.utf8)
    let split = ScriptSplitter.split(bytes)
    #expect(split.pieces.map { String(decoding: bytes[$0.range], as: UTF8.self) } == example.statements)
  }

  @Test("gives line and column in characters")
  func positions() {
    let text = "\u{FEFF}select 1;\r\n  -- ü\r\n  /* é */ select 'é', 2; select 3;\nselect 4"
    let script = ScriptParser.parse(text)
    #expect(script.statements.map(\.position.description) == ["1:1", "3:11", "3:26", "4:1"])
    #expect(script.statements.map(\.index) == [0, 1, 2, 3])
    #expect(script.comments.map(\.position.description) == ["2:3", "3:3"])
    #expect(script.problems.isEmpty)
  }

  @Test("gives the bytes that each statement stands at, byte order mark counted")
  func byteRanges() {
    let bytes = Array("\u{FEFF}select 1 ; select 'é'".utf8)
    let script = ScriptParser.parse(bytes)
    #expect(script.statements.map(\.byteRange) == [3..<11, 14..<25])
    for statement in script.statements {
      #expect(Array(statement.text.utf8) == Array(bytes[statement.byteRange]))
    }
  }

  @Test(
    "reports a quote or comment that the file ends in, where it begins",
    arguments: [
      ("select 1;\nselect 'a;", "unterminated quoted string", "2:8"),
      ("select 1;\nselect E'a\\'", "unterminated quoted string", "2:8"),
      ("do $x$\n$y$", "unterminated dollar-quoted string", "1:4"),
      ("select \"a", "unterminated quoted identifier", "1:8"),
      ("select 1;\n /* /* */", "unterminated /* comment", "2:2"),
      ("select 1 /*", "unterminated /* comment", "1:10"),
    ])
  func unterminated(_ text: String, _ message: String, _ position: String) {
    let problems = ScriptParser.parse(text).problems
    #expect(problems.map(\.message) == [message])
    #expect(problems.map(\.position.description) == [position])
    #expect(problems.map(\.kind) == [.syntaxError])
  }

  @Test("takes time in proportion to the length: one line of many statements")
  func longLine() {
    let text = String(repeating: "select 'é';", count: 40_000)
    let split = ScriptSplitter.split(Array(text.utf8))
    #expect(split.pieces.count == 40_000)
    #expect(split.pieces.last?.position == SourcePosition(line: 1, column: 39_999 * 11 + 1))
  }

  @Test("takes time in proportion to the length: things that look unfinished until they end")
  func lookAhead() {
    let open = "select " + String(repeating: "$a", count: 50_000) + String(repeating: "'a'\n", count: 50_000)
    #expect(ScriptSplitter.split(Array(open.utf8)).pieces.count == 1)
    let stars =
      "/*" + String(repeating: "/*", count: 50_000) + String(repeating: "*/", count: 50_001) + "select 1"
    #expect(ScriptSplitter.split(Array(stars.utf8)).pieces.count == 1)
  }

  @Test("a string that goes on behind a comment is read, though libpg_query's scanner does not know it")
  func continuationBehindComment() {
    let text = "select E'a' -- it's ü\n -- more\n '\\';' from"
    let script = ScriptParser.parse(text + " t; select 2")
    #expect(script.problems.isEmpty)
    #expect(script.statements[0].text == text + " t")
    #expect(ScriptParser.parse(text).problems.map(\.position.description) == ["3:12"])
  }

  @Test("strings with escapes by setting are opaque, not in error")
  func escapesBySetting() {
    let script = ScriptParser.parse(
      #"set standard_conforming_strings = off; select 'a\';'; select 'b'; selct;"#)
    #expect(script.problems.map(\.message) == ["syntax error at or near \"selct\""])
    #expect(script.statements.map { $0.opacity == nil } == [true, false, true, false])
  }
}
