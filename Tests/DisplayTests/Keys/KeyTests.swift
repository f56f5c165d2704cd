import Display
import Testing

@Suite("keys")
struct KeyTests {
  @Test("a key is written as hints write it")
  func names() {
    #expect(Key.character("a").description == "a")
    #expect(Key.character(" ").description == "space")
    #expect(Key.control("c").description == "^C")
    #expect(Key(.tab, .shift).description == "S-Tab")
    #expect(Key(.pageDown).description == "PgDn")
    #expect(Key(.function(1)).description == "F1")
  }

  @Test("only characters without modifiers are typed")
  func typed() {
    #expect(Key.character("ß").typedCharacter == "ß")
    #expect(Key.control("a").typedCharacter == nil)
    #expect(Key(.character("x"), .alternate).typedCharacter == nil)
    #expect(Key(.enter).typedCharacter == nil)
  }
}
