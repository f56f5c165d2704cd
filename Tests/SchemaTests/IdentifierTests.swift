import Schema
import Testing

@Suite("Names as the lexer reads and writes them")
struct IdentifierTests {
  @Test("A quoted name is taken from the beginning of a text, its doubled quotes made single")
  func takesQuotedNames() {
    var text = #""a ""b"" c"=r/owner"#[...]
    #expect(Identifier.takeQuoted(from: &text) == #"a "b" c"#)
    #expect(text == "=r/owner")
    var empty = #""" rest"#[...]
    #expect(Identifier.takeQuoted(from: &empty) == "")
    #expect(empty == " rest")
  }

  @Test(
    "Where no quoted name begins, or where it does not end, the text stays as it is",
    arguments: [
      "plain", "", #""open"#, #""open"""#,
    ])
  func leavesOtherTexts(_ written: String) {
    var text = written[...]
    #expect(Identifier.takeQuoted(from: &text) == nil)
    #expect(text == written)
  }

  @Test(
    "Names are quoted where they would not be read back unchanged",
    arguments: [
      ("plain_1", "plain_1"), ("Upper", #""Upper""#), ("1st", #""1st""#), (#"a"b"#, #""a""b""#), ("", #""""#),
    ])
  func quotes(_ name: String, _ written: String) {
    #expect(Identifier.quoted(name) == written)
  }
}
