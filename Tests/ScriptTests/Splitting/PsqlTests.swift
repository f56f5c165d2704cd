import Testing

@testable import Script

@Suite("What psql alone reads")
struct PsqlTests {
  private func texts(_ script: ParsedScript) -> [String] { script.statements.map(\.text) }

  @Test("a command is a statement of its own, with its name as tag, and a problem")
  func command() {
    let script = ScriptParser.parse("\\set x 1\nselect 1;\n  \\i 'other file.sql'  \n\\echo done")
    #expect(texts(script) == ["\\set x 1", "select 1", "\\i 'other file.sql'", "\\echo done"])
    #expect(script.statements.map(\.tag).filter { $0.hasPrefix("\\") } == ["\\set", "\\i", "\\echo"])
    #expect(script.statements.map(\.form) == [.psqlCommand, .sql, .psqlCommand, .psqlCommand])
    #expect(script.problems.map(\.kind) == [.psqlCommand, .psqlCommand, .psqlCommand])
    #expect(script.problems.map(\.position.description) == ["1:1", "3:3", "4:1"])
    #expect(script.problems[1].line == "  \\i 'other file.sql'  ")
  }

  @Test(
    "backslashes in quotes and comments are no commands",
    arguments: [
      #"select '\d', "\d" from t"#, #"do $$ \d $$"#, "select 1 -- \\d", #"select 1 /* \d */"#,
      #"select E'\'\d'"#,
    ])
  func quoted(_ text: String) {
    let script = ScriptParser.parse(text)
    #expect(script.problems.isEmpty)
    #expect(script.statements.count == 1)
  }

  @Test(
    "a command that sends the query ends it",
    arguments: ["\\g", "\\gexec", "\\gx", "\\gset p_", "\\watch 1"])
  func sends(_ command: String) {
    let script = ScriptParser.parse("select 1 \(command)\nselect 2;")
    #expect(texts(script) == ["select 1", command, "select 2"])
    #expect(script.problems.map(\.kind) == [.psqlCommand])
  }

  @Test("a command's name is exact: \\G does not send as \\g does")
  func exactName() {
    let script = ScriptParser.parse("select 1 \\G\n;select 2;")
    #expect(texts(script) == ["select 1 \\G", "select 2"])
  }

  @Test("a command in the middle of a statement stays in it, and is the only problem")
  func inTheMiddle() {
    let script = ScriptParser.parse("select 1\n\\set x 2\n+ 2; select 3")
    #expect(texts(script) == ["select 1\n\\set x 2\n+ 2", "select 3"])
    #expect(script.statements[0].opacity != nil)
    #expect(script.problems.map(\.kind) == [.psqlCommand])
  }

  @Test("two backslashes end a command within its line")
  func separator() {
    let script = ScriptParser.parse(
      "\\set x 1 \\\\ select 1; \\a\\t\n\\echo 'a\\\\b' \"c\\\\d\"\n\\! echo \\\\ x")
    #expect(
      texts(script) == [
        "\\set x 1", "select 1", "\\a", "\\t", "\\echo 'a\\\\b' \"c\\\\d\"", "\\! echo \\\\ x",
      ])
  }

  @Test("a backslashed semicolon ends a statement all the same")
  func backslashedSemicolon() {
    let script = ScriptParser.parse(#"select 1\; select 2;"#)
    #expect(texts(script) == ["select 1", "select 2"])
    #expect(script.problems.map(\.kind) == [.psqlCommand])
    let rule = #"create rule r as on insert to t do (select 1\; select 2)"#
    #expect(texts(ScriptParser.parse("\(rule); select 3")) == [rule, "select 3"])
  }

  @Test("variables are reported where they stand, instead of the syntax error that they make")
  func variables() {
    let script = ScriptParser.parse(
      "select 1;\nset role :\"owner\"; select :'a b', :'ab', :n\n;grant x to :user_1")
    #expect(script.problems.allSatisfy { $0.kind == .psqlVariable })
    #expect(script.problems.map(\.position.description) == ["2:10", "2:35", "2:42", "3:13"])
    #expect(script.problems.first?.message.hasPrefix(":\"owner\" ") == true)
  }

  @Test(
    "colons of SQL are no variables",
    arguments: [
      "select 1::int, '1'::text", "select a[1:2], a[:n], a[n:m], a[1:'2'] from t", "select f(a := 1)",
      "select ':name', \":name\" from t",
      "do $$ declare a int := 1; begin perform :name; end $$",
    ])
  func colons(_ text: String) {
    #expect(ScriptParser.parse(text).problems.isEmpty)
  }
}

@Suite("COPY with its rows in the file")
struct CopyDataTests {
  private func data(_ statement: Statement, of text: String) -> String? {
    guard case .copyData(let range) = statement.form else { return nil }
    return String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  @Test("the rows go up to the line that ends them, and are no SQL")
  func rows() {
    let text = "COPY t (a, b) FROM stdin;\n1\tit's; \\N\n\\.x\n\\.\nselect 2;\n"
    let script = ScriptParser.parse(text)
    #expect(script.statements.map(\.text) == ["COPY t (a, b) FROM stdin", "select 2"])
    #expect(data(script.statements[0], of: text) == "1\tit's; \\N\n\\.x\n")
    #expect(script.statements[1].position == SourcePosition(line: 5, column: 1))
    #expect(script.problems.isEmpty)
  }

  @Test(
    "no rows, line ends of Windows, options, a comment behind the semicolon",
    arguments: [
      ("copy t from stdin;\n\\.\n", ""),
      ("copy t from stdin;\r\n1\r\n\\.\r\n", "1\r\n"),
      ("copy t from stdin with (format csv, header);  -- rows; follow\n1,2\n\\.", "1,2\n"),
      ("copy binary t from stdin with delimiter ';' ;\nx\n\\.\n", "x\n"),
      ("copy t\n  from\n  STDIN;\n;\n\\.\n", ";\n"),
    ])
  func variants(_ text: String, _ rows: String) {
    let script = ScriptParser.parse(text)
    #expect(data(script.statements[0], of: text) == rows)
    #expect(script.statements.count == 1)
    let longer = ScriptParser.parse(text + "\nselect 1")
    #expect(data(longer.statements[0], of: text) == rows)
    #expect(longer.statements.map(\.text).last == "select 1")
    #expect(script.problems.isEmpty)
  }

  @Test("rows begin at the next line, behind other statements of this one")
  func sameLine() {
    let text = "copy t from stdin; select 1; copy u from stdin;\n1\n\\.\n2\n\\.\nselect 3"
    let script = ScriptParser.parse(text)
    #expect(
      script.statements.map(\.text) == ["copy t from stdin", "select 1", "copy u from stdin", "select 3"])
    #expect(data(script.statements[0], of: text) == "1\n")
    #expect(data(script.statements[2], of: text) == "2\n")
  }

  @Test(
    "other COPY statements have no rows",
    arguments: [
      "copy t from '/tmp/x';\nselect 1", "copy t to stdout;\nselect 1",
      "copy (select 1 from stdin) to stdout;\nselect 1",
      "select * from stdin;\nselect 1",
    ])
  func withoutRows(_ text: String) {
    let script = ScriptParser.parse(text)
    #expect(script.statements.count == 2)
    #expect(script.problems.isEmpty)
    #expect(script.statements.allSatisfy { $0.form == .sql })
  }

  @Test("rows without an end are reported")
  func unterminated() {
    let text = "copy t from stdin;\n1\n2"
    let script = ScriptParser.parse(text)
    #expect(data(script.statements[0], of: text) == "1\n2")
    #expect(script.problems.map(\.kind) == [.syntaxError])
    #expect(script.problems.map(\.position.description) == ["2:1"])
  }

  @Test("a \\copy from stdin has rows too")
  func backslashCopy() {
    let script = ScriptParser.parse(
      "\\copy t from stdin\nit's\n\\.\nselect 1;\n\\copy t from 'stdin'\nselect 2")
    #expect(
      script.statements.map(\.text) == [
        "\\copy t from stdin", "select 1", "\\copy t from 'stdin'", "select 2",
      ])
  }
}
