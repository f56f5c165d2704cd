import Testing

@testable import Script

@Suite("Bytes that are no text")
struct EncodingTests {
  @Test(
    "are reported with their place, and nothing is read",
    arguments: [
      (Array("select 1;\n-- é".utf8) + [0xE9, 0x0A], "not UTF-8: byte 0xE9 cannot stand here", "2:5"),
      (Array("select '".utf8) + [0x00], "a NUL byte, which no SQL text can hold", "1:9"),
      (Array("\u{FEFF}--".utf8) + [0xC0, 0x80], "not UTF-8: byte 0xC0 cannot stand here", "1:3"),
      ([0xED, 0xA0, 0x80], "not UTF-8: byte 0xED cannot stand here", "1:1"),
      ([0xFF, 0xFE, 0x41, 0x00], "the file is UTF-16; save it as UTF-8", "1:1"),
      ([0x41, 0x00, 0xFF], "a NUL byte, which no SQL text can hold", "1:2"),
    ] as [([UInt8], String, String)])
  func reported(_ bytes: [UInt8], _ message: String, _ position: String) {
    let script = ScriptParser.parse(bytes)
    #expect(script.statements.isEmpty)
    #expect(script.problems.map(\.message) == [message])
    #expect(script.problems.map(\.kind) == [.encoding])
    #expect(script.problems.map(\.position.description) == [position])
  }

  @Test("a byte order mark is no part of the first line")
  func byteOrderMark() {
    let script = ScriptParser.parse("\u{FEFF}selec 1")
    #expect(script.problems.map(\.line) == ["selec 1"])
    #expect(script.problems.map(\.position.description) == ["1:1"])
  }
}
