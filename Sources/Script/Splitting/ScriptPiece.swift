/// One statement as the splitter cuts it out, before anything is known of its meaning.
struct ScriptPiece {
  /// From its first token to its last.
  var range: Range<Int>
  var position: SourcePosition
  var form = StatementForm.sql
  /// The name of a psql command with its backslash; nil for SQL.
  var psqlName: String?
  /// What psql would take for variables in it.
  var variables: [PsqlVariable] = []
  /// The line comments between the parts of its continued strings, which are no comments of the file.
  var commentsInStrings: [Range<Int>] = []
  /// Whether a plain string in it has escapes because of a setting, which the parser does not know.
  var hasEscapesInPlainStrings = false
  /// Whether a psql command stands in the middle of it.
  var holdsPsqlCommand = false
  /// Whether the file ends inside one of its tokens.
  var isCutOff = false
  /// An upper bound of the depth of its syntax tree.
  var depth = 0

  mutating func extend(to end: Int) {
    range = range.lowerBound..<end
  }
}

/// A place where psql would put a variable's value.
struct PsqlVariable {
  var range: Range<Int>
  var position: SourcePosition
}

/// A file cut into pieces: what lies between them is white space, comments, semicolons and the rows of COPY.
struct SplitScript {
  var pieces: [ScriptPiece] = []
  var comments: [ScriptComment] = []
  var problems: [SplitProblem] = []
  /// The rows of COPY and `\copy`, with the lines that end them.
  var rows: [Range<Int>] = []
}

/// Something that the splitter could not read, or that only psql reads.
struct SplitProblem {
  var kind: ScriptProblem.Kind
  var message: String
  var offset: Int
  var position: SourcePosition
}
