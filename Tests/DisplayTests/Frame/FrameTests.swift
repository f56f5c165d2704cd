import Display
import Testing

@Suite("frame")
struct FrameTests {
  private let bold = Style(attributes: .bold)

  @Test("a text is drawn from its point to the right, clipped at the edge")
  func write() {
    var frame = Frame(size: Size(columns: 8, rows: 2))
    let used = frame.write("telemetry", at: Point(column: 2, row: 1), style: bold)
    #expect(used == 6)
    #expect(frame.text(ofRow: 1) == "  telem…")
    #expect(frame[2, 1].style == bold)
    #expect(frame[1, 1].style == .plain)
  }

  @Test("where there is ASCII alone, signs are drawn as something like them, letters as question marks")
  func standIns() {
    var frame = Frame(size: Size(columns: 20, rows: 1), glyphs: .ascii)
    frame.write("“a – b” → ü…", at: Point(column: 0, row: 0), style: .plain)
    #expect(frame.text(ofRow: 0) == "\"a - b\" > ?~")
  }

  @Test("drawing outside the grid does nothing")
  func outside() {
    var frame = Frame(size: Size(columns: 4, rows: 2))
    let empty = frame
    frame.write("x", at: Point(column: 0, row: 2), style: bold)
    frame.write("x", at: Point(column: 4, row: 0), style: bold)
    frame.write("x", at: Point(column: 0, row: -1), style: bold)
    frame.fill(Area(column: 9, row: 9, columns: 3, rows: 3), style: bold)
    frame.overlay(Area(column: -5, row: 5, columns: 2, rows: 2), style: bold)
    #expect(frame == empty)
    frame.write("abc", at: Point(column: -1, row: 0), style: bold)
    #expect(frame.text(ofRow: 0) == "bc")
  }

  @Test("a wide character takes two cells, and none at the last column")
  func wide() {
    var frame = Frame(size: Size(columns: 4, rows: 1))
    frame.write("日本", at: Point(column: 0, row: 0), style: bold)
    #expect(frame[0, 0].columns == 2)
    #expect(frame[1, 0].columns == 0)
    frame.write("x", at: Point(column: 1, row: 0), style: bold)
    #expect(frame.text(ofRow: 0) == " x本")
    frame.write("y", at: Point(column: 2, row: 0), style: bold)
    #expect(frame.text(ofRow: 0) == " xy")
  }

  @Test("a mark joins the cell before it, up to what a terminal library keeps")
  func marks() {
    var frame = Frame(size: Size(columns: 4, rows: 1))
    frame.write(
      Text(foreign: "e" + String(repeating: "\u{301}", count: 9) + "x"), at: Point(column: 0, row: 0),
      style: bold)
    #expect(frame[0, 0].text.unicodeScalars.count == 5)
    #expect(frame[1, 0].text == "x")
  }

  @Test("a frame in ASCII holds nothing else")
  func ascii() {
    var frame = Frame(size: Size(columns: 12, rows: 3), glyphs: .ascii)
    frame.box(Area(frame.size), style: bold, title: "Größe")
    frame.write("日e\u{301}✓", at: Point(column: 1, row: 1), style: bold)
    #expect(frame.text(ofRow: 0) == "+ Gr??e ---+")
    #expect(frame.text(ofRow: 1) == "|?e?       |")
  }

  @Test("a box carries its title and a note, and gives the area inside")
  func box() {
    var frame = Frame(size: Size(columns: 20, rows: 3))
    let inside = frame.box(Area(frame.size), style: bold, title: "Graph", note: "5")
    #expect(frame.text(ofRow: 0) == "╭ Graph ─────── 5 ─╮")
    #expect(frame.text(ofRow: 2) == "╰──────────────────╯")
    #expect(inside == Area(column: 1, row: 1, columns: 18, rows: 1))
  }

  @Test("a title that does not fit is cut, a note that does not fit is left out")
  func narrowBox() {
    var frame = Frame(size: Size(columns: 12, rows: 3))
    frame.box(Area(frame.size), style: bold, title: "Verification", note: "5")
    #expect(frame.text(ofRow: 0) == "╭ Verif… ──╮")
  }

  @Test("no box is too small to draw")
  func tinyBoxes() {
    for columns in 0..<6 {
      for rows in 0..<4 {
        var frame = Frame(size: Size(columns: columns, rows: rows))
        let inside = frame.box(Area(frame.size), style: bold, title: "Title", note: "note")
        #expect(inside.columns <= columns && inside.rows <= rows)
      }
    }
  }

  @Test("keeps an area that follows as it was, and nothing else")
  func keeping() {
    func frame(_ text: Text, followers: Set<Area>) -> Frame {
      var frame = Frame(size: Size(columns: 6, rows: 2))
      frame.write(text, at: Point(column: 0, row: 0), style: .plain)
      frame.write(text, at: Point(column: 0, row: 1), style: .plain)
      frame.followers = followers
      return frame
    }
    let right: Set<Area> = [Area(column: 3, row: 0, columns: 9, rows: 1)]
    let earlier = frame("abcdef", followers: right)
    var lagging = frame("uvwxyz", followers: [])
    let isKept = lagging.keep(Area(column: 3, row: 0, columns: 9, rows: 1), of: earlier)
    #expect(isKept)
    #expect(lagging.text(ofRow: 0) == "uvwdef")
    #expect(lagging.text(ofRow: 1) == "uvwxyz")
    #expect(lagging.followers == right)
    var elsewhere = frame("uvwxyz", followers: [])
    let isOther = elsewhere.keep(Area(column: 2, row: 0, columns: 9, rows: 1), of: earlier)
    let isFree = elsewhere.keep(Area(column: 3, row: 0, columns: 9, rows: 1), of: frame("", followers: []))
    #expect(!isOther && !isFree)
    #expect(elsewhere.text(ofRow: 0) == "uvwxyz")
    #expect(elsewhere.followers.isEmpty)
  }
}
