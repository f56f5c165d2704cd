import Display
import Testing

@testable import Terminal

@Suite("what a terminal sends becomes keys")
struct InputDecoderTests {
  /// The inputs of some bytes that arrive together, and then nothing.
  private func decode(_ text: String) -> [TerminalInput] {
    var decoder = InputDecoder()
    return text.unicodeScalars.flatMap { decoder.decode(.character($0)) } + decoder.decode(.pause)
  }

  private func keys(_ text: String) -> [Key] {
    decode(text).compactMap { if case .key(let key) = $0 { key } else { nil } }
  }

  @Test(
    "arrows and their neighbours, in normal and in application mode",
    arguments: [
      ("\u{1B}[A", Key(.up)), ("\u{1B}OA", Key(.up)), ("\u{1B}[B", Key(.down)), ("\u{1B}OB", Key(.down)),
      ("\u{1B}[C", Key(.right)), ("\u{1B}OC", Key(.right)), ("\u{1B}[D", Key(.left)),
      ("\u{1B}OD", Key(.left)), ("\u{1B}[H", Key(.home)), ("\u{1B}OH", Key(.home)), ("\u{1B}[1~", Key(.home)),
      ("\u{1B}[7~", Key(.home)), ("\u{1B}[F", Key(.end)), ("\u{1B}OF", Key(.end)), ("\u{1B}[4~", Key(.end)),
      ("\u{1B}[8~", Key(.end)), ("\u{1B}[5~", Key(.pageUp)), ("\u{1B}[6~", Key(.pageDown)),
      ("\u{1B}[2~", Key(.insert)), ("\u{1B}[3~", Key(.delete)), ("\u{1B}[Z", Key(.tab, .shift)),
    ])
  func cursorKeys(bytes: String, key: Key) {
    #expect(keys(bytes) == [key])
  }

  @Test(
    "function keys in every dialect",
    arguments: [
      ("\u{1B}OP", 1), ("\u{1B}[11~", 1), ("\u{1B}[[A", 1), ("\u{1B}OS", 4), ("\u{1B}[[E", 5),
      ("\u{1B}[15~", 5), ("\u{1B}[17~", 6), ("\u{1B}[21~", 10), ("\u{1B}[23~", 11), ("\u{1B}[24~", 12),
    ])
  func functionKeys(bytes: String, number: Int) {
    #expect(keys(bytes) == [Key(.function(number))])
  }

  @Test(
    "what was held with them",
    arguments: [
      ("\u{1B}[1;2A", Key(.up, .shift)), ("\u{1B}[1;3A", Key(.up, .alternate)),
      ("\u{1B}[1;5C", Key(.right, .control)), ("\u{1B}[1;8D", Key(.left, [.shift, .alternate, .control])),
      ("\u{1B}[5;5~", Key(.pageUp, .control)), ("\u{1B}[1;2P", Key(.function(1), .shift)),
      ("\u{1B}[a", Key(.up, .shift)), ("\u{1B}Oa", Key(.up, .control)), ("\u{1B}[7^", Key(.home, .control)),
      ("\u{1B}[97;5u", Key.control("a")), ("\u{1B}[13;2u", Key(.enter, .shift)),
    ])
  func modifiers(bytes: String, key: Key) {
    #expect(keys(bytes) == [key])
  }

  @Test(
    "plain characters and controls",
    arguments: [
      ("a", Key.character("a")), ("G", Key.character("G")), (" ", Key.character(" ")),
      ("é", Key.character("é")), ("日", Key.character("日")), ("\r", Key(.enter)), ("\n", Key(.enter)),
      ("\t", Key(.tab)), ("\u{7F}", Key(.backspace)), ("\u{8}", Key(.backspace)),
      ("\u{3}", Key.control("c")), ("\u{1A}", Key.control("z")), ("\u{0}", Key(.character(" "), .control)),
      ("\u{1C}", Key.control("\\")),
    ])
  func plain(bytes: String, key: Key) {
    #expect(keys(bytes) == [key])
  }

  @Test("an escape character alone is Escape, and only when nothing follows it")
  func escape() {
    var decoder = InputDecoder()
    #expect(decoder.decode(.character("\u{1B}")) == [])
    #expect(decoder.decode(.pause) == [.key(Key(.escape))])
    #expect(decoder.decode(.pause) == [])
    #expect(keys("\u{1B}\u{1B}") == [Key(.escape), Key(.escape)])
  }

  @Test("Alt is an escape character before a key")
  func alternate() {
    #expect(keys("\u{1B}x") == [Key(.character("x"), .alternate)])
    #expect(keys("\u{1B}\r") == [Key(.enter, .alternate)])
    #expect(keys("\u{1B}O") == [Key(.character("O"), .alternate)])
    var decoder = InputDecoder()
    #expect(decoder.decode(.character("\u{1B}")) == [])
    #expect(decoder.decode(.key(Key(.up))) == [.key(Key(.up, .alternate))])
  }

  @Test(
    "a sequence that is no key vanishes as a whole",
    arguments: [
      "\u{1B}[?1;2c", "\u{1B}[>0;276;0c", "\u{1B}[I", "\u{1B}[O", "\u{1B}[24;80R", "\u{1B}[<35;10;5M",
      "\u{1B}[99~", "\u{1B}[?2026;2$y", "\u{1B}Oz",
    ])
  func unknownSequences(bytes: String) {
    #expect(decode(bytes + "j") == [.key(.character("j"))])
  }

  @Test("a sequence may arrive in pieces")
  func pieces() {
    var decoder = InputDecoder()
    var inputs: [TerminalInput] = []
    let units: [InputUnit] = [
      .character("\u{1B}"), .character("["), .pause, .character("1"), .pause, .character(";"),
      .character("5"), .pause, .character("A"), .pause, .character("A"),
    ]
    for unit in units { inputs += decoder.decode(unit) }
    #expect(inputs == [.key(Key(.up, .control)), .key(.character("A"))])
  }

  @Test("a key that cuts a sequence short is still a key")
  func cutShort() {
    #expect(keys("\u{1B}[1\u{1B}[B") == [Key(.down)])
    #expect(keys("\u{1B}[1\u{3}") == [Key.control("c")])
  }

  @Test("a paste is one text, whatever is in it, and its letters are no keys")
  func paste() {
    #expect(
      decode("\u{1B}[200~drop\r\nall\rq\u{1B}[A\u{3}\u{1B}[201~j") == [
        .paste("drop\nall\nq\u{1B}[A\u{3}"), .key(.character("j")),
      ])
    #expect(decode("\u{1B}[200~\u{1B}[201~") == [.paste("")])
  }

  @Test("a paste that arrives in pieces is still one")
  func pasteInPieces() {
    var decoder = InputDecoder()
    var inputs: [TerminalInput] = []
    for text in ["\u{1B}[200~sel", "ect 1\u{1B}[20", "1~"] {
      inputs += text.unicodeScalars.flatMap { decoder.decode(.character($0)) } + decoder.decode(.pause)
    }
    #expect(inputs == [.paste("select 1")])
  }

  @Test(
    "keys with modifiers that terminfo only has names for",
    arguments: [
      ("kUP5", Key(.up, .control)), ("kUP", Key(.up, .shift)), ("kLFT3", Key(.left, .alternate)),
      ("kPRV6", Key(.pageUp, [.control, .shift])), ("kDC5", Key(.delete, .control)),
    ])
  func extendedNames(name: String, key: Key) {
    #expect(CursesKeys.key(extendedName: name) == key)
  }

  @Test("a name that is no key has none", arguments: ["kMOUS", "kUP55", "", "5", "kxIN"])
  func unknownNames(name: String) {
    #expect(CursesKeys.key(extendedName: name) == nil)
  }

  @Test("buttons and wheel of the mouse, beyond the 223rd column as well")
  func mouse() {
    #expect(
      decode("\u{1B}[<0;300;5M\u{1B}[<0;300;5m\u{1B}[<64;1;1M\u{1B}[<65;2;3M") == [
        .mouse(MouseEvent(.press, at: Point(column: 299, row: 4))),
        .mouse(MouseEvent(.wheelUp, at: Point(column: 0, row: 0))),
        .mouse(MouseEvent(.wheelDown, at: Point(column: 1, row: 2))),
      ])
  }

  @Test(
    "what is no report of the mouse vanishes whole",
    arguments: ["\u{1B}[<0;0;0M", "\u{1B}[<9M", "\u{1B}[<;;M"])
  func brokenMouse(_ bytes: String) {
    #expect(decode(bytes) == [])
  }
}
