import Console
import Display
import Testing

@Suite("A configuration that is saved while the console is open")
struct ConfigurationTests {
  @Test("changes the columns of the list at once")
  func columns() throws {
    var session = Session.ready(columns: 200)
    #expect(
      try #require(session.line(with: "[ ] 071_phase1_helix_user_context")).prefix(72).contains("needs "))
    session.post(.configured(ConsoleConfiguration(columns: [])))
    let row = try #require(session.line(with: "[ ] 071_phase1_helix_user_context"))
    #expect(!row.prefix(72).contains("needs "))
    #expect(!row.prefix(72).contains("pending"))
    session.post(.configured(ConsoleConfiguration(columns: [.state])))
    #expect(
      try #require(session.line(with: "[ ] 071_phase1_helix_user_context")).prefix(72).contains("pending"))
  }

  @Test("changes the theme if it names another, and says so if there is none of that name")
  func theme() {
    let themes = ["default", "dark"].map { Theme(name: $0, appearance: .dark, styles: [:]) }
    var session = Session(themes: themes)
    session.post(.configured(ConsoleConfiguration(theme: "dark")))
    #expect(session.state.theme.name == "dark")
    session.post(.configured(ConsoleConfiguration(theme: "hyper")))
    #expect(session.state.theme.name == "dark")
    #expect(session.line(with: "there is no theme “hyper”") != nil)
  }
}
