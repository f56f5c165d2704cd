extension NewerSyntax {
  /// What PostgreSQL 16 brought (release notes, E.1.3).
  static let version16: [NewerSyntax] = [
    NewerSyntax("a number in this notation", since: 16) { context in
      context.tokens.enumerated().compactMap { index, token in
        NewerNumber(token).map {
          TokenReplacement(first: index - context.fault, last: index - context.fault, text: $0.older)
        }
      }
    } where: { context in
      context.message.hasPrefix("trailing junk after numeric literal")
        && context.token(0).flatMap { NewerNumber($0) } != nil
    },
    NewerSyntax("a subquery in FROM without an alias", since: 16) { context in
      context.message == "subquery in FROM must have an alias"
        || context.message == "VALUES in FROM must have an alias"
    },
    NewerSyntax("IS JSON", since: 16, "IS ^JSON", "IS NOT ^JSON") { context in
      var last = 0
      if let kind = context.token(1), ["VALUE", "ARRAY", "OBJECT", "SCALAR"].contains(kind) { last = 1 }
      if let mark = context.token(last + 1), mark == "WITH" || mark == "WITHOUT",
        context.token(last + 2) == "UNIQUE"
      {
        last += context.token(last + 3) == "KEYS" ? 3 : 2
      }
      return [TokenReplacement(first: 0, last: last, text: "NULL")]
    },
    NewerSyntax(
      "an SQL/JSON constructor", since: 16,
      inCallOf: ["JSON_OBJECT", "JSON_ARRAY", "JSON_OBJECTAGG", "JSON_ARRAYAGG"]),
    NewerSyntax("INDENT in XMLSERIALIZE", since: 16) { context in
      [TokenReplacement(first: 0, last: context.token(0) == "NO" ? 1 : 0)]
    } where: { context in
      (context.stands("INDENT") || context.stands("NO INDENT")) && context.call(of: ["XMLSERIALIZE"]) != nil
    },
    NewerSyntax(
      "an option of role membership", since: 16, in: "GRANT", "WITH ^INHERIT", "WITH ^SET",
      "WITH ADMIN ^TRUE",
      "WITH ADMIN ^FALSE", "OPTION ^,"
    ) { context in
      // The membership itself is what matters.
      guard let with = context.distances.last(where: { $0 <= 0 && context.token($0) == "WITH" }) else {
        return []
      }
      let end = context.distances.first { $0 > with && context.token($0) == "GRANTED" }
      return [TokenReplacement(first: with, last: (end ?? context.distances.upperBound) - 1)]
    },
    NewerSyntax("an option of role membership", since: 16, in: "REVOKE", "INHERIT ^OPTION") { _ in
      [TokenReplacement(first: -1, last: -1, text: "ADMIN")]
    },
    NewerSyntax("an option of role membership", since: 16, in: "REVOKE", "SET ^OPTION"),
    NewerSyntax("STORAGE in CREATE TABLE", since: 16, in: "CREATE", "STORAGE") { _ in
      [TokenReplacement(first: 0, last: 1)]
    },
    NewerSyntax("CREATE STATISTICS without a name", since: 16, in: "CREATE STATISTICS ON", "STATISTICS ^ON"),
    NewerSyntax("REINDEX without a name", since: 16) { context in
      context.begins(with: "REINDEX") && context.token(0) == nil
        && (context.token(-1) == "DATABASE" || context.token(-1) == "SYSTEM")
    },
  ]
}
