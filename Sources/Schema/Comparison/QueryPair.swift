/// Two queries of which the server is to say whether they mean the same: it plans both.
///
/// One planner folds the same constants, inlines the same functions and resolves the same names on both sides, so equal
/// plans are equal meanings, however differently the queries are spelled.
public struct QueryPair: Sendable, Hashable {
  /// The schemas in which both look unqualified names up; nil for those of the session.
  public var searchPath: [String]?
  /// The two queries, in one or more forms; the first form whose queries are the same decides.
  public var forms: [Form]

  /// Makes a pair from its parts.
  public init(searchPath: [String]? = nil, forms: [Form]) {
    self.searchPath = searchPath
    self.forms = forms
  }

  /// The two queries in one form.
  public struct Form: Sendable, Hashable {
    /// What the files say.
    public var expected: String
    /// What the database says.
    public var actual: String

    /// Whether it is asked only where no form before it could be planned.
    public var isFallback: Bool

    /// Makes a form from its parts.
    public init(expected: String, actual: String, isFallback: Bool = false) {
      self.expected = expected
      self.actual = actual
      self.isFallback = isFallback
    }
  }
}

/// What the server answers to a ``QueryPair``.
public enum QueryComparison: Sendable, Hashable {
  /// Both have one plan.
  case same
  /// They have two plans (as `EXPLAIN (VERBOSE, COSTS OFF)` writes them) in the first form that could be planned.
  ///
  /// They may still mean the same, where only the aliases of tables differ.
  case different(expected: String, actual: String)
  /// One of them could not be planned in any form; the text says why.
  case incomparable(String)
}
