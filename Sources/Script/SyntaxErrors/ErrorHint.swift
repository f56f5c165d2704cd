/// Says what was probably meant where a statement is in error in a way that is often seen.
enum ErrorHint {
  /// The hint for the mistake, if it is a known one.
  static func match(_ context: SyntaxErrorContext) -> String? {
    ifNotExists(context) ?? otherDialect(context) ?? slip(context)
  }

  private static func ifNotExists(_ context: SyntaxErrorContext) -> String? {
    if context.stands("IF NOT EXISTS") || context.stands("IF ^NOT EXISTS") {
      let before = context.tokens.prefix(context.fault).filter { $0 != "IF" }
      if context.begins(with: "ALTER TABLE"), before.contains("CONSTRAINT") {
        return "ADD CONSTRAINT has no IF NOT EXISTS"
      }
      guard context.begins(with: "CREATE") else { return "there is no IF NOT EXISTS here" }
      let command = before.filter { $0 != "OR" && $0 != "REPLACE" }.prefix(3)
      return "\(command.joined(separator: " ")) has no IF NOT EXISTS"
    }
    if context.begins(with: "CREATE OR REPLACE"), context.fault == 3, let object = context.token(0) {
      return "CREATE \(object) has no OR REPLACE"
    }
    return nil
  }

  private static func otherDialect(_ context: SyntaxErrorContext) -> String? {
    let here = context.token(0) ?? ""
    let before = context.token(-1) ?? ""
    switch here {
    case "`": return "PostgreSQL quotes names with double quotes"
    case "AUTO_INCREMENT", "AUTOINCREMENT":
      return "that is another database's; PostgreSQL has GENERATED ALWAYS AS IDENTITY"
    case "ENGINE": return "that is MySQL's"
    case _ where context.startsLine && (here == "GO" || before == "GO"):
      return "GO is a mark of SQL Server's tools, not SQL"
    case "UNSIGNED": return "PostgreSQL has no unsigned types"
    case "DELIMITER": return "DELIMITER is a command of MySQL's client"
    case "MODIFY" where context.begins(with: "ALTER TABLE"):
      return "PostgreSQL changes columns with ALTER COLUMN"
    default: break
    }
    if here == "{" || here == "}" || context.holds("<", "%") && context.holds("%", ">") {
      return "a template that has not been filled in?"
    }
    if context.stands("< < ^<") || context.stands("^< < <") || context.stands("^= = =")
      || context.stands("^> > >")
    {
      return "a mark left by a merge that was not resolved?"
    }
    if here == "#" { return "a comment begins with --" }
    return nil
  }

  private static func slip(_ context: SyntaxErrorContext) -> String? {
    if context.token(0) == ")", context.token(-1) == "," { return "a comma too many before it" }
    if context.begins(with: "CREATE POLICY"), context.token(0) == ",",
      ["SELECT", "INSERT", "UPDATE", "DELETE"].contains(context.token(-1))
    {
      return "a policy is for one command, or for ALL"
    }
    if context.begins(with: "CREATE"), context.stands("EXISTS ^ON") {
      return "an index needs a name if it is made IF NOT EXISTS"
    }
    if let word = context.token(0), let before = context.token(-1), reservedNames.contains(word),
      nameContexts.contains(before)
    {
      return "\(word) is a reserved word, and as a name needs double quotes"
    }
    if context.token(0) == ";" || context.token(0) == nil, context.isInParentheses {
      return "a parenthesis is not closed"
    }
    if context.fault > 0, context.startsLine, let word = context.token(0), commands.contains(word) {
      return "is a semicolon missing before it?"
    }
    if let word = context.token(0),
      word.unicodeScalars.contains(where: { $0 == "\u{FEFF}" || $0 == "\u{A0}" })
    {
      return
        "an invisible character (U+\(word.unicodeScalars.contains("\u{A0}") ? "00A0" : "FEFF")) stands here"
    }
    return nil
  }

  /// The reserved words that are used as names by mistake most often.
  private static let reservedNames: Set<String> = [
    "USER", "ORDER", "GROUP", "TABLE", "COLUMN", "END", "LIMIT", "OFFSET", "DESC", "ASC", "ALL", "DEFAULT",
    "REFERENCES", "WINDOW", "CASE", "WHEN", "ANALYZE", "GRANT", "CHECK", "PRIMARY", "FROM", "TO",
  ]

  /// The words behind which a name stands.
  private static let nameContexts: Set<String> = [
    "TABLE", "EXISTS", "COLUMN", "INTO", "UPDATE", "JOIN", "(", ",", "ADD", "VIEW",
  ]

  private static let commands: Set<String> = [
    "ALTER", "CREATE", "DROP", "INSERT", "UPDATE", "DELETE", "GRANT", "REVOKE", "COMMENT", "BEGIN", "COMMIT",
    "TRUNCATE", "DO",
  ]
}

extension SyntaxErrorContext {
  /// Whether more parentheses are open before the token at fault than are closed.
  fileprivate var isInParentheses: Bool {
    var depth = 0
    for token in tokens.prefix(fault) {
      if token == "(" { depth += 1 }
      if token == ")" { depth -= 1 }
    }
    return depth > 0
  }

  /// Whether these two tokens stand side by side anywhere in the statement.
  fileprivate func holds(_ first: String, _ second: String) -> Bool {
    zip(tokens, tokens.dropFirst()).contains { $0 == first && $1 == second }
  }
}
