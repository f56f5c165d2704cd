import Display
import Testing

@Suite("themes that inherit")
struct ThemeLibraryTests {
  private func source(_ text: String, _ file: String) throws -> ThemeSource {
    try ThemeSource(parsing: text, file: file)
  }

  private let base = """
    name = "base"
    appearance = "dark"
    [colours]
    ink = "#ffffff"
    [styles]
    text = { foreground = "ink" }
    danger = { foreground = "red" }
    """

  @Test("a theme changes styles, or colours by their names alone")
  func inheriting() throws {
    let library = ThemeLibrary([
      [
        try source(base, "base.toml"),
        try source(
          """
          name = "mine"
          inherits = "base"
          [colours]
          ink = "#000000"
          [styles]
          danger = { bold = true }
          """, "mine.toml"),
      ]
    ])
    let mine = try #require(library.themes.first { $0.name == "mine" })
    #expect(mine.appearance == .dark)
    #expect(mine[.text].foreground == .rgb(red: 0, green: 0, blue: 0))
    #expect(mine[.danger].attributes == .bold)
    #expect(library.problems == [])
  }

  @Test("the operator's own theme can inherit from the one that comes along with its name")
  func sameName() throws {
    let library = ThemeLibrary([
      [try source(base, "/usr/themes/base.toml")],
      [
        try source(
          "name = \"base\"\ninherits = \"base\"\n[colours]\nink = \"#123456\"", "/home/themes/base.toml")
      ],
    ])
    #expect(library.themes.map(\.name) == ["base", "base"])
    #expect(library.themes.last?[.text].foreground == .rgb(red: 0x12, green: 0x34, blue: 0x56))
  }

  @Test("a parent that is not there is named with its line, and the nearest that is")
  func missing() throws {
    let library = ThemeLibrary([
      [
        try source(base, "base.toml"),
        try source("name = \"mine\"\ninherits = \"bsae\"", "mine.toml"),
      ]
    ])
    #expect(
      library.problems.map(\.description) == [
        "mine.toml:2:12: there is no theme `bsae` to inherit from: did you mean `base`?"
      ])
    #expect(library.themes.map(\.name) == ["base"])
  }

  @Test("a circle is an error, not an endless search")
  func circle() throws {
    let library = ThemeLibrary([
      [
        try source("name = \"a\"\ninherits = \"b\"", "a.toml"),
        try source("name = \"b\"\ninherits = \"a\"", "b.toml"),
      ]
    ])
    #expect(library.themes.isEmpty)
    #expect(library.problems.count == 2)
    #expect(library.problems.first?.description.contains("inherits from itself") == true)
  }
}
