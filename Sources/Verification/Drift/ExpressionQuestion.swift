import Schema

/// An expression as the files and as the catalog have it, to be put to the server.
struct ExpressionQuestion {
  let expected: [String]
  let actual: String
  let searchPath: [String]?

  /// The pair over some names, each side converted to `type` if one is given.
  func pair(_ scope: PlanQuestion.Scope, as type: String? = nil) -> QueryPair {
    PlanQuestion.expression(expected: expected, actual: actual, over: scope, as: type, searchPath: searchPath)
  }
}
