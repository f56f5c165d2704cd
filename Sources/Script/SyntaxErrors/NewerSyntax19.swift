extension NewerSyntax {
  /// What the versions after 18 bring, as far as it is known.
  static let version19: [NewerSyntax] = [
    NewerSyntax("SPLIT PARTITION", since: 19, in: "ALTER TABLE", "SPLIT PARTITION"),
    NewerSyntax("MERGE PARTITIONS", since: 19, in: "ALTER TABLE", "MERGE PARTITIONS"),
    NewerSyntax("REPACK", since: 19, in: "REPACK", "REPACK"),
    NewerSyntax("a property graph", since: 19, "PROPERTY GRAPH"),
    NewerSyntax("GRAPH_TABLE", since: 19, inCallOf: ["GRAPH_TABLE"]),
    NewerSyntax("GROUP BY ALL", since: 19) { context in
      context.token(-1) == "ALL" && context.token(-2) == "BY" && context.token(-3) == "GROUP"
    },
    NewerSyntax("treatment of nulls in a window function", since: 19, "IGNORE ^NULLS", "RESPECT ^NULLS") {
      _ in
      [TokenReplacement(first: -1, last: 0)]
    },
    NewerSyntax("ON CONFLICT DO SELECT", since: 19, "DO ^SELECT"),
    NewerSyntax("FOR PORTION OF", since: 19, "FOR PORTION OF"),
    NewerSyntax("WAIT FOR", since: 19, in: "WAIT FOR", "WAIT"),
  ]
}
