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
  /// What it may do beside that to objects whose names are not known.
  var possibleEffects: [PossibleEffect] = []
  /// What happens when it runs a second time right after the first.
  var repetition: Repetition = .harmless
  /// The settings of the session that it changes, in order.
  var settings: [SessionSetting] = []
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
