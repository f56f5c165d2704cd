import Display
import Testing

@Suite("styles")
struct StyleTests {
  @Test("what a style names wins over what is below, the rest stays")
  func overlay() {
    let base = Style(foreground: .ansi(.green), background: .ansi(.black), attributes: .bold)
    let over = Style(background: .ansi(.blue), attributes: .underline)
    #expect(
      base.overlaid(with: over)
        == Style(foreground: .ansi(.green), background: .ansi(.blue), attributes: [.bold, .underline]))
  }

  @Test("exchanged colours make one bar, whatever was below")
  func reverse() {
    let bar = Style(attributes: .reverse)
    let over = Style(foreground: .ansi(.green), attributes: .dim).overlaid(with: bar)
    #expect(over == bar)
  }

  @Test("a colour keeps its hue when a terminal has fewer")
  func quantising() {
    let red = Colour.rgb(red: 242, green: 128, blue: 126)
    #expect(red.quantised(to: .trueColour) == red)
    #expect(red.quantised(to: .palette256) == .palette(210))
    #expect(red.quantised(to: .ansi16) == .ansi(.brightRed))
    #expect(red.quantised(to: .ansi8) == .ansi(.red))
    #expect(red.quantised(to: .monochrome) == .terminalDefault)
  }

  @Test("greys stay grey, black and white keep apart")
  func greys() {
    #expect(Colour.rgb(red: 22, green: 25, blue: 31).quantised(to: .ansi16) == .ansi(.black))
    #expect(Colour.rgb(red: 123, green: 133, blue: 148).quantised(to: .ansi16) == .ansi(.brightBlack))
    #expect(Colour.rgb(red: 200, green: 206, blue: 217).quantised(to: .ansi16) == .ansi(.white))
    #expect(Colour.rgb(red: 251, green: 250, blue: 247).quantised(to: .ansi16) == .ansi(.brightWhite))
    #expect(Colour.rgb(red: 128, green: 128, blue: 128).quantised(to: .palette256) == .palette(244))
  }

  @Test("the terminal's own colours are left alone")
  func own() {
    for depth in [ColourDepth.ansi16, .palette256, .trueColour] {
      #expect(Colour.ansi(.cyan).quantised(to: depth) == .ansi(.cyan))
    }
    #expect(Colour.terminalDefault.quantised(to: .ansi8) == .terminalDefault)
    #expect(Colour.palette(196).quantised(to: .ansi16) == .ansi(.red))
  }

  @Test("every colour of the palette is its own nearest")
  func palette() {
    for index in UInt8(16)...231 {
      let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
      let cube = Int(index) - 16
      let colour = Colour.rgb(red: levels[cube / 36], green: levels[cube / 6 % 6], blue: levels[cube % 6])
      #expect(colour.quantised(to: .palette256) == .palette(index))
    }
  }
}
