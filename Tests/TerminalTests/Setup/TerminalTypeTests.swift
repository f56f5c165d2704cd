import Testing

@testable import Terminal

@Suite("the description of a terminal")
struct TerminalTypeTests {
  @Test(
    "is the one that is named, or the best that is known",
    arguments: [
      ("tmux-256color", ["tmux-256color", "xterm"], "tmux-256color"),
      ("xterm-kitty", ["xterm-256color", "xterm"], "xterm-256color"),
      ("xterm-kitty", ["xterm", "vt100"], "xterm"),
      (nil, ["vt100"], "vt100"),
    ] as [(String?, [String], String)])
  func chosen(wanted: String?, known: [String], expected: String) throws {
    let type = try TerminalType.choose(named: wanted) { known.contains($0) ? true : nil }
    #expect(type.name == expected)
  }

  @Test("where nothing is known, the package that brings the descriptions is named")
  func none() {
    let error = #expect(throws: TerminalError.self) { try TerminalType.choose(named: "x") { _ in nil } }
    #expect(error?.code == .unknownTerminal)
    #expect(error?.advice.contains("ncurses-base") == true)
  }

  @Test("one that is known to be unusable is not replaced by a better one")
  func unusable() {
    let error = #expect(throws: TerminalError.self) {
      try TerminalType.choose(named: "dumb") { $0 != "dumb" }
    }
    #expect(error?.code == .unknownTerminal)
  }
}
