import Testing

@testable import Terminal

@Suite("handing a text to the clipboard")
struct ClipboardSequenceTests {
  @Test(
    "base 64, by RFC 4648",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func base64(text: String, encoded: String) {
    #expect(ClipboardSequence.base64(Array(text.utf8)) == Array(encoded.utf8))
  }

  @Test("tmux gets it wrapped")
  func tmux() throws {
    let plain = try #require(ClipboardSequence("f", isInsideTmux: false))
    #expect(String(decoding: plain.bytes, as: UTF8.self) == "\u{1B}]52;c;Zg==\u{7}")
    let wrapped = try #require(ClipboardSequence("f", isInsideTmux: true))
    #expect(
      String(decoding: wrapped.bytes, as: UTF8.self) == "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;Zg==\u{7}\u{1B}\\")
  }

  @Test("more than terminals take is refused")
  func tooLong() {
    #expect(ClipboardSequence(String(repeating: "x", count: 56_000), isInsideTmux: false) != nil)
    #expect(ClipboardSequence(String(repeating: "x", count: 57_000), isInsideTmux: false) == nil)
  }
}
