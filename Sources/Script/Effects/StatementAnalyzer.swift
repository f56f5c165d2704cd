import CPgQuery

/// Reads the statements of one file, one after the other, for what they do.
///
/// One analyzer serves one file: what a statement means can hang on those before it (a search path, the kind of a
/// relation made earlier).
struct StatementAnalyzer {
  /// Makes an analyzer that knows of no earlier statement.
  init() {}

  /// Reads one statement, as the splitter cut it: without its final semicolon.
  mutating func analyze(_ text: String) -> StatementAnalysis {
    var analysis = StatementAnalysis(tag: Self.leadingWords(of: text))
    let result = pg_query_parse_protobuf(text)
    defer { pg_query_free_protobuf_parse_result(result) }
    if let error = result.error {
      analysis.syntaxError = StatementSyntaxError(
        message: String(cString: error.pointee.message),
        characterOffset: max(0, Int(error.pointee.cursorpos) - 1))
      analysis.opacity = "it cannot be parsed"
    }
    return analysis
  }

  private static func leadingWords(of text: String) -> String {
    text.utf8.prefix(200).split(whereSeparator: { $0 <= 0x20 }).prefix(2)
      .map { String(decoding: $0, as: UTF8.self).uppercased() }.joined(separator: " ")
  }
}

/// What is known of one statement without running it.
struct StatementAnalysis: Sendable, Hashable {
  /// The command tag, as the server answers it.
  var tag: String
  /// What the statement does to objects, in the order in which it does it.
  var effects: [Effect] = []
  /// The table locks that it takes, strongest first.
  var locks: [LockForecast] = []
  /// Whether it can run in a transaction.
  var transactionRule: TransactionRule = .any
  /// Why some or all of its effects cannot be known without running it.
  var opacity: String?
  /// What the parser says if it does not read the statement.
  var syntaxError: StatementSyntaxError?
}

/// The parser's complaint about one statement.
struct StatementSyntaxError: Sendable, Hashable {
  /// The parser's message.
  var message: String
  /// Where it stumbled, in characters (Unicode scalars) from the beginning of the statement's text, from 0.
  var characterOffset: Int
}
