import Display
import Testing

@Suite("keys by their names")
struct KeyNameTests {
  @Test(
    "are read as people write them",
    arguments: [
      ("a", Key.character("a")), ("A", .character("A")), ("space", .character(" ")), ("^p", .control("p")),
      ("^P", .control("p")), ("ctrl-p", .control("p")), ("C-p", .control("p")), ("-", .character("-")),
      ("^", .character("^")), ("F5", Key(.function(5))), ("f", .character("f")), ("PgDn", Key(.pageDown)),
      ("shift-tab", Key(.tab, .shift)), ("S-Tab", Key(.tab, .shift)), ("shift-g", .character("G")),
      ("alt-x", Key(.character("x"), .alternate)),
      ("ctrl-alt-x", Key(.character("x"), [.control, .alternate])),
    ])
  func names(_ name: String, _ key: Key) { #expect(Key(named: name) == key) }

  @Test(
    "what is none is refused", arguments: ["", "ab", "F0", "F99", "ctrl-", "hyper-x", "ctrl-ü", "shift-1"])
  func wrong(_ name: String) { #expect(Key(named: name) == nil) }
}
