/// All that is wrong with a theme's file; thrown as one, so that its author sees everything at once.
public struct ThemeError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The problems, at least one, in the order of the file.
  public var problems: [Problem]

  /// Collects problems.
  public init(_ problems: [Problem]) { self.problems = problems }

  /// One thing that is wrong.
  public struct Problem: Sendable, Hashable, CustomStringConvertible {
    /// The file.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The column, from 1, in characters.
    public var column: Int
    /// What is wrong, in one sentence, with what was probably meant.
    public var message: String

    /// Makes a problem from its parts.
    public init(file: String, line: Int, column: Int, message: String) {
      self.file = file
      self.line = line
      self.column = column
      self.message = message
    }

    /// `themes/dark.toml:12:5: unknown key …`.
    public var description: String { "\(file):\(line):\(column): \(message)" }
  }

  /// The problems, one a line.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
