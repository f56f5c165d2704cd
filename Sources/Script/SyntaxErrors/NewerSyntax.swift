/// A construct that a version of PostgreSQL newer than the parser's (15) brought.
struct NewerSyntax {
  let feature: String
  let since: Int
  let matches: @Sendable (SyntaxErrorContext) -> Bool

  /// The newer construct that the parser stumbled over, if it is one.
  static func match(_ context: SyntaxErrorContext) -> NewerSyntax? {
    all.first { $0.matches(context) }
  }

  private init(_ feature: String, since: Int, _ matches: @escaping @Sendable (SyntaxErrorContext) -> Bool) {
    self.feature = feature
    self.since = since
    self.matches = matches
  }

  private init(_ feature: String, since: Int, in command: String = "", _ patterns: String...) {
    self.init(feature, since: since) { context in
      context.begins(with: command) && patterns.contains { context.stands($0) }
    }
  }

  private static let all: [NewerSyntax] = version16 + version17 + version18 + version19

  private static let version16: [NewerSyntax] = [
    NewerSyntax("a number in this notation", since: 16) { context in
      guard context.message.hasPrefix("trailing junk after numeric literal") else { return false }
      return context.token(0).map(isNewerNumber) ?? false
    },
    NewerSyntax("a subquery in FROM without an alias", since: 16) { context in
      context.message == "subquery in FROM must have an alias"
        || context.message == "VALUES in FROM must have an alias"
    },
    NewerSyntax("IS JSON", since: 16, "IS ^JSON", "IS NOT ^JSON"),
    NewerSyntax("an SQL/JSON constructor", since: 16) { context in
      context.isInCall(of: ["JSON_OBJECT", "JSON_ARRAY", "JSON_OBJECTAGG", "JSON_ARRAYAGG"])
    },
    NewerSyntax("INDENT in XMLSERIALIZE", since: 16) { context in
      (context.stands("INDENT") || context.stands("NO ^INDENT") || context.stands("^NO INDENT"))
        && context.isInCall(of: ["XMLSERIALIZE"])
    },
    NewerSyntax("an option of role membership", since: 16, in: "GRANT", "WITH ^INHERIT", "WITH ^SET"),
    NewerSyntax("an option of role membership", since: 16, in: "GRANT", "WITH ADMIN ^TRUE"),
    NewerSyntax("an option of role membership", since: 16, in: "GRANT", "WITH ADMIN ^FALSE"),
    NewerSyntax("an option of role membership", since: 16, in: "GRANT", "OPTION ^,"),
    NewerSyntax("an option of role membership", since: 16, in: "REVOKE", "INHERIT ^OPTION", "SET ^OPTION"),
    NewerSyntax("STORAGE in CREATE TABLE", since: 16, in: "CREATE", "STORAGE"),
    NewerSyntax("CREATE STATISTICS without a name", since: 16, in: "CREATE STATISTICS ON", "ON"),
    NewerSyntax("REINDEX without a name", since: 16) { context in
      context.begins(with: "REINDEX") && context.token(0) == nil
        && (context.token(-1) == "DATABASE" || context.token(-1) == "SYSTEM")
    },
  ]

  private static let version17: [NewerSyntax] = [
    NewerSyntax("RETURNING in MERGE", since: 17) { context in
      context.stands("RETURNING") && context.tokens.contains("MERGE")
    },
    NewerSyntax("MERGE … WHEN NOT MATCHED BY", since: 17, "MATCHED ^BY SOURCE", "MATCHED ^BY TARGET"),
    NewerSyntax("an SQL/JSON function", since: 17) { context in
      context.isInCall(of: [
        "JSON_TABLE", "JSON_EXISTS", "JSON_VALUE", "JSON_QUERY", "JSON_SCALAR", "JSON_SERIALIZE", "JSON",
      ])
    },
    NewerSyntax("SET EXPRESSION", since: 17, in: "ALTER", "SET ^EXPRESSION", "^EXPRESSION AS"),
    NewerSyntax("AT LOCAL", since: 17, "AT ^LOCAL"),
    NewerSyntax("SET ACCESS METHOD DEFAULT", since: 17, in: "ALTER", "METHOD ^DEFAULT"),
    NewerSyntax("SET STATISTICS DEFAULT", since: 17, in: "ALTER", "STATISTICS ^DEFAULT"),
  ]

  private static let version18: [NewerSyntax] = [
    NewerSyntax("a virtual generated column", since: 18) { context in
      context.token(0) != "STORED" && context.endsGeneratedExpression
    },
    NewerSyntax("a constraint that is not enforced", since: 18, "NOT ^ENFORCED", "^NOT ENFORCED"),
    NewerSyntax("ENFORCED", since: 18, "ENFORCED"),
    NewerSyntax(
      "a NOT NULL constraint of a table", since: 18, "CONSTRAINT * ^NOT NULL", "CONSTRAINT * NOT NULL ^*",
      "ADD ^NOT NULL", ", ^NOT NULL", "( ^NOT NULL"),
    NewerSyntax("WITHOUT OVERLAPS", since: 18, "^WITHOUT OVERLAPS"),
    NewerSyntax("PERIOD in a foreign key", since: 18, ", PERIOD ^*", "( PERIOD ^*"),
    NewerSyntax(
      "RETURNING WITH", since: 18, "RETURNING ^WITH", "RETURNING WITH ^(", "RETURNING WITH ( ^OLD",
      "RETURNING WITH ( ^NEW", "RETURNING WITH ( OLD ^AS", "RETURNING WITH ( NEW ^AS"),
    NewerSyntax("VACUUM ONLY", since: 18, in: "VACUUM", "ONLY"),
    NewerSyntax("ANALYZE ONLY", since: 18, in: "ANALYZE", "ONLY"),
    NewerSyntax(
      "default privileges of large objects", since: 18, in: "ALTER DEFAULT PRIVILEGES", "^LARGE OBJECTS"),
    NewerSyntax("INHERIT of a constraint", since: 18) { context in
      guard context.begins(with: "ALTER TABLE") else { return false }
      return context.stands("ALTER CONSTRAINT * ^INHERIT")
        || context.message == "ALTER CONSTRAINT statement constraints cannot be marked NO INHERIT"
    },
  ]

  private static let version19: [NewerSyntax] = [
    NewerSyntax("SPLIT PARTITION", since: 19, in: "ALTER TABLE", "^SPLIT PARTITION", "SPLIT ^PARTITION"),
    NewerSyntax("MERGE PARTITIONS", since: 19, in: "ALTER TABLE", "^MERGE PARTITIONS", "MERGE ^PARTITIONS"),
    NewerSyntax("REPACK", since: 19, in: "REPACK", "REPACK"),
    NewerSyntax("a property graph", since: 19, "^PROPERTY GRAPH"),
    NewerSyntax("GRAPH_TABLE", since: 19) { $0.isInCall(of: ["GRAPH_TABLE"]) },
    NewerSyntax("GROUP BY ALL", since: 19) { context in
      context.token(-1) == "ALL" && context.token(-2) == "BY" && context.token(-3) == "GROUP"
    },
    NewerSyntax("treatment of nulls in a window function", since: 19, "IGNORE ^NULLS", "RESPECT ^NULLS"),
    NewerSyntax("ON CONFLICT DO SELECT", since: 19, "DO ^SELECT"),
    NewerSyntax("FOR PORTION OF", since: 19, "^FOR PORTION OF", "FOR ^PORTION OF"),
    NewerSyntax("WAIT FOR", since: 19, in: "WAIT FOR", "WAIT"),
  ]

  /// Whether it is `1_000`, `0xFF`, `0o17` or `0b101`, well formed.
  private static func isNewerNumber(_ token: String) -> Bool {
    let bytes = Array(token.utf8)
    var digits = bytes[...]
    var base: UInt8 = 10
    if bytes.count > 2, bytes[0] == UInt8(ascii: "0") {
      switch bytes[1] | 0x20 {
      case UInt8(ascii: "x"): base = 16
      case UInt8(ascii: "o"): base = 8
      case UInt8(ascii: "b"): base = 2
      default: break
      }
      if base != 10 { digits = digits.dropFirst(2) }
    }
    var sawDigit = false
    for byte in digits {
      if byte == UInt8(ascii: "_") {
        guard sawDigit || base != 10 else { return false }
        sawDigit = false
        continue
      }
      let letter = byte | 0x20
      let value = byte.isDigit ? byte - 0x30 : letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : 99
      guard value < base || (base == 10 && letter == UInt8(ascii: "e")) else { return false }
      sawDigit = true
    }
    return sawDigit
  }
}

extension SyntaxErrorContext {
  /// Whether the token at fault stands right behind `GENERATED ALWAYS AS (…)`.
  fileprivate var endsGeneratedExpression: Bool {
    guard token(-1) == ")" else { return false }
    var depth = 0
    var index = fault - 1
    while index >= 0 {
      if tokens[index] == ")" { depth += 1 }
      if tokens[index] == "(" {
        depth -= 1
        if depth == 0 { break }
      }
      index -= 1
    }
    return index >= 3 && tokens[index - 1] == "AS" && tokens[index - 2] == "ALWAYS"
      && tokens[index - 3] == "GENERATED"
  }
}
