/// How large a screen or a part of it is, in cells.
public struct Size: Sendable, Hashable, CustomStringConvertible {
  /// Cells from left to right.
  public var columns: Int
  /// Cells from top to bottom.
  public var rows: Int

  /// Makes a size; negative lengths count as none.
  public init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  /// `120×36`.
  public var description: String { "\(columns)×\(rows)" }
}
