import Display
import Testing

@Suite("clipping and wrapping")
struct ClippingTests {
  @Test(
    "a text that does not fit ends in an ellipsis and never takes more room",
    arguments: [
      ("telemetry", 9, "telemetry"), ("telemetry", 8, "telemet…"), ("telemetry", 1, "t"),
      ("telemetry", 0, ""),
      ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("日本", 1, ""),
      ("e\u{301}t\u{e9}s", 3, "e\u{301}t…"),
    ])
  func clipped(_ text: String, _ columns: Int, _ expected: String) {
    let clipped = Text(foreign: text).clipped(to: columns)
    #expect(clipped.string == expected)
    #expect(clipped.columns <= columns)
  }

  @Test("an address loses its beginning, not its end")
  func clippedAtStart() {
    #expect(Text("postgres@db.internal:5432/postgres").clippedAtStart(to: 15).string == "…:5432/postgres")
    #expect(Text("short").clippedAtStart(to: 15).string == "short")
  }

  @Test("padding fills to exactly the width, wide characters too")
  func padded() {
    #expect(Text("ab").padded(to: 4).string == "ab  ")
    #expect(Text("日本語").padded(to: 4).string == "日… ")
    #expect(Text("日本語").padded(to: 4).columns == 4)
  }

  @Test("lines break at blanks, and inside words that are too long")
  func wrapped() {
    #expect(Text("one two three").wrapped(to: 7).map(\.string) == ["one two", "three"])
    #expect(Text("abcdefgh").wrapped(to: 3).map(\.string) == ["abc", "def", "gh"])
    #expect(
      Text("one two three").wrapped(to: 6, indent: "  ").map(\.string) == ["one", "  two", "  thre", "  e"])
    #expect(Text("日本語").wrapped(to: 1).map(\.string) == ["日", "本", "語"])
    #expect(Text("").wrapped(to: 5).map(\.string) == [""])
  }

  @Test("dropping cells from the left takes half a wide character with it")
  func dropping() {
    #expect(Text("abcdef").dropping(columns: 2).string == "cdef")
    #expect(Text("日本語").dropping(columns: 1).string == "本語")
    #expect(Text("ae\u{301}b").dropping(columns: 2).string == "b")
  }
}
