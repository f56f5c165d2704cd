/// One place of a frame: a character with its style.
public struct Cell: Sendable, Hashable {
  /// The character; empty in the second half of a wide one.
  public internal(set) var character: CellCharacter
  /// The places that it takes: 1, 2, or 0 for the second half of a wide character.
  public let columns: Int8
  /// How it looks.
  public var style: Style

  /// Makes a cell of a character that takes `columns` places.
  public init(_ character: CellCharacter, columns: Int, style: Style) {
    self.character = character
    self.columns = Int8(clamping: columns)
    self.style = style
  }

  /// A cell without ink.
  public static func blank(_ style: Style) -> Cell { Cell(.blank, columns: 1, style: style) }

  /// The second half of a wide character.
  static func continuation(_ style: Style) -> Cell { Cell(.none, columns: 0, style: style) }

  /// The character as text.
  public var text: String { character.text }

  /// Whether it is without ink.
  public var isBlank: Bool { columns == 1 && character == .blank }
}
