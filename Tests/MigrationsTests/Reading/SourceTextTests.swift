import Script
import Testing

@testable import Migrations

@Suite("The bytes of a file")
struct SourceTextTests {
  @Test("places count lines and characters, behind the byte order mark")
  func positions() {
    let text = SourceText(Array("\u{FEFF}é1\r\n2\n".utf8))
    #expect(text.position(at: 3) == SourcePosition(line: 1, column: 1))
    #expect(text.position(at: 5) == SourcePosition(line: 1, column: 2))
    #expect(text.position(at: 8) == SourcePosition(line: 2, column: 1))
    #expect(text.line(1) == "é1")
    #expect(text.line(2) == "2")
    #expect(text.line(3) == nil)
  }

  @Test(
    "malformed UTF-8 is found at its first byte",
    arguments: [
      ([0x61, 0xE9], 1), ([0xC0, 0x80], 0), ([0xED, 0xA0, 0x80], 0), ([0xF5, 0x80, 0x80, 0x80], 0),
      ([0xE2, 0x82], 0), ([0xF4, 0x90, 0x80, 0x80], 0), ([0xC3, 0xA9, 0x80], 2), ([0xE0, 0x80, 0x80], 0),
    ] as [([UInt8], Int)])
  func malformed(bytes: [UInt8], offset: Int) {
    #expect(SourceText(bytes).firstMalformedByte == offset)
  }

  @Test("well-formed UTF-8 of every length has no malformed byte")
  func wellFormed() {
    #expect(SourceText(Array("aé€😀\u{10FFFF}\u{D7FF}\u{E000}".utf8)).firstMalformedByte == nil)
  }
}

@Suite("The checksum")
struct ChecksumTests {
  @Test("it is SHA-256 in hex")
  func known() {
    #expect(
      Checksum.of(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(Checksum.of([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test("line ends and byte order mark make no difference, a lone carriage return does")
  func folding() {
    let plain = Checksum.of(Array("a\nb\n".utf8))
    #expect(Checksum.of(Array("a\r\nb\r\n".utf8)) == plain)
    #expect(Checksum.of(Array("\u{FEFF}a\nb\n".utf8)) == plain)
    #expect(Checksum.of(Array("a\rb\n".utf8)) != plain)
    #expect(Checksum.of(Array("a\nb".utf8)) != plain)
  }
}
