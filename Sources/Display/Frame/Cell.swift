/// One place of a frame: a character with its style.
public struct Cell: Sendable, Hashable {
  /// The character: one scalar and the marks that join it; empty in the second half of a wide character.
  public var text: String
  /// The places that it takes: 1, 2, or 0 for the second half of a wide character.
  public var columns: Int8
  /// How it looks.
  public var style: Style

  /// Makes a cell of a character that takes `columns` places.
  public init(text: String, columns: Int, style: Style) {
    self.text = text
    self.columns = Int8(clamping: columns)
    self.style = style
  }

  /// A cell without ink.
  public static func blank(_ style: Style) -> Cell { Cell(text: " ", columns: 1, style: style) }

  /// The second half of a wide character.
  static func continuation(_ style: Style) -> Cell { Cell(text: "", columns: 0, style: style) }
}
