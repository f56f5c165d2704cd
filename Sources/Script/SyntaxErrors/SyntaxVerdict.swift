/// What to make of a statement that the parser, which knows PostgreSQL 15's grammar, does not read.
///
/// The rule: a statement is in error unless the parser stumbles over a construct that a newer version is known to have
/// brought (``NewerSyntax``), at the very place where that construct stands. An unknown word in an unknown place is a
/// mistake far more often than it is news, and a mistake should be told before the target is touched.
struct SyntaxVerdict {
  var kind: ScriptProblem.Kind
  var message: String
  /// The newer construct that explains the error.
  var newer: NewerSyntax?

  /// Judges what the parser stumbled over.
  init(_ context: SyntaxErrorContext) {
    newer = NewerSyntax.match(context)
    if let newer {
      kind = .unknownSyntax
      message = "\(newer.feature) came with PostgreSQL \(newer.since); it is not understood before it runs"
    } else {
      kind = .syntaxError
      let brief = Self.shortened(context.message)
      message = ErrorHint.match(context).map { "\(brief): \($0)" } ?? brief
    }
  }

  /// The parser quotes the token that it stumbled over, however long it is.
  private static func shortened(_ message: String) -> String {
    guard message.unicodeScalars.count > 160 else { return message }
    return String(String.UnicodeScalarView(message.unicodeScalars.prefix(150))) + "…\""
  }
}
