/// Something in a file that keeps it, or a part of it, from being understood.
public struct ScriptProblem: Sendable, Hashable {
  /// How much of a hindrance it is.
  public enum Kind: String, Sendable, Hashable {
    /// No version of PostgreSQL reads it: the file must not run.
    case syntaxError
    /// The parser (PostgreSQL 15's grammar) does not read it, a newer server may.
    case unknownSyntax
    /// A psql command, which no server reads.
    case psqlCommand
    /// A psql variable without a value.
    case psqlVariable
    /// The bytes are not UTF-8, or hold NUL.
    case encoding
  }

  /// Which kind it is.
  public var kind: Kind
  /// What is wrong, in a sentence without the place.
  public var message: String
  /// Where it is.
  public var position: SourcePosition
  /// The line of the file that it is in, for a caret to stand under.
  public var line: String

  /// Makes a problem from its parts.
  public init(kind: Kind, message: String, position: SourcePosition, line: String) {
    self.kind = kind
    self.message = message
    self.position = position
    self.line = line
  }
}
