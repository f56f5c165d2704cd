import CPgQuery

/// The lock that each subcommand of `ALTER TABLE` takes (`AlterTableGetLockLevel` in `tablecmds.c`).
enum AlterTableLocks {
  /// The mode on the altered table.
  static func mode(of command: PgQuery__AlterTableCmd) -> LockMode {
    switch command.subtype {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics, PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn,
      PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster, PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions,
      PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions, PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
      .shareUpdateExclusive
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions, PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions,
      PG_QUERY__ALTER_TABLE_TYPE__AT_ReplaceRelOptions:
      storageParameters(command)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig, PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig,
      PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig, PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig,
      PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll, PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll,
      PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser, PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
      .shareRowExclusive
    default:
      .accessExclusive
    }
  }

  /// Most storage parameters need no more than SHARE UPDATE EXCLUSIVE (`reloptions.c` names the others).
  private static func storageParameters(_ command: PgQuery__AlterTableCmd) -> LockMode {
    let strong: Set<String> = [
      "user_catalog_table", "security_barrier", "security_invoker", "check_option", "buffering", "fastupdate",
    ]
    let names = command.def?.elements.compactMap { $0.option?.name } ?? []
    return names.contains { strong.contains($0) } ? .accessExclusive : .shareUpdateExclusive
  }
}
