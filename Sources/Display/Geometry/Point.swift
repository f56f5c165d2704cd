/// A cell of a frame, counted from 0 at the top left.
public struct Point: Sendable, Hashable {
  /// Cells from the left edge.
  public var column: Int
  /// Cells from the top edge.
  public var row: Int

  /// Makes a point from its coordinates.
  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}
