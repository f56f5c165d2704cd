import Display
import Testing

@Suite("width of text")
struct WidthTests {
  @Test(
    "every script takes the cells that terminals give it",
    arguments: [
      ("abc", 3), ("größe", 5), ("e\u{301}", 1), ("日本", 4), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
      ("✓●○│╭…", 6), ("⠋", 1), ("🔬", 2), ("ｆ", 2), ("ﾊ", 1), ("שלום", 4), ("\u{FE0F}", 0), ("", 0),
    ])
  func columns(_ text: String, _ expected: Int) {
    #expect(CharacterWidth.columns(of: text) == expected)
  }

  @Test("every symbol that screens are drawn with takes one cell")
  func glyphs() {
    for set in [Glyphs.unicode, .ascii] {
      let symbols =
        [
          set.ellipsis, set.check, set.cross, set.exclamation, set.filledCircle, set.circle, set.halfCircle,
          set.dash, set.changed, set.replaced, set.opened, set.closed, set.cursor, set.breakpoint,
          set.middleDot,
          set.shield, set.thumb, set.box.topLeft, set.box.topRight,
          set.box.bottomLeft, set.box.bottomRight, set.box.horizontal, set.box.vertical,
        ] + set.spinner
      for symbol in symbols {
        #expect(symbol.string.unicodeScalars.count == 1)
        #expect(symbol.columns == 1)
        #expect(!set.isASCII || symbol.string.utf8.count == 1)
      }
    }
  }
}
