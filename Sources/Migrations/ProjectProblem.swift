/// Something wrong with a project: what, where, and what to do next.
public struct ProjectProblem: Error, Sendable, Hashable {
  /// A stable code for the kind of problem (`no-such-directory`, `duplicate-id`, `requirement-cycle`, …).
  public var code: String
  /// What is wrong, in one sentence.
  public var message: String
  /// Where it is, if it is in a file.
  public var location: FileLocation?
  /// The line of the file that it is in, for a caret to stand under.
  public var line: String?
  /// What the operator can do next.
  public var advice: String?

  /// Makes a problem from its parts.
  public init(
    code: String, message: String, location: FileLocation? = nil, line: String? = nil, advice: String? = nil
  ) {
    self.code = code
    self.message = message
    self.location = location
    self.line = line
    self.advice = advice
  }
}

/// All that is wrong with a project; thrown as one, so that the operator sees everything at once.
public struct ProjectError: Error, Sendable, Hashable {
  /// The problems, at least one.
  public var problems: [ProjectProblem]

  /// Collects problems.
  public init(_ problems: [ProjectProblem]) { self.problems = problems }
}
