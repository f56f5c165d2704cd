/// What is wrong with a TOML text, and where.
public struct TOMLError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, in one sentence without the place.
  public var message: String
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in characters (Unicode scalars).
  public var column: Int
  /// What was probably meant, if something is near enough.
  public var suggestion: String?

  /// Makes an error from its parts.
  public init(message: String, line: Int, column: Int, suggestion: String? = nil) {
    self.message = message
    self.line = line
    self.column = column
    self.suggestion = suggestion
  }

  /// Makes an error at a position.
  public init(_ message: String, at position: TOMLPosition, suggestion: String? = nil) {
    self.init(message: message, line: position.line, column: position.column, suggestion: suggestion)
  }

  /// Where it is.
  public var position: TOMLPosition { TOMLPosition(line: line, column: column) }

  /// `line:column: message`.
  public var description: String { "\(line):\(column): \(message)" }
}

/// A place in a TOML text, line and column from 1, columns in characters (Unicode scalars).
public struct TOMLPosition: Sendable, Hashable, Comparable {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1.
  public var column: Int

  /// Makes a position from line and column, both from 1.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Orders by line, then by column.
  public static func < (left: TOMLPosition, right: TOMLPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
