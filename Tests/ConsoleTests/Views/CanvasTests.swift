import Display
import Testing

@testable import Console

@Suite("canvas")
struct CanvasTests {
  private let theme = Theme(
    name: "test", appearance: .terminal, styles: [.warning: Style(attributes: .underline)])

  @Test("blanks that fill up a column are not underlined, those between words are")
  func underline() {
    var canvas = Canvas(size: Size(columns: 12, rows: 1), theme: theme, glyphs: .unicode)
    canvas.draw(Line(" a b    ", .warning), at: Point(column: 0, row: 0), columns: 12)
    let underlined = (0..<12).filter { canvas.frame[$0, 0].style.attributes.contains(.underline) }
    #expect(underlined == [1, 2, 3])
    #expect(canvas.frame.text(ofRow: 0) == " a b")
  }

  @Test("a text of blanks alone is not underlined, and takes its columns")
  func blanks() {
    var canvas = Canvas(size: Size(columns: 6, rows: 1), theme: theme, glyphs: .unicode)
    var line = Line("  ", .warning)
    line.add("x", .warning)
    canvas.draw(line, at: Point(column: 0, row: 0), columns: 6)
    #expect(canvas.frame.text(ofRow: 0) == "  x")
    #expect(canvas.frame[0, 0].style.attributes.isEmpty)
  }
}
