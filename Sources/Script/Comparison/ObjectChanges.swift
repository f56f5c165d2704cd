import CPgQuery
import Schema

/// What an `ALTER` makes of one part of an object.
public struct DefinitionChange: Sendable, Hashable {
  /// The part.
  public var name: String
  /// What it is then; nil if the object has no such part any more, or the default again.
  public var value: DefinitionPart.Value?

  /// Makes a change of the part of this name.
  public init(_ name: String, _ value: DefinitionPart.Value?) {
    self.name = name
    self.value = value
  }

  /// Makes the change that leaves a part as it is given.
  public init(_ part: DefinitionPart) { self.init(part.name, part.value) }
}

/// The statements that change the rarer kinds of object, taken apart.
enum ObjectChanges {
  /// What a statement changes; nil for one that is not followed.
  static func changes(by node: Node) -> [DefinitionChange]? {
    switch node.kind {
    case PG_QUERY__NODE__NODE_ALTER_TSDICTIONARY_STMT:
      let statement = node.pointee.alter_tsdictionary_stmt.pointee
      return SettingParts.changes(options(statement.n_options, statement.options))
    case PG_QUERY__NODE__NODE_ALTER_OPERATOR_STMT:
      let statement = node.pointee.alter_operator_stmt.pointee
      return SettingParts.changes(options(statement.n_options, statement.options))
    case PG_QUERY__NODE__NODE_ALTER_TSCONFIGURATION_STMT:
      return mapping(node.pointee.alter_tsconfiguration_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_FDW_STMT:
      let statement = node.pointee.alter_fdw_stmt.pointee
      return SettingParts.changes(options(statement.n_func_options, statement.func_options))
        + SettingParts.foreignChanges(options(statement.n_options, statement.options))
    case PG_QUERY__NODE__NODE_ALTER_FOREIGN_SERVER_STMT:
      let statement = node.pointee.alter_foreign_server_stmt.pointee
      let version = nonEmpty(statement.version)
      return (version.map { [DefinitionChange("version", .word($0))] } ?? [])
        + SettingParts.foreignChanges(options(statement.n_options, statement.options))
    case PG_QUERY__NODE__NODE_ALTER_USER_MAPPING_STMT:
      let statement = node.pointee.alter_user_mapping_stmt.pointee
      return SettingParts.foreignChanges(options(statement.n_options, statement.options))
    case PG_QUERY__NODE__NODE_CREATE_ROLE_STMT:
      let statement = node.pointee.create_role_stmt.pointee
      return SettingParts.roleChanges(options(statement.n_options, statement.options))
    case PG_QUERY__NODE__NODE_ALTER_STATS_STMT:
      let target = node.pointee.alter_stats_stmt.pointee.stxstattarget
      return [DefinitionChange("statistics target", target == -1 ? nil : .word(String(target)))]
    case PG_QUERY__NODE__NODE_ALTER_DOMAIN_STMT: return domain(node.pointee.alter_domain_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT: return table(node.pointee.alter_table_stmt.pointee)
    default: return nil
    }
  }

  private static func mapping(_ statement: PgQuery__AlterTSConfigurationStmt) -> [DefinitionChange]? {
    let tokens = names(statement.n_tokentype, statement.tokentype)
    let dictionaries = list(statement.n_dicts, statement.dicts)
      .map { $0.nameParts.joined(separator: ".") }.joined(separator: ", ")
    switch statement.kind {
    case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_ADD_MAPPING,
      PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_ALTER_MAPPING_FOR_TOKEN:
      return tokens.map { DefinitionChange("mapping of \($0)", .name(dictionaries)) }
    case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_DROP_MAPPING:
      return tokens.map { DefinitionChange("mapping of \($0)", nil) }
    case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_REPLACE_DICT_FOR_TOKEN:
      // What each is then hangs on what it was.
      return tokens.map { DefinitionChange("mapping of \($0)", nil) }
    case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_REPLACE_DICT: return []
    default: return nil
    }
  }

  private static func domain(_ statement: PgQuery__AlterDomainStmt) -> [DefinitionChange]? {
    switch string(statement.subtype) {
    case "C":
      guard let node = statement.def, node.kind == PG_QUERY__NODE__NODE_CONSTRAINT,
        let name = nonEmpty(node.pointee.constraint.pointee.conname),
        let expression = node.pointee.constraint.pointee.raw_expr
      else { return nil }
      return [DefinitionChange("check \(name)", .expression(Deparser.expression(expression)))]
    case "X": return [DefinitionChange("check \(string(statement.name))", nil)]
    case "V": return []
    default: return nil
    }
  }

  /// Storage parameters, the options of foreign tables, and what logical replication sends of old rows.
  private static func table(_ statement: PgQuery__AlterTableStmt) -> [DefinitionChange]? {
    list(statement.n_cmds, statement.cmds).flatMap { node -> [DefinitionChange] in
      let command = node.pointee.alter_table_cmd.pointee
      let settings = (command.def?.elements ?? []).compactMap(\.option)
      switch command.subtype {
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
        return SettingParts.storage(settings).map { DefinitionChange($0) }
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
        return settings.map { DefinitionChange(SettingParts.storageLabel($0), nil) }
      case PG_QUERY__ALTER_TABLE_TYPE__AT_GenericOptions,
        PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions:
        return SettingParts.foreignChanges(settings)
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
        guard let identity = command.def, identity.kind == PG_QUERY__NODE__NODE_REPLICA_IDENTITY_STMT else {
          return []
        }
        let text = RelationParts.replicaIdentity(identity.pointee.replica_identity_stmt.pointee)
        return [DefinitionChange("replica identity", text.map { .word($0) })]
      default: return []
      }
    }
  }
}
