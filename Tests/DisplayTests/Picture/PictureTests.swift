import Testing

@testable import Display

@Suite("picture of a frame")
struct PictureTests {
  private let red = Style(foreground: .ansi(.red))

  private func picture(_ frame: Frame) -> String {
    Picture(frame, palette: .dark, title: "a screen").svg
  }

  @Test("the same frame gives the same bytes")
  func deterministic() {
    var frame = Frame(size: Size(columns: 40, rows: 10))
    frame.box(Area(column: 0, row: 0, columns: 40, rows: 10), style: red, title: "Phases")
    for row in 1..<9 {
      frame.write(
        "● row \(row)", at: Point(column: 2, row: row),
        style: Style(foreground: .palette(UInt8(row * 20)), attributes: .bold))
    }
    #expect(picture(frame) == picture(frame))
  }

  @Test("a run of one style is one element, as long as its cells")
  func runs() {
    var frame = Frame(size: Size(columns: 20, rows: 2))
    frame.write("065 applied", at: Point(column: 1, row: 1), style: red)
    #expect(picture(frame).contains(#"<text x="12" y="42" textLength="132">065 applied</text>"#))
  }

  @Test("two blanks part a run, so that columns stand where they stand")
  func gaps() {
    var frame = Frame(size: Size(columns: 20, rows: 1))
    frame.write("ab   cd", at: Point(column: 0, row: 0), style: red)
    let svg = picture(frame)
    #expect(svg.contains(#"<text x="0" y="18" textLength="24">ab</text>"#))
    #expect(svg.contains(#"<text x="60" y="18" textLength="24">cd</text>"#))
  }

  @Test("the title and the text are escaped")
  func escaping() {
    var frame = Frame(size: Size(columns: 10, rows: 1))
    frame.write("a<b&c", at: Point(column: 0, row: 0), style: red)
    let svg = Picture(frame, palette: .dark, title: "<x>").svg
    #expect(svg.contains("a&lt;b&amp;c"))
    #expect(svg.contains("<title>&lt;x&gt;</title>"))
  }

  @Test("lines of a box that touch are drawn as one")
  func boxes() {
    var frame = Frame(size: Size(columns: 5, rows: 4))
    frame.box(Area(column: 0, row: 0, columns: 5, rows: 4), style: red)
    let svg = picture(frame)
    // Three cells of the upper edge, two of the left one; the corners are curves.
    #expect(svg.contains("M12 12h36"))
    #expect(svg.contains("M6 24v48"))
    #expect(svg.contains("M6 24Q6 12 12 12"))
    #expect(!svg.contains("─"))
  }

  @Test("a wide character stands in the middle of its two cells")
  func wide() {
    var frame = Frame(size: Size(columns: 6, rows: 1))
    frame.write("日x", at: Point(column: 1, row: 0), style: red)
    let svg = picture(frame)
    #expect(svg.contains(#"<text class="c" x="24" y="18">日</text>"#))
    #expect(svg.contains(#"<text x="36" y="18">x</text>"#))
  }

  @Test("every symbol of the console is drawn or in every font")
  func symbols() {
    let glyphs = Glyphs.unicode
    let symbols =
      [
        glyphs.check, glyphs.cross, glyphs.filledCircle, glyphs.circle, glyphs.halfCircle, glyphs.opened,
        glyphs.closed, glyphs.cursor, glyphs.breakpoint, glyphs.shield, glyphs.thumb,
      ] + glyphs.barCells + glyphs.spinner
    for symbol in symbols {
      var frame = Frame(size: Size(columns: 2, rows: 1))
      frame.write(symbol, at: Point(column: 0, row: 0), style: red)
      let svg = picture(frame)
      #expect(!svg.contains("<text"), "\(symbol.string)")
      #expect(svg.contains("<path"), "\(symbol.string)")
    }
  }

  @Test("grounds of one colour below each other are one rectangle")
  func grounds() {
    var frame = Frame(size: Size(columns: 10, rows: 4))
    frame.fill(Area(column: 2, row: 1, columns: 3, rows: 2), style: Style(background: .ansi(.blue)))
    #expect(picture(frame).contains("M24 24h36v48h-36z"))
  }

  @Test("reversed text exchanges ink and ground, also where both are the terminal's own")
  func reversed() {
    let paint = PicturePalette.dark.paint(Style(attributes: .reverse))
    #expect(paint.ink == PicturePalette.dark.background)
    #expect(paint.ground == PicturePalette.dark.foreground)
  }

  @Test("faint ink lies between ink and ground")
  func dim() {
    let palette = PicturePalette(
      foreground: RGBColour(0x646464), background: RGBColour(0x000000), ansi: PicturePalette.dark.ansi)
    #expect(palette.paint(Style(attributes: .dim)).ink == RGBColour(0x3A3A3A))
  }

  @Test("an underline is as long as its cells, blanks among them")
  func underline() {
    var frame = Frame(size: Size(columns: 10, rows: 1))
    frame.write("a  b", at: Point(column: 1, row: 0), style: Style(attributes: .underline))
    #expect(picture(frame).contains("M12 21h48"))
  }
}
