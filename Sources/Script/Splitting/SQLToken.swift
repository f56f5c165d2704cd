/// One token of SQL, as a range of bytes.
struct SQLToken {
  var kind: SQLTokenKind
  var range: Range<Int>
  /// False if the file ends inside the token.
  var isTerminated = true
}

/// The kinds of token that splitting needs to tell apart.
enum SQLTokenKind {
  /// A key word or an unquoted name.
  case word
  /// A name in double quotes (also `U&"…"`).
  case quotedIdentifier
  /// A string constant of any kind but the next, with all its continuations.
  case string
  /// A dollar-quoted string.
  case dollarString
  /// A number, with whatever letters cling to it.
  case number
  /// `$1`.
  case parameter
  /// `-- …`, without the end of the line.
  case lineComment
  /// `/* … */`, with those nested in it.
  case blockComment
  /// What psql takes for a variable: `:name`, `:'name'`, `:"name"`, `:{?name}`.
  case variable
  case semicolon
  case comma
  case dot
  case leftParenthesis
  case rightParenthesis
  case leftBracket
  case rightBracket
  case backslash
  /// One character of an operator, `::`, `:=`, or a byte that belongs to no token.
  case symbol
}
