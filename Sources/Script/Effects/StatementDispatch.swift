import CPgQuery
import Schema

extension EffectReader {
  /// Reads one statement, whatever it is.
  mutating func read(_ node: Node) {
    let start = effects.count
    readCommand(node)
    if !known.eventTriggers.isEmpty { followEventTriggers(of: CommandTags.tag(node), since: start) }
  }

  private mutating func readCommand(_ node: Node) {
    if readRelationStatement(node) || readObjectStatement(node) || readSecurityStatement(node)
      || readDataStatement(node) || readDatabaseStatement(node)
    {
      return
    }
    readHarmlessStatement(node)
  }

  private mutating func readRelationStatement(_ node: Node) -> Bool {
    switch node.kind {
    case PG_QUERY__NODE__NODE_CREATE_STMT: readCreateTable(node.pointee.create_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT:
      guard let base = node.pointee.create_foreign_table_stmt.pointee.base_stmt?.pointee else { return true }
      use(
        ObjectIdentity(
          .foreignServer, name: string(node.pointee.create_foreign_table_stmt.pointee.servername)))
      readCreateTable(base, kind: .foreignTable)
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT: readAlterTable(node.pointee.alter_table_stmt.pointee)
    case PG_QUERY__NODE__NODE_INDEX_STMT: readCreateIndex(node.pointee.index_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT: readCreateTrigger(node.pointee.create_trig_stmt.pointee)
    case PG_QUERY__NODE__NODE_RULE_STMT: readCreateRule(node.pointee.rule_stmt.pointee)
    case PG_QUERY__NODE__NODE_VIEW_STMT: readCreateView(node.pointee.view_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
      readCreateTableAs(node.pointee.create_table_as_stmt.pointee)
    case PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT: readRefresh(node.pointee.refresh_mat_view_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT: readCreateSequence(node.pointee.create_seq_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT: readAlterSequence(node.pointee.alter_seq_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_STATS_STMT: readCreateStatistics(node.pointee.create_stats_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_STATS_STMT:
      let statement = node.pointee.alter_stats_stmt.pointee
      let name = newName(names(statement.n_defnames, statement.defnames))
      alter(
        ObjectIdentity(.statistics, schema: name.schema, name: name.name),
        definition: "SET STATISTICS \(statement.stxstattarget)")
    default: return false
    }
    return true
  }

  private mutating func readObjectStatement(_ node: Node) -> Bool {
    switch node.kind {
    case PG_QUERY__NODE__NODE_DROP_STMT: readDrop(node.pointee.drop_stmt.pointee)
    case PG_QUERY__NODE__NODE_RENAME_STMT: readRename(node.pointee.rename_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT:
      readSetSchema(node.pointee.alter_object_schema_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_OWNER_STMT: readOwner(node.pointee.alter_owner_stmt.pointee)
    case PG_QUERY__NODE__NODE_COMMENT_STMT: readComment(node.pointee.comment_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_DEPENDS_STMT:
      readDepends(node.pointee.alter_object_depends_stmt.pointee)
    case PG_QUERY__NODE__NODE_SEC_LABEL_STMT:
      let statement = node.pointee.sec_label_stmt.pointee
      guard let named = statement.object, let target = object(statement.objtype, named) else { return true }
      use(target)
      alter(
        target,
        definition:
          "SECURITY LABEL FOR \(string(statement.provider)) IS \(SQLLiteral.standard(string(statement.label)))"
      )
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT:
      readCreateFunction(node.pointee.create_function_stmt.pointee, node: node)
    case PG_QUERY__NODE__NODE_ALTER_FUNCTION_STMT: readAlterFunction(node.pointee.alter_function_stmt.pointee)
    case PG_QUERY__NODE__NODE_DEFINE_STMT: readDefine(node.pointee.define_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT: readCreateEnum(node.pointee.create_enum_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT: readAlterEnum(node.pointee.alter_enum_stmt.pointee)
    case PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT:
      readCreateComposite(node.pointee.composite_type_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_RANGE_STMT: readCreateRange(node.pointee.create_range_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT: readCreateDomain(node.pointee.create_domain_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_DOMAIN_STMT: readAlterDomain(node.pointee.alter_domain_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_TYPE_STMT:
      let statement = node.pointee.alter_type_stmt.pointee
      alter(userType(names(statement.n_type_name, statement.type_name)), definition: Deparser.statement(node))
    case PG_QUERY__NODE__NODE_CREATE_CAST_STMT: readCreateCast(node.pointee.create_cast_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_TRANSFORM_STMT:
      readCreateTransform(node.pointee.create_transform_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_OP_CLASS_STMT:
      readCreateOperatorClass(node.pointee.create_op_class_stmt.pointee, node: node)
    case PG_QUERY__NODE__NODE_CREATE_OP_FAMILY_STMT:
      let statement = node.pointee.create_op_family_stmt.pointee
      create(
        accessMethodObject(
          .operatorFamily, names(statement.n_opfamilyname, statement.opfamilyname),
          method: string(statement.amname)))
    case PG_QUERY__NODE__NODE_ALTER_OP_FAMILY_STMT:
      let statement = node.pointee.alter_op_family_stmt.pointee
      alter(
        accessMethodObject(
          .operatorFamily, names(statement.n_opfamilyname, statement.opfamilyname),
          method: string(statement.amname)),
        definition: Deparser.statement(node))
      noteRepetition(.fails("the members are there or gone"))
    case PG_QUERY__NODE__NODE_ALTER_OPERATOR_STMT:
      let statement = node.pointee.alter_operator_stmt.pointee
      guard let named = statement.opername?.pointee else { return true }
      let name = newName(names(named.n_objname, named.objname))
      let arguments = list(named.n_objargs, named.objargs).map {
        $0.kind == PG_QUERY__NODE__NODE_TYPE_NAME ? type($0.pointee.type_name.pointee).signature : "NONE"
      }
      alter(
        ObjectIdentity(
          .operator, schema: name.schema, name: name.name, signature: arguments.joined(separator: ", ")),
        definition: Deparser.statement(node))
    case PG_QUERY__NODE__NODE_CREATE_CONVERSION_STMT:
      let statement = node.pointee.create_conversion_stmt.pointee
      let name = newName(names(statement.n_conversion_name, statement.conversion_name))
      makeObject(
        ObjectIdentity(.conversion, schema: name.schema, name: name.name), when: .always,
        functions: [names(statement.n_func_name, statement.func_name)])
    case PG_QUERY__NODE__NODE_ALTER_TSDICTIONARY_STMT:
      let statement = node.pointee.alter_tsdictionary_stmt.pointee
      let name = newName(names(statement.n_dictname, statement.dictname))
      alter(
        ObjectIdentity(.textSearchDictionary, schema: name.schema, name: name.name),
        definition: Deparser.statement(node))
    case PG_QUERY__NODE__NODE_ALTER_TSCONFIGURATION_STMT:
      let statement = node.pointee.alter_tsconfiguration_stmt.pointee
      let name = newName(names(statement.n_cfgname, statement.cfgname))
      alter(
        ObjectIdentity(.textSearchConfiguration, schema: name.schema, name: name.name),
        definition: Deparser.statement(node))
      if statement.kind == PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_ADD_MAPPING {
        noteRepetition(.fails("the mapping is there"))
      }
    case PG_QUERY__NODE__NODE_ALTER_COLLATION_STMT:
      let statement = node.pointee.alter_collation_stmt.pointee
      let name = newName(names(statement.n_collname, statement.collname))
      alter(ObjectIdentity(.collation, schema: name.schema, name: name.name), definition: "REFRESH VERSION")
    default: return false
    }
    return true
  }

  private mutating func readDepends(_ statement: PgQuery__AlterObjectDependsStmt) {
    if let name = statement.extname?.pointee.sval { use(ObjectIdentity(.extension, name: string(name))) }
    var target = statement.object.flatMap { object(statement.object_type, $0) }
    if let range = statement.relation?.pointee, statement.object == nil {
      target = relation(range, Self.relationKind(statement.object_type))
    }
    if let target { alter(target, definition: "DEPENDS ON EXTENSION") }
  }

  private mutating func readSecurityStatement(_ node: Node) -> Bool {
    switch node.kind {
    case PG_QUERY__NODE__NODE_CREATE_POLICY_STMT: readCreatePolicy(node.pointee.create_policy_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_POLICY_STMT: readAlterPolicy(node.pointee.alter_policy_stmt.pointee)
    case PG_QUERY__NODE__NODE_GRANT_STMT: readGrant(node.pointee.grant_stmt.pointee)
    case PG_QUERY__NODE__NODE_GRANT_ROLE_STMT: readGrantRole(node.pointee.grant_role_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_DEFAULT_PRIVILEGES_STMT:
      readDefaultPrivileges(node.pointee.alter_default_privileges_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_ROLE_STMT: readCreateRole(node.pointee.create_role_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_ROLE_STMT: readAlterRole(node.pointee.alter_role_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_ROLE_SET_STMT:
      let statement = node.pointee.alter_role_set_stmt.pointee
      guard let setting = statement.setstmt?.pointee else { return true }
      let role = statement.role.map { roleName($0.pointee) } ?? "ALL"
      useRoles([role])
      let database = nonEmpty(statement.database)
      // What all roles have in a database is stored with the database.
      if role == "ALL", let database {
        readStoredSetting(setting, of: "database \(database)")
        return true
      }
      readStoredSetting(setting, of: "role \(role)" + (database.map { " in database \($0)" } ?? ""))
    case PG_QUERY__NODE__NODE_DROP_ROLE_STMT:
      let statement = node.pointee.drop_role_stmt.pointee
      for role in roles(list(statement.n_roles, statement.roles)) {
        drop(ObjectIdentity(.role, name: role), when: statement.missing_ok != 0 ? .ifExists : .always)
      }
    case PG_QUERY__NODE__NODE_DROP_OWNED_STMT:
      markOpaque("everything that the roles own in this database goes")
    case PG_QUERY__NODE__NODE_REASSIGN_OWNED_STMT:
      let statement = node.pointee.reassign_owned_stmt.pointee
      useRoles(roles(list(statement.n_roles, statement.roles)))
      markOpaque("everything that the roles own in this database changes its owner")
    default: return false
    }
    return true
  }

  private mutating func readDataStatement(_ node: Node) -> Bool {
    switch node.kind {
    case PG_QUERY__NODE__NODE_SELECT_STMT: readSelect(node.pointee.select_stmt.pointee, node: node)
    case PG_QUERY__NODE__NODE_INSERT_STMT, PG_QUERY__NODE__NODE_UPDATE_STMT, PG_QUERY__NODE__NODE_DELETE_STMT,
      PG_QUERY__NODE__NODE_MERGE_STMT:
      readDataChange(node)
    case PG_QUERY__NODE__NODE_COPY_STMT: readCopy(node.pointee.copy_stmt.pointee)
    case PG_QUERY__NODE__NODE_TRUNCATE_STMT: readTruncate(node.pointee.truncate_stmt.pointee)
    case PG_QUERY__NODE__NODE_LOCK_STMT: readLock(node.pointee.lock_stmt.pointee)
    case PG_QUERY__NODE__NODE_CALL_STMT: readCall(node.pointee.call_stmt.pointee)
    case PG_QUERY__NODE__NODE_DO_STMT: readDo(node.pointee.do_stmt.pointee, node: node)
    case PG_QUERY__NODE__NODE_EXPLAIN_STMT:
      let explain = node.pointee.explain_stmt.pointee
      let isRun = options(explain.n_options, explain.options).contains {
        $0.name == "analyze" && $0.arg?.booleanValue ?? true
      }
      if isRun, let query = explain.query { read(query) } else { useQuery(explain.query) }
    case PG_QUERY__NODE__NODE_PREPARE_STMT: useQuery(node.pointee.prepare_stmt.pointee.query, locking: false)
    case PG_QUERY__NODE__NODE_DECLARE_CURSOR_STMT: useQuery(node.pointee.declare_cursor_stmt.pointee.query)
    case PG_QUERY__NODE__NODE_EXECUTE_STMT: markOpaque("what the prepared statement does is not followed")
    case PG_QUERY__NODE__NODE_VACUUM_STMT: readVacuum(node.pointee.vacuum_stmt.pointee)
    case PG_QUERY__NODE__NODE_CLUSTER_STMT: readCluster(node.pointee.cluster_stmt.pointee)
    case PG_QUERY__NODE__NODE_REINDEX_STMT: readReindex(node.pointee.reindex_stmt.pointee)
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT: readTransaction(node.pointee.transaction_stmt.pointee)
    case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT: readSet(node.pointee.variable_set_stmt.pointee)
    default: return false
    }
    return true
  }

  /// `SHOW`, `LISTEN`, `NOTIFY`, `SET CONSTRAINTS`, `CHECKPOINT`, `LOAD` and the like do nothing to objects; a kind of
  /// statement that is not known is opaque.
  private mutating func readHarmlessStatement(_ node: Node) {
    switch node.kind {
    case PG_QUERY__NODE__NODE_VARIABLE_SHOW_STMT, PG_QUERY__NODE__NODE_LISTEN_STMT,
      PG_QUERY__NODE__NODE_UNLISTEN_STMT, PG_QUERY__NODE__NODE_NOTIFY_STMT, PG_QUERY__NODE__NODE_LOAD_STMT,
      PG_QUERY__NODE__NODE_CONSTRAINTS_SET_STMT, PG_QUERY__NODE__NODE_CHECK_POINT_STMT,
      PG_QUERY__NODE__NODE_DEALLOCATE_STMT, PG_QUERY__NODE__NODE_FETCH_STMT,
      PG_QUERY__NODE__NODE_CLOSE_PORTAL_STMT:
      break
    default:
      markOpaque("this kind of statement is not followed")
    }
  }
}
