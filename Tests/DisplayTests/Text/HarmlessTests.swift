import Display
import Testing

@Suite("harmless text")
struct HarmlessTests {
  @Test(
    "controls become visible",
    arguments: [
      ("\u{1B}[2J", "␛[2J"), ("a\u{0}b", "a␀b"), ("bell\u{7}", "bell␇"), ("\u{7F}", "␡"),
      ("\u{9B}31m", "<U+009B>31m"), ("a\u{8}b", "a␈b"),
    ])
  func controls(_ text: String, _ expected: String) {
    #expect(harmless(text) == expected)
  }

  @Test(
    "what hides or turns the direction is spelt out",
    arguments: [
      ("abc\u{202E}cba", "abc<U+202E>cba"), ("a\u{200B}b", "a<U+200B>b"), ("\u{FEFF}x", "<U+FEFF>x"),
      ("a\u{2066}b", "a<U+2066>b"), ("a\u{00A0}b", "a<U+00A0>b"), ("a\u{2028}b", "a<U+2028>b"),
      ("a\u{3164}b", "a<U+3164>b"), ("\u{E0041}", "<U+E0041>"), ("\u{E000}", "<U+E000>"),
    ])
  func hidden(_ text: String, _ expected: String) {
    #expect(harmless(text) == expected)
  }

  @Test("line ends show in one line, CRLF as one")
  func lineEnds() {
    #expect(harmless("a\nb\r\nc\rd") == "a↵b↵c↵d")
  }

  @Test("tabs reach the next column of four")
  func tabs() {
    #expect(harmless("\ta\tbcd\te") == "    a   bcd e")
    #expect(harmless("日\tx") == "日  x")
  }

  @Test("names in any script stay as they are")
  func scripts() {
    for name in ["telemetrie_größe", "日本語", "таблица", "e\u{301}t\u{e9}", "שלום", "✓ done"] {
      #expect(harmless(name) == name)
    }
  }

  @Test("a mark that has nothing to stand on is spelt out")
  func loneMark() {
    #expect(harmless("\u{301}a") == "<U+0301>a")
  }

  @Test("emoji lose what terminals disagree about")
  func emoji() {
    #expect(harmless("⚠\u{FE0F} careful") == "⚠ careful")
    #expect(harmless("👍\u{1F3FD}") == "👍")
    #expect(harmless("👩\u{200D}🔬") == "👩<U+200D>🔬")
    #expect(harmless("a\u{FE0F}") == "a<U+FE0F>")
  }

  @Test("treating a text twice changes nothing")
  func idempotent() {
    let text = "a\u{1B}\u{202E}\n\tb"
    #expect(harmless(harmless(text)) == harmless(text))
  }

  @Test("lines come apart at every kind of line end")
  func lines() {
    #expect(harmlessLines("a\nb\r\nc\rd\n") == ["a", "b", "c", "d", ""])
    #expect(harmlessLines("") == [""])
  }

  @Test("what is interpolated is made harmless, our own words are not touched")
  func interpolation() {
    let name = "evil\u{1B}[31m"
    let text: Text = "table \(name): \(3) of \(Text(foreign: "x\ny"))"
    #expect(text.string == "table evil␛[31m: 3 of x↵y")
  }
}
