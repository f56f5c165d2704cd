/// A file of SQL taken apart into statements.
public struct ParsedScript: Sendable, Hashable {
  /// The statements, in the order of the file.
  public var statements: [Statement]
  /// What could not be read, in the order of the file.
  public var problems: [ScriptProblem]
  /// All comments, in the order of the file.
  public var comments: [ScriptComment]

  /// Makes a script from its parts.
  public init(
    statements: [Statement] = [], problems: [ScriptProblem] = [], comments: [ScriptComment] = []
  ) {
    self.statements = statements
    self.problems = problems
    self.comments = comments
  }

  /// The comments that stand before a statement and behind the one before it, in the order of the file.
  ///
  /// The index may be one behind the last statement's: then they are the comments at the end of the file.
  public func leadingComments(ofStatement index: Int) -> [ScriptComment] {
    var low = 0
    var high = comments.count
    while low < high {
      let middle = (low + high) / 2
      if comments[middle].statement < index { low = middle + 1 } else { high = middle }
    }
    return Array(comments[low...].prefix { $0.statement == index && !$0.isInsideStatement })
  }
}
