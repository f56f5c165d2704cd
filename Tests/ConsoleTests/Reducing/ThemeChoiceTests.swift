import Console
import Display
import Testing

@Suite("choosing a theme")
struct ThemeChoiceTests {
  private let loud = Theme(
    name: "loud", appearance: .dark, styles: [.text: Style(background: .ansi(.magenta))])

  @Test("the theme under the cursor is shown at once, Enter keeps it")
  func keep() {
    var session = Session(themes: [.standard, loud])
    session.press(.character("T"), Key(.down))
    #expect(session.frame[0, 35].style.background == .ansi(.magenta))
    session.press(Key(.enter))
    #expect(session.state.theme.name == "loud")
    #expect(session.line(with: "Theme ─") == nil)
  }

  @Test("Esc goes back to the theme before")
  func back() {
    var session = Session(themes: [.standard, loud])
    session.press(.character("T"), Key(.down), Key(.escape))
    #expect(session.state.theme.name == "default")
  }

  @Test("of two themes with one name the later counts, and the one that is shown stays")
  func names() {
    var session = Session(themes: [.standard, loud])
    session.press(.character("T"), Key(.down), Key(.enter))
    var louder = loud
    louder.styles[.text] = Style(background: .ansi(.red))
    session.post(.themesLoaded([.standard, loud, louder]))
    #expect(session.state.theme == louder)
    session.press(.character("T"), Key(.end))
    #expect(session.state.theme == louder)
  }
}
