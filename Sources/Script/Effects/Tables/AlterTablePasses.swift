import CPgQuery

/// The order in which PostgreSQL carries out the subcommands of one `ALTER TABLE` (`ATPrepCmd` in `tablecmds.c`).
///
/// What drops comes first, whatever stands first in the text: `SET NOT NULL, DROP NOT NULL` ends with NOT NULL.
enum AlterTablePasses {
  /// The subcommands as they take effect; those of one pass stay in the order of the text.
  static func inOrder(_ commands: [PgQuery__AlterTableCmd]) -> [PgQuery__AlterTableCmd] {
    let passes = commands.map(pass)
    return Set(passes).sorted().flatMap { wanted in
      zip(commands, passes).filter { $0.1 == wanted }.map(\.0)
    }
  }

  private static func pass(_ command: PgQuery__AlterTableCmd) -> Int {
    switch command.subtype {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn, PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint,
      PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull, PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression,
      PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
      0
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault: command.def == nil ? 0 : 5
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType: 1
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn: 2
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull, PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity: 3
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint: constraintPass(command)
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity: 5
    default: 6
    }
  }

  private static func constraintPass(_ command: PgQuery__AlterTableCmd) -> Int {
    guard let node = command.def, node.kind == PG_QUERY__NODE__NODE_CONSTRAINT else { return 4 }
    return node.pointee.constraint.pointee.contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN ? 5 : 4
  }
}
