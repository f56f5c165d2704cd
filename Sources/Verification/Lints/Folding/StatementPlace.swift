import Script

/// Where a statement, or a comment before it, stands in a project.
struct StatementPlace: Sendable, Hashable, Comparable {
  /// The migration's place among those that can run, from 0.
  var migration: Int
  /// The statement's index in the file.
  var statement: Int
  /// The exact place, where it is not that of the statement.
  var comment: SourcePosition?

  /// The line and column in the file.
  func position(in script: ParsedScript) -> SourcePosition? {
    if let comment { return comment }
    return script.statements.indices.contains(statement) ? script.statements[statement].position : nil
  }

  /// Orders by file, then by statement; what is said of a comment comes before what is said of its statement.
  static func < (left: StatementPlace, right: StatementPlace) -> Bool {
    if left.migration != right.migration { return left.migration < right.migration }
    if left.statement != right.statement { return left.statement < right.statement }
    switch (left.comment, right.comment) {
    case (let left?, let right?): return left < right
    case (.some, nil): return true
    default: return false
    }
  }
}
