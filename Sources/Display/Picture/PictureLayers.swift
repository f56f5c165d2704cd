/// What a picture is made of, from back to front: grounds, shapes, lines, text; each gathered by colour.
struct PictureLayers {
  private let ground: RGBColour
  private var grounds: [RGBColour: [Block]] = [:]
  private var shapes: [RGBColour: String] = [:]
  private var lines: [RGBColour: PictureLines] = [:]
  private var texts: [Ink: String] = [:]

  /// A rectangle of cells of one colour.
  private struct Block {
    var columns: Range<Int>
    var rows: Range<Int>
  }

  /// How a run of text is written.
  private struct Ink: Hashable, Comparable {
    var colour: RGBColour
    var isBold: Bool
    var isItalic: Bool

    init(_ style: Style, _ colour: RGBColour) {
      self.colour = colour
      isBold = style.attributes.contains(.bold)
      isItalic = style.attributes.contains(.italic)
    }

    static func < (left: Ink, right: Ink) -> Bool {
      (left.colour.value, left.isBold ? 1 : 0, left.isItalic ? 1 : 0)
        < (right.colour.value, right.isBold ? 1 : 0, right.isItalic ? 1 : 0)
    }
  }

  init(ground: RGBColour) { self.ground = ground }

  /// Takes one row of a frame apart.
  mutating func take(row: Int, of frame: Frame, _ palette: PicturePalette) {
    let cells = Array(frame.row(row))
    var column = 0
    while column < cells.count {
      let style = cells[column].style
      let end = cells[column...].firstIndex { $0.style != style } ?? cells.count
      take(Array(cells[column..<end]), style, at: column, row, palette)
      column = end
    }
  }

  private mutating func take(
    _ cells: [Cell], _ style: Style, at column: Int, _ row: Int, _ palette: PicturePalette
  ) {
    let (ink, ground) = palette.paint(style)
    let columns = column..<(column + cells.count)
    if ground != self.ground { fill(columns, row, ground) }
    if style.attributes.contains(.underline) {
      lines[ink, default: PictureLines()].underline(columns, row: row)
    }
    var run = ""
    var runStart = 0
    func finish(at end: Int, _ layers: inout PictureLayers) {
      while run.last == " " { run.removeLast() }
      if !run.isEmpty { layers.write(run, Ink(style, ink), column: column + runStart, row: row) }
      run = ""
    }
    for (offset, cell) in cells.enumerated() where cell.columns > 0 {
      let place = column + offset
      if CellShape.isLetter(cell) {
        let isGap = cell.text == " " && (run.isEmpty || run.last == " ")
        if isGap {
          finish(at: offset, &self)
          continue
        }
        if run.isEmpty { runStart = offset }
        run += cell.text
        continue
      }
      finish(at: offset, &self)
      draw(cell, Ink(style, ink), column: place, row: row)
    }
    finish(at: cells.count, &self)
  }

  private mutating func draw(_ cell: Cell, _ ink: Ink, column: Int, row: Int) {
    if let scalar = cell.character.single {
      if let arms = LineArms(scalar) {
        lines[ink.colour, default: PictureLines()].add(arms, column: column, row: row)
        return
      }
      if let path = CellShape.path(of: scalar, x: column * PictureGrid.column, y: row * PictureGrid.row) {
        shapes[ink.colour, default: ""] += path
        return
      }
    }
    // What a font may give another width stands in the middle of its cells.
    let middle = column * PictureGrid.column + Int(cell.columns) * PictureGrid.column / 2
    texts[ink, default: ""] +=
      "<text class=\"c\" x=\"\(middle)\" y=\"\(row * PictureGrid.row + PictureGrid.baseline)\">"
      + "\(Picture.escaped(cell.text))</text>\n"
  }

  private mutating func write(_ run: String, _ ink: Ink, column: Int, row: Int) {
    let count = run.unicodeScalars.count
    let length = count > 1 ? " textLength=\"\(count * PictureGrid.column)\"" : ""
    texts[ink, default: ""] +=
      "<text x=\"\(column * PictureGrid.column)\" y=\"\(row * PictureGrid.row + PictureGrid.baseline)\"\(length)>"
      + "\(Picture.escaped(run))</text>\n"
  }

  /// Fills cells; with those above them, where these are as wide, to one rectangle.
  private mutating func fill(_ columns: Range<Int>, _ row: Int, _ colour: RGBColour) {
    var blocks = grounds[colour] ?? []
    if let last = blocks.indices.last, blocks[last].rows == row..<(row + 1),
      blocks[last].columns.upperBound == columns.lowerBound
    {
      blocks[last].columns = blocks[last].columns.lowerBound..<columns.upperBound
    } else {
      blocks.append(Block(columns: columns, rows: row..<(row + 1)))
    }
    grounds[colour] = blocks
  }

  private static func stacked(_ blocks: [Block]) -> [Block] {
    var stacked: [Block] = []
    for block in blocks {
      let above = stacked.lastIndex {
        $0.rows.upperBound == block.rows.lowerBound && $0.columns == block.columns
      }
      if let above {
        stacked[above].rows = stacked[above].rows.lowerBound..<block.rows.upperBound
      } else {
        stacked.append(block)
      }
    }
    return stacked
  }

  /// The elements of the picture, one a line.
  var elements: String {
    var result = ""
    for (colour, blocks) in grounds.sorted(by: { $0.key < $1.key }) {
      let path = Self.stacked(blocks).map { block in
        let width = block.columns.count * PictureGrid.column
        let x = block.columns.lowerBound * PictureGrid.column
        return
          "M\(x) \(block.rows.lowerBound * PictureGrid.row)h\(width)v\(block.rows.count * PictureGrid.row)h-\(width)z"
      }
      result += "<path class=\"g\" fill=\"\(colour)\" d=\"\(path.joined())\"/>\n"
    }
    for (colour, path) in shapes.sorted(by: { $0.key < $1.key }) {
      result += "<path fill=\"\(colour)\" d=\"\(path)\"/>\n"
    }
    for (colour, lines) in lines.sorted(by: { $0.key < $1.key }) {
      result += "<path fill=\"none\" stroke=\"\(colour)\" stroke-width=\"1.6\" d=\"\(lines.path)\"/>\n"
    }
    for (ink, elements) in texts.sorted(by: { $0.key < $1.key }) {
      let classes = (ink.isBold ? ["b"] : []) + (ink.isItalic ? ["i"] : [])
      let marks = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
      result += "<g fill=\"\(ink.colour)\"\(marks)>\n\(elements)</g>\n"
    }
    return result
  }
}
