import CPgQuery

/// The key words of the subcommands of `ALTER TABLE` that Signalbox notes without going into them.
enum AlterTableWords {
  /// The subcommand's words, or `ALTER` for one that has no words of its own.
  static func text(_ subtype: PgQuery__AlterTableType) -> String { words[subtype.rawValue] ?? "ALTER" }

  private static let words: [UInt32: String] = [
    PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics.rawValue: "SET STATISTICS",
    PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions.rawValue: "SET",
    PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions.rawValue: "RESET",
    PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage.rawValue: "SET STORAGE",
    PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression.rawValue: "SET COMPRESSION",
    PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn.rawValue: "CLUSTER ON",
    PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster.rawValue: "SET WITHOUT CLUSTER",
    PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged.rawValue: "SET LOGGED",
    PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged.rawValue: "SET UNLOGGED",
    PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod.rawValue: "SET ACCESS METHOD",
    PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace.rawValue: "SET TABLESPACE",
    PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions.rawValue: "SET",
    PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions.rawValue: "RESET",
    PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity.rawValue: "REPLICA IDENTITY",
    PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig.rawValue: "ENABLE TRIGGER",
    PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig.rawValue: "ENABLE ALWAYS TRIGGER",
    PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig.rawValue: "ENABLE REPLICA TRIGGER",
    PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig.rawValue: "DISABLE TRIGGER",
    PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll.rawValue: "ENABLE TRIGGER ALL",
    PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll.rawValue: "DISABLE TRIGGER ALL",
    PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser.rawValue: "ENABLE TRIGGER USER",
    PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser.rawValue: "DISABLE TRIGGER USER",
    PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRule.rawValue: "ENABLE RULE",
    PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysRule.rawValue: "ENABLE ALWAYS RULE",
    PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaRule.rawValue: "ENABLE REPLICA RULE",
    PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRule.rawValue: "DISABLE RULE",
    PG_QUERY__ALTER_TABLE_TYPE__AT_GenericOptions.rawValue: "OPTIONS",
    PG_QUERY__ALTER_TABLE_TYPE__AT_AddOf.rawValue: "OF",
    PG_QUERY__ALTER_TABLE_TYPE__AT_DropOf.rawValue: "NOT OF",
  ]
}
