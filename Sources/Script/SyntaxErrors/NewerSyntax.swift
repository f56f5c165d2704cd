/// A construct that a version of PostgreSQL newer than the parser's (15) brought.
struct NewerSyntax: Sendable {
  /// What it is called.
  let feature: String
  /// The first version that has it.
  let since: Int
  /// Whether it makes the statement write the whole table anew, which its older reading does not say.
  let rewritesTable: Bool
  /// Whether its older reading puts `CHECK (column)` for `NOT NULL column`.
  let readsNotNullAsCheck: Bool
  private let matches: @Sendable (SyntaxErrorContext) -> Bool
  private let olderReading: @Sendable (SyntaxErrorContext) -> [TokenReplacement]

  /// The newer construct that the parser stumbled over, if it is one.
  static func match(_ context: SyntaxErrorContext) -> NewerSyntax? {
    all.first { $0.matches(context) }
  }

  private static let all: [NewerSyntax] = version16 + version17 + version18 + version19

  /// What to read in its place so that the rest of the statement can be read; nothing if there is no such thing.
  func older(_ context: SyntaxErrorContext) -> [TokenReplacement] { olderReading(context) }

  /// A construct that a function recognises.
  init(
    _ feature: String, since: Int, rewritesTable: Bool = false, notNullAsCheck: Bool = false,
    older: @escaping @Sendable (SyntaxErrorContext) -> [TokenReplacement] = { _ in [] },
    where matches: @escaping @Sendable (SyntaxErrorContext) -> Bool
  ) {
    self.feature = feature
    self.since = since
    self.rewritesTable = rewritesTable
    readsNotNullAsCheck = notNullAsCheck
    self.matches = matches
    olderReading = older
  }

  /// A construct that tokens in a row betray (``SyntaxErrorContext/stands(_:)``), in statements that begin with
  /// `command`.
  init(
    _ feature: String, since: Int, in command: String = "", _ patterns: String...,
    rewritesTable: Bool = false, notNullAsCheck: Bool = false,
    older: @escaping @Sendable (SyntaxErrorContext) -> [TokenReplacement] = { _ in [] }
  ) {
    self.init(
      feature, since: since, rewritesTable: rewritesTable, notNullAsCheck: notNullAsCheck, older: older
    ) { context in
      context.begins(with: command) && patterns.contains { context.stands($0) }
    }
  }

  /// A construct in the parentheses of a call, which is read with its arguments left out.
  init(_ feature: String, since: Int, inCallOf names: Set<String>) {
    self.init(feature, since: since) { context in
      guard let call = context.call(of: names), let close = call.close, close > call.open + 1 else {
        return []
      }
      return [TokenReplacement(first: call.open + 1, last: close - 1)]
    } where: { context in
      context.call(of: names) != nil
    }
  }
}
