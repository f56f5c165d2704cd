/// A picture of the screen as a value: a grid of cells and the place of the cursor.
///
/// Drawing outside the grid is clipped, never an error, so that a view need not check a terminal's size at every line.
public struct Frame: Sendable, Hashable {
  /// How large it is.
  public let size: Size
  /// The symbols that boxes and clipped texts are drawn with.
  public let glyphs: Glyphs
  /// Where the terminal's cursor stands; nil hides it.
  public var cursor: Point?
  /// Areas that only follow what happens elsewhere: the details of the row under the cursor.
  public var followers: Set<Area> = []
  private var cells: [Cell]

  /// Makes an empty frame.
  public init(size: Size, style: Style = .plain, glyphs: Glyphs = .unicode) {
    self.size = size
    self.glyphs = glyphs
    self.cells = Array(repeating: .blank(style), count: size.columns * size.rows)
  }

  /// The cell at a place; a blank outside the grid.
  public subscript(column: Int, row: Int) -> Cell {
    contains(column, row) ? cells[row * size.columns + column] : .blank(.plain)
  }

  /// The cells of one row, from left to right; none outside the grid.
  public func row(_ row: Int) -> ArraySlice<Cell> {
    guard row >= 0, row < size.rows else { return [] }
    return cells[(row * size.columns)..<((row + 1) * size.columns)]
  }

  /// Whether a row looks as a row of another frame does.
  public func row(_ row: Int, looksAs otherRow: Int, of other: Frame) -> Bool {
    self.row(row) == other.row(otherRow)
  }

  /// The text of one row, without blanks at its end.
  public func text(ofRow row: Int) -> String {
    var line = ""
    let cells = self.row(row)
    guard let last = cells.lastIndex(where: { $0.character != .blank }) else { return line }
    for cell in cells[...last] {
      for scalar in cell.character.scalars { line.unicodeScalars.append(scalar) }
    }
    return line
  }

  /// Draws a text in one line, clipped to `columns` and to the grid, and returns the cells that it took.
  @discardableResult
  public mutating func write(_ text: Text, at point: Point, style: Style, columns: Int? = nil) -> Int {
    let room = min(columns ?? Int.max, size.columns - point.column)
    guard room > 0, point.row >= 0, point.row < size.rows else { return 0 }
    var column = point.column
    var lastBase: Int?
    for scalar in text.clipped(to: room, ellipsis: glyphs.ellipsis).string.unicodeScalars {
      let width = drawableColumns(scalar)
      if width == 0 {
        if let lastBase { join(scalar, column: lastBase, row: point.row) }
        continue
      }
      if column >= 0 {
        put(drawable(scalar), columns: width, column: column, row: point.row, style: style)
        lastBase = column
      }
      column += width
    }
    return column - point.column
  }

  /// Fills an area with blanks.
  public mutating func fill(_ area: Area, style: Style) {
    for row in area.row..<max(area.row, area.endRow) {
      for column in area.column..<max(area.column, area.endColumn) where contains(column, row) {
        put(" ", columns: 1, column: column, row: row, style: style)
      }
    }
  }

  /// Lays a style over what is drawn in an area (``Style/overlaid(with:)``).
  public mutating func overlay(_ area: Area, style: Style) {
    for row in max(0, area.row)..<max(0, area.row, min(area.endRow, size.rows)) {
      for column in max(0, area.column)..<max(0, area.column, min(area.endColumn, size.columns)) {
        let index = row * size.columns + column
        cells[index].style = cells[index].style.overlaid(with: style)
      }
    }
  }

  /// Takes over what an earlier frame shows in an area that follows in both; false if it did not follow there.
  public mutating func keep(_ area: Area, of earlier: Frame) -> Bool {
    guard earlier.size == size, earlier.followers.contains(area) else { return false }
    followers.insert(area)
    for row in max(0, area.row)..<max(0, area.row, min(area.endRow, size.rows)) {
      let columns = max(0, area.column)..<max(0, area.column, min(area.endColumn, size.columns))
      let cells = (row * size.columns + columns.lowerBound)..<(row * size.columns + columns.upperBound)
      self.cells.replaceSubrange(cells, with: earlier.cells[cells])
    }
    return true
  }

  private func contains(_ column: Int, _ row: Int) -> Bool {
    column >= 0 && row >= 0 && column < size.columns && row < size.rows
  }

  /// A terminal must never get a control, whoever made the text.
  private func drawable(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.value < 0x20 || (scalar.value >= 0x7F && scalar.value < 0xA0) { return " " }
    if glyphs.isASCII, !scalar.isASCII { return Glyphs.standIn(for: scalar) }
    return scalar
  }

  private func drawableColumns(_ scalar: Unicode.Scalar) -> Int {
    let columns = CharacterWidth.columns(of: scalar)
    return glyphs.isASCII ? min(columns, 1) : columns
  }

  private mutating func put(_ scalar: Unicode.Scalar, columns: Int, column: Int, row: Int, style: Style) {
    guard contains(column, row) else { return }
    let index = row * size.columns + column
    separateHalves(at: index, column: column)
    guard columns == 2 else {
      cells[index] = Cell(CellCharacter(scalar), columns: 1, style: style)
      return
    }
    guard column + 1 < size.columns else {
      cells[index] = .blank(style)
      return
    }
    separateHalves(at: index + 1, column: column + 1)
    cells[index] = Cell(CellCharacter(scalar), columns: 2, style: style)
    cells[index + 1] = .continuation(style)
  }

  /// A wide character of which one half is about to be overwritten leaves a blank in the other.
  private mutating func separateHalves(at index: Int, column: Int) {
    if cells[index].columns == 0, column > 0 {
      cells[index - 1] = .blank(cells[index - 1].style)
      cells[index] = .blank(cells[index].style)
    } else if cells[index].columns == 2, column + 1 < size.columns {
      cells[index + 1] = .blank(cells[index + 1].style)
    }
  }

  private mutating func join(_ mark: Unicode.Scalar, column: Int, row: Int) {
    guard contains(column, row), !glyphs.isASCII else { return }
    cells[row * size.columns + column].character.join(mark)
  }
}
