import Migrations
import Schema

/// One thing that the linter looks for.
protocol Lint: Sendable {
  /// Its stable name.
  var code: LintCode { get }
}

/// A lint that judges each statement by what stands before it and around it.
protocol StatementLint: Lint {
  /// What the lint has to say of the statement.
  func candidates(in context: StatementContext) -> [LintCandidate]
}

/// A lint that judges a schema as a whole: what the files have made after the last of them, or what a catalog holds.
protocol SchemaLint: Lint {
  /// What the lint has to say of the schema.
  func candidates(in schema: LintSchema, _ facts: LintFacts) -> [LintCandidate]
}

/// What a lint has to say, before it is known whether the file asks to ignore it.
struct LintCandidate: Sendable {
  /// The lint.
  var code: LintCode
  /// How bad it is; `pass` where it would matter elsewhere but not here, as on a table of two rows.
  ///
  /// Such a candidate is never reported, yet it gives an ignore comment its use.
  var severity: Finding.Severity
  /// The statement; nil if no file holds the cause.
  var place: StatementPlace?
  /// The object that it is about.
  var object: ObjectIdentity
  /// What and why, in a sentence or two.
  var message: String
  /// What to write instead.
  var advice: String?
}
