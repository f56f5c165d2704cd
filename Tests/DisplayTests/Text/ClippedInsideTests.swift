import Display
import Testing

@Suite("clipping inside")
struct ClippedInsideTests {
  @Test(
    "beginning and end stay",
    arguments: [
      (10, "conversation", "conve…tion"), (12, "conversation", "conversation"), (3, "conversation", "c…n"),
      (2, "conversation", "co"), (0, "conversation", ""), (6, "日本語日本語", "日…語"),
    ])
  func inside(_ columns: Int, _ text: String, _ expected: String) {
    let clipped = Text(foreign: text).clippedInside(to: columns)
    #expect(clipped.string == expected)
    #expect(clipped.columns <= columns)
  }
}
