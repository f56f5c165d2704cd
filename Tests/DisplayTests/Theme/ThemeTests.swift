import Display
import Glibc
import Testing

@Suite("themes")
struct ThemeTests {
  @Test("the theme in the program and the one in themes/default.toml are the same")
  func standard() throws {
    let theme = try Theme(parsing: themeFile("default"), file: "themes/default.toml")
    #expect(theme == .standard)
  }

  @Test("every theme that brings its colours gives every meaning a style", arguments: coloured)
  func complete(_ name: String) throws {
    let theme = try theme(name)
    #expect(theme.name == name)
    #expect(Role.allCases.filter { theme.styles[$0] == nil } == [])
  }

  @Test("text can be read on every ground that it stands on", arguments: coloured)
  func contrast(_ name: String) throws {
    let theme = try theme(name)
    let least = name == "high-contrast" ? 7 : 3.5
    let grounds: [Role] = [.text, .overlay, .header, .headerProtected, .selection]
    for role in Role.allCases where ![.border, .graphLine].contains(role) {
      for ground in grounds where role == ground || !grounds.contains(role) {
        // Signal colours never stand on the red of a protected target, and a bar brings its own ink.
        if [.headerProtected, .selection].contains(ground), role != ground { continue }
        let ratio = contrastRatio(theme.style(role, on: ground))
        #expect(ratio >= least, "\(role) on \(ground): \(ratio)")
      }
    }
  }

  @Test(
    "the row under the cursor differs from the others in every theme, however few colours there are",
    arguments: all,
    [ColourDepth.monochrome, .ansi8, .ansi16, .palette256, .trueColour])
  func selection(_ name: String, _ depth: ColourDepth) throws {
    let theme = try theme(name).adapted(to: depth)
    let selection = try #require(theme.styles[.selection])
    // Bars, badges and fields bring a ground of their own, and never stand in a list.
    for role in Role.allCases where theme.styles[role].map({ !hasGround($0) }) ?? true && role != .text {
      let plain = theme[role].quantised(to: depth)
      let marked = theme[role].overlaid(with: selection).quantised(to: depth)
      let isBar =
        marked.attributes.contains(.reverse) != plain.attributes.contains(.reverse)
        || marked.background != plain.background
      #expect(isBar, "\(role)")
    }
  }

  @Test("the theme without colours has none")
  func monochrome() throws {
    let theme = try theme("monochrome")
    for role in Role.allCases {
      #expect(theme[role].foreground == .terminalDefault && theme[role].background == .terminalDefault)
    }
    #expect(Role.allCases.filter { theme.styles[$0] == nil } == [.text])
  }

  @Test("good and bad are told apart without telling red from green")
  func colourBlind() throws {
    let theme = try theme("colour-blind")
    // Who sees no difference of red and green still sees blue: the good ones have much of it, the bad ones little.
    for good in [Role.success, .stateApplied] {
      for bad in [Role.danger, .warning, .stateFailed, .statePartial] {
        #expect(blue(theme[good].foreground) - blue(theme[bad].foreground) > 100)
      }
    }
  }

  @Test("colours are hexadecimal, named, numbered, or the terminal's own")
  func colours() throws {
    let theme = try Theme(
      parsing: """
        name = "mine"
        appearance = "dark"
        [colours]
        sea = "#0080ff"
        [styles]
        text = { foreground = "sea", background = 235 }
        danger = { foreground = "bright-red", bold = true, underline = false }
        muted = { foreground = "default", dim = true }
        """, file: "mine.toml")
    #expect(
      theme.styles[.text]
        == Style(foreground: .rgb(red: 0, green: 128, blue: 255), background: .palette(235)))
    #expect(theme.styles[.danger] == Style(foreground: .ansi(.brightRed), attributes: .bold))
    #expect(theme.styles[.muted] == Style(attributes: .dim))
  }

  @Test("everything that is wrong is said at once, with line, column and what was meant")
  func errors() throws {
    let error = #expect(throws: ThemeError.self) {
      try Theme(
        parsing: """
          name = "broken"
          appearance = "drak"
          [styles]
          txt = { foreground = "red" }
          danger = { forground = "red" }
          muted = { foreground = "rad", bold = "yes" }
          title = { foreground = "#12" }
          accent = { background = 256 }
          border = "red"
          """, file: "broken.toml")
    }
    let texts = try #require(error).problems.map(\.description)
    #expect(
      texts == [
        "broken.toml:2:14: `appearance` must be one of `terminal`, `dark`, `light`, but is `drak`: did you mean `dark`?",
        "broken.toml:4:1: unknown key `txt`: did you mean `text`?",
        "broken.toml:5:12: unknown key `forground`: did you mean `foreground`?",
        "broken.toml:6:24: `rad` is no colour that is known here: did you mean `red`?",
        "broken.toml:6:38: `bold` must be `true` or `false`, but is a string",
        "broken.toml:7:24: `#12` is no colour: write `#` and six hexadecimal digits",
        "broken.toml:8:25: a colour's number must be from 0 to 255, but is 256",
        "broken.toml:9:10: `border` must be a table such as `{ foreground = \"red\", bold = true }`, but is a string",
      ])
  }

  @Test("a theme without a name, and a text that is no TOML, are refused with their place")
  func refused() throws {
    let nameless = #expect(throws: ThemeError.self) { try Theme(parsing: "[styles]\n", file: "x.toml") }
    #expect(try #require(nameless).problems.map(\.message) == ["the theme has no `name`"])
    let broken = #expect(throws: ThemeError.self) { try Theme(parsing: "name = \n", file: "x.toml") }
    #expect(try #require(broken).problems.first?.line == 1)
  }

  @Test("what is written on a bar keeps the bar's background")
  func bars() {
    let theme = Theme(
      name: "t", appearance: .terminal,
      styles: [
        .header: Style(background: .ansi(.blue)), .selection: Style(attributes: .reverse),
        .danger: Style(foreground: .ansi(.red), attributes: .bold),
      ])
    #expect(
      theme.style(.danger, on: .header)
        == Style(foreground: .ansi(.red), background: .ansi(.blue), attributes: .bold))
    #expect(theme.style(.danger, on: .selection) == Style(attributes: [.reverse, .bold]))
  }
}

/// The contrast of text and background (WCAG 2.1, relative luminance), 1 to 21.
private let coloured = ["dark", "light", "high-contrast", "colour-blind"]
private let all = coloured + ["default", "monochrome"]

/// A theme that comes along, with what it inherits.
private func theme(_ name: String) throws -> Theme {
  let sources = try all.map { try ThemeSource(parsing: themeFile($0), file: "themes/\($0).toml") }
  let library = ThemeLibrary([sources])
  #expect(library.problems == [])
  return try #require(library.themes.first { $0.name == name })
}

private func hasGround(_ style: Style) -> Bool {
  style.background != .terminalDefault || style.attributes.contains(.reverse)
}

private func blue(_ colour: Colour) -> Int {
  guard case .rgb(_, _, let blue) = colour else { return 0 }
  return Int(blue)
}

private func contrastRatio(_ style: Style) -> Double {
  let lights = [style.foreground, style.background].map(luminance)
  return ((lights.max() ?? 0) + 0.05) / ((lights.min() ?? 0) + 0.05)
}

private func luminance(_ colour: Colour) -> Double {
  guard case .rgb(let red, let green, let blue) = colour else { return 0 }
  let parts = [red, green, blue].map { part -> Double in
    let value = Double(part) / 255
    return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
}

private struct FileError: Error { var path: String }

private func themeFile(_ name: String) throws -> String {
  let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
  let path = "\(root)/themes/\(name).toml"
  guard let file = fopen(path, "r") else { throw FileError(path: path) }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 16_384)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
  return String(decoding: bytes, as: UTF8.self)
}
