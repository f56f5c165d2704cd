extension NewerSyntax {
  /// What PostgreSQL 17 brought (release notes, E.1.3).
  static let version17: [NewerSyntax] = [
    NewerSyntax("RETURNING in MERGE", since: 17) { context in
      context.begins(with: "MERGE")
        ? [TokenReplacement(first: 0, last: context.tokens.count - 1 - context.fault)] : []
    } where: { context in
      context.stands("RETURNING") && context.tokens.contains("MERGE")
    },
    NewerSyntax("MERGE … WHEN NOT MATCHED BY SOURCE", since: 17, "NOT MATCHED ^BY SOURCE") { _ in
      [TokenReplacement(first: -2, last: -2), TokenReplacement(first: 0, last: 1)]
    },
    NewerSyntax("MERGE … WHEN NOT MATCHED BY TARGET", since: 17, "NOT MATCHED ^BY TARGET") { _ in
      [TokenReplacement(first: 0, last: 1)]
    },
    NewerSyntax(
      "an SQL/JSON function", since: 17,
      inCallOf: [
        "JSON_TABLE", "JSON_EXISTS", "JSON_VALUE", "JSON_QUERY", "JSON_SCALAR", "JSON_SERIALIZE", "JSON",
      ]),
    NewerSyntax(
      "SET EXPRESSION", since: 17, in: "ALTER TABLE", "SET ^EXPRESSION AS", rewritesTable: true
    ) { _ in
      // The catalog keeps the expression where it keeps defaults.
      [TokenReplacement(first: 0, last: 1, text: "DEFAULT")]
    },
    NewerSyntax("AT LOCAL", since: 17, "AT ^LOCAL") { _ in [TokenReplacement(first: -1, last: 0)] },
    NewerSyntax("SET ACCESS METHOD DEFAULT", since: 17, in: "ALTER", "METHOD ^DEFAULT") { _ in
      [TokenReplacement(first: 0, last: 0, text: "heap")]
    },
    NewerSyntax("SET STATISTICS DEFAULT", since: 17, in: "ALTER", "STATISTICS ^DEFAULT") { _ in
      [TokenReplacement(first: 0, last: 0, text: "-1")]
    },
  ]
}
