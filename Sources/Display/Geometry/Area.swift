/// A rectangle of cells.
public struct Area: Sendable, Hashable {
  /// The leftmost column.
  public var column: Int
  /// The topmost row.
  public var row: Int
  /// How large it is.
  public var size: Size

  /// Makes an area from its corner and its size; negative lengths count as none.
  public init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.size = Size(columns: columns, rows: rows)
  }

  /// The area that a whole screen of this size covers.
  public init(_ size: Size) {
    self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
  }

  /// Cells from left to right.
  public var columns: Int { size.columns }
  /// Cells from top to bottom.
  public var rows: Int { size.rows }
  /// The column right of the last.
  public var endColumn: Int { column + columns }
  /// The row below the last.
  public var endRow: Int { row + rows }
  /// Whether there is no cell in it.
  public var isEmpty: Bool { columns == 0 || rows == 0 }

  /// Whether a cell is in it.
  public func contains(_ point: Point) -> Bool {
    point.column >= column && point.column < endColumn && point.row >= row && point.row < endRow
  }

  /// The area without a margin on each side.
  public func inset(columns horizontal: Int = 0, rows vertical: Int = 0) -> Area {
    Area(
      column: column + horizontal, row: row + vertical, columns: columns - 2 * horizontal,
      rows: rows - 2 * vertical)
  }

  /// The upper rows, and what is left below them.
  public func splitAtTop(rows upper: Int) -> (top: Area, rest: Area) {
    let upper = min(max(0, upper), rows)
    return (
      Area(column: column, row: row, columns: columns, rows: upper),
      Area(column: column, row: row + upper, columns: columns, rows: rows - upper)
    )
  }

  /// The left columns, and what is left beside them.
  public func splitAtLeft(columns left: Int) -> (left: Area, rest: Area) {
    let left = min(max(0, left), columns)
    return (
      Area(column: column, row: row, columns: left, rows: rows),
      Area(column: column + left, row: row, columns: columns - left, rows: rows)
    )
  }

  /// An area of this size in the middle, as far as it fits.
  public func centred(columns: Int, rows: Int) -> Area {
    let columns = min(columns, self.columns)
    let rows = min(rows, self.rows)
    return Area(
      column: column + (self.columns - columns) / 2, row: row + (self.rows - rows) / 2, columns: columns,
      rows: rows)
  }
}
