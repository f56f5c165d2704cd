import Testing

@testable import Terminal

@Suite("the bytes that give a terminal back")
struct FarewellTests {
  @Test("leave out the pauses of old terminals, and nothing else")
  func padding() {
    #expect(Farewell.withoutPadding("\u{1B}[m$<2>x$<50*/>y") == "\u{1B}[mxy")
    #expect(Farewell.withoutPadding("$<unfinished") == "$<unfinished")
    #expect(Farewell.withoutPadding("$5") == "$5")
  }

  @Test("end with the other screen's end, or a new line where there is no other screen")
  func lastWord() {
    #expect(Farewell(capabilities: ["a", nil, "z"]).bytes == Array("az".utf8))
    #expect(Farewell(capabilities: ["a", nil]).bytes == Array("a\r\n".utf8))
  }
}
