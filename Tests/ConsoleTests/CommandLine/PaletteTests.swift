import Display
import Testing

@testable import Console

@Suite("the palette")
struct PaletteTests {
  @Test("finds a command by words of its title or help, and does it")
  func find() {
    var session = Session.ready()
    session.press(.control("p"))
    session.type("pending all")
    #expect(session.line(with: "Choose all pending") != nil)
    session.press(Key(.enter))
    #expect(session.line(with: "5 chosen") != nil)
    #expect(session.state.overlays.isEmpty)
  }

  @Test("a title that begins so comes before help that contains it")
  func order() {
    var session = Session.ready()
    session.press(.control("p"))
    session.type("log")
    session.press(Key(.enter))
    #expect(session.line(with: "╭ Log") != nil)
  }

  @Test("what cannot be used says why, before and when it is asked for")
  func disabled() {
    var session = Session.ready()
    session.press(.control("p"))
    session.type("dry run")
    #expect(session.line(with: "nothing is chosen: space chooses one") != nil)
    session.press(Key(.enter))
    #expect(session.lines.last?.contains("Dry run: nothing is chosen") == true)
  }

  @Test("lists the commands of the screen that is shown, not of others")
  func screens() {
    var session = Session.ready()
    session.press(.character("4"), .control("p"))
    session.type("check all")
    #expect(session.line(with: "Makes all checks again") != nil)
    session.press(.control("u"))
    session.type("adopt")
    #expect(session.line(with: "no command contains “adopt”") != nil)
  }
}
