import Testing

@testable import TOML

@Suite("Strings")
struct StringTests {
  private func text(_ source: String) throws -> String? {
    try TOMLDocument(parsing: "key = " + source).root.string("key")
  }

  @Test(
    "each kind of string is read as the specification says",
    arguments: [
      (#""""#, ""),
      (#""tab\t quote\" backslash\\ \u00E9 \U0001F600""#, "tab\t quote\" backslash\\ é 😀"),
      (#""\b\n\f\r""#, "\u{8}\n\u{C}\r"),
      (#"'C:\path\n'"#, #"C:\path\n"#),
      ("\"\"\"\nRoses\nViolets\"\"\"", "Roses\nViolets"),
      ("\"\"\"\r\nRoses\r\nViolets\"\"\"", "Roses\nViolets"),
      ("\"\"\"The quick \\\n\n   brown \\  \n  fox\"\"\"", "The quick brown fox"),
      ("\"\"\"two: \"\". three: \"\"\\\". end\"\"\"\"\"", "two: \"\". three: \"\"\". end\"\""),
      ("\"\"\"\"quoted\"\"\"\"", "\"quoted\""),
      ("'''\nraw \\ and ''two'''''", "raw \\ and ''two''"),
      ("''''that' it is'''", "'that' it is"),
      ("\"\"\"\"\"\"", ""),
      ("''''''", ""),
      ("\"# no comment\" # a comment", "# no comment"),
    ])
  func valid(source: String, expected: String) throws {
    #expect(try text(source) == expected)
  }

  @Test(
    "what the specification forbids in strings is refused",
    arguments: [
      "\"open", "'open", "\"new\nline\"", "'new\nline'", "\"\"\"open", "'''open'' ", #""\x41""#, #""\u12""#,
      #""\uD800""#, #""\U00110000""#, "\"bell\u{7}\"", "'bell\u{7}'", "\"\"\"bell\u{7}\"\"\"",
      "\"delete\u{7F}\"",
      "\"\"\"lone\rreturn\"\"\"", "\"\"\"back \\ slash\"\"\"", "\"\"\"six\"\"\"\"\"\"", #""a" "b""#,
    ])
  func invalid(source: String) {
    #expect(throws: TOMLError.self) { try text(source) }
  }

  @Test("an unclosed string is reported where it begins")
  func unclosed() {
    let error = #expect(throws: TOMLError.self) { try TOMLDocument(parsing: "a = 1\nkey = '''open\n\n") }
    #expect(error?.position == TOMLPosition(line: 2, column: 7))
  }
}
