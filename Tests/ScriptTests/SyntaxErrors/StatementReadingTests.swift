import Testing

@testable import Script

@Suite("Reading around newer syntax")
struct StatementReadingTests {
  @Test(
    "finds the mistake behind it, here marked",
    arguments: [
      "create table t (a int check (a > 0) not enforced, b int,¦)",
      "create table t (a int, b int generated always as (a * 2) virtual, c int ¦int)",
      "create table größe (ä int, constraint n not null ä, b int ¦int)",
      "select 1_000, 0xFF, 2_000 frm ¦t", "select json_object('ü': 1, 'b': f(2)) frm ¦t",
      "select * from json_table(x, '$' columns (a int)) frm ¦t t",
      "select x is json object with unique keys frm ¦t",
      "merge into t using s on true when not matched by source then delete ¦then",
      "update t set a = 1 returning with (old as o) o.a frm ¦t",
    ])
  func mistakeBehind(_ marked: String) {
    let parts = marked.split(separator: "¦")
    let problems = ScriptParser.parse(parts.joined()).problems
    #expect(problems.map(\.kind) == [.unknownSyntax, .syntaxError])
    #expect(problems.last?.position == SourcePosition(line: 1, column: parts[0].unicodeScalars.count + 1))
  }

  @Test("tells each construct once")
  func once() {
    let text = """
      create table t (
        a int check (a > 1_000) not enforced, b int check (b > 2_000) not enforced,
        primary key (a, b without overlaps), constraint n not null a, c int generated always as (a) virtual
      )
      """
    let script = ScriptParser.parse(text)
    #expect(
      script.problems.map(\.kind) == [
        .unknownSyntax, .unknownSyntax, .unknownSyntax, .unknownSyntax, .unknownSyntax,
      ])
    #expect(script.problems.map(\.position.line) == [2, 2, 3, 3, 3])
    #expect(script.statements[0].opacity?.contains("PostgreSQL 16") == true)
  }

  @Test("gives up in the end")
  func endless() {
    let columns = (0..<200).map { "c\($0) int check (true) not enforced" }.joined(separator: ", ")
    #expect(ScriptParser.parse("create table t (\(columns))").problems.map(\.kind) == [.unknownSyntax])
  }

  @Test(
    "knows the numbers of PostgreSQL 16",
    arguments: [
      ("1_000", "01000"), ("0xFF", "0255"), ("0XfF_0", "004080"), ("0o17", "0015"), ("0b1_01", "000005"),
      ("0x_F", "0015"),
      ("1_0e5", "010e5"),
      ("0xFFFFFFFFFFFFFFFFFF", "00000000000000000000"), ("1__0", nil), ("1_", nil), ("0xG", nil),
      ("0b2", nil), ("12", nil),
      ("0x", nil),
      ("12abc", nil),
    ] as [(String, String?)])
  func numbers(_ token: String, _ older: String?) {
    #expect(NewerNumber(token)?.older == older)
  }
}
