extension NewerSyntax {
  /// What PostgreSQL 18 brought (release notes, E.1.3).
  static let version18: [NewerSyntax] = [
    NewerSyntax("a virtual generated column", since: 18) { context in
      // No default may refer to columns: one that does is taken for what makes a virtual column.
      guard let start = context.startOfGeneratedClause else { return [] }
      let asDefault = [TokenReplacement(first: start, last: start + 2, text: "DEFAULT")]
      return context.token(0) == "VIRTUAL" ? asDefault + [TokenReplacement(first: 0, last: 0)] : asDefault
    } where: { context in
      context.token(0) != "STORED" && context.startOfGeneratedClause != nil
    },
    NewerSyntax("a constraint that is not enforced", since: 18, "NOT ^ENFORCED") { _ in
      [TokenReplacement(first: -1, last: 0)]
    },
    NewerSyntax("ENFORCED", since: 18, "ENFORCED") { _ in [TokenReplacement(first: 0, last: 0)] },
    NewerSyntax(
      "a NOT NULL constraint of a table", since: 18, "CONSTRAINT * ^NOT NULL *", "ADD ^NOT NULL *",
      ", ^NOT NULL *", "( ^NOT NULL *", notNullAsCheck: true
    ) { context in
      guard let column = context.spelling(2) else {
        return [TokenReplacement(first: 0, last: 1, text: "CHECK(1)"), TokenReplacement(first: 2, last: 2)]
      }
      return [TokenReplacement(first: 0, last: 2, text: "CHECK(\(column))")]
    },
    NewerSyntax("WITHOUT OVERLAPS", since: 18, "WITHOUT OVERLAPS") { _ in
      [TokenReplacement(first: 0, last: 1)]
    },
    NewerSyntax("PERIOD in a foreign key", since: 18, ", PERIOD ^*", "( PERIOD ^*") { _ in
      [TokenReplacement(first: -1, last: -1)]
    },
    NewerSyntax("RETURNING WITH", since: 18, "RETURNING ^WITH (") { context in
      context.closingParenthesis(from: 1).map { [TokenReplacement(first: 0, last: $0)] } ?? []
    },
    NewerSyntax("VACUUM ONLY", since: 18, in: "VACUUM", "ONLY") { _ in [TokenReplacement(first: 0, last: 0)]
    },
    NewerSyntax("ANALYZE ONLY", since: 18, in: "ANALYZE", "ONLY") { _ in [TokenReplacement(first: 0, last: 0)]
    },
    NewerSyntax(
      "default privileges of large objects", since: 18, in: "ALTER DEFAULT PRIVILEGES", "LARGE OBJECTS"),
    NewerSyntax("INHERIT of a constraint", since: 18) { context in
      guard context.stands("ALTER CONSTRAINT * ^INHERIT") else {
        let last = context.distances.upperBound - 1
        return context.token(last - 1) == "NO" ? [TokenReplacement(first: last - 1, last: last)] : []
      }
      return [TokenReplacement(first: 0, last: 0)]
    } where: { context in
      guard context.begins(with: "ALTER TABLE") else { return false }
      return context.stands("ALTER CONSTRAINT * ^INHERIT")
        || context.message == "ALTER CONSTRAINT statement constraints cannot be marked NO INHERIT"
    },
  ]
}

extension SyntaxErrorContext {
  /// The distance of `GENERATED` if the token at fault stands right behind `GENERATED ALWAYS AS (…)`.
  fileprivate var startOfGeneratedClause: Int? {
    guard token(-1) == ")", let open = openingParenthesis(from: -1), token(open - 1) == "AS",
      token(open - 2) == "ALWAYS", token(open - 3) == "GENERATED"
    else { return nil }
    return open - 3
  }
}
