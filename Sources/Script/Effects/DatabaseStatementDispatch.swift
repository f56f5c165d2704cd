import CPgQuery
import Schema

/// Statements on a whole database, its foreign servers and its cluster.
extension EffectReader {
  /// Reads one of them; answers whether it is one.
  mutating func readDatabaseStatement(_ node: Node) -> Bool {
    switch node.kind {
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT: readCreateSchema(node.pointee.create_schema_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT:
      readCreateExtension(node.pointee.create_extension_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_EXTENSION_STMT:
      let statement = node.pointee.alter_extension_stmt.pointee
      let version = options(statement.n_options, statement.options).first { $0.name == "new_version" }
      readExtensionUpdate(string(statement.extname), to: version?.arg?.stringValue)
    case PG_QUERY__NODE__NODE_ALTER_EXTENSION_CONTENTS_STMT:
      readExtensionMember(
        string(node.pointee.alter_extension_contents_stmt.pointee.extname), Deparser.statement(node))
    case PG_QUERY__NODE__NODE_CREATE_EVENT_TRIG_STMT:
      readCreateEventTrigger(node.pointee.create_event_trig_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_EVENT_TRIG_STMT:
      let statement = node.pointee.alter_event_trig_stmt.pointee
      alter(
        ObjectIdentity(.eventTrigger, name: string(statement.trigname)),
        definition: string(statement.tgenabled))
      if string(statement.tgenabled) == "D" { known.eventTriggers[string(statement.trigname)] = nil }
    case PG_QUERY__NODE__NODE_CREATE_PUBLICATION_STMT:
      readCreatePublication(node.pointee.create_publication_stmt.pointee)
    case PG_QUERY__NODE__NODE_ALTER_PUBLICATION_STMT:
      readAlterPublication(node.pointee.alter_publication_stmt.pointee)
    case PG_QUERY__NODE__NODE_CREATE_SUBSCRIPTION_STMT:
      let statement = node.pointee.create_subscription_stmt.pointee
      create(
        ObjectIdentity(.subscription, name: string(statement.subname)),
        definition: "PUBLICATION "
          + names(statement.n_publication, statement.publication).joined(separator: ", "))
      transactionRule = .outsideOnly("CREATE SUBSCRIPTION")
    case PG_QUERY__NODE__NODE_ALTER_SUBSCRIPTION_STMT:
      alter(
        ObjectIdentity(.subscription, name: string(node.pointee.alter_subscription_stmt.pointee.subname)),
        definition: Deparser.statement(node))
    case PG_QUERY__NODE__NODE_DROP_SUBSCRIPTION_STMT:
      let statement = node.pointee.drop_subscription_stmt.pointee
      dropOutside(.subscription, statement.subname, isMissingOK: statement.missing_ok)
    case PG_QUERY__NODE__NODE_CREATE_PLANG_STMT:
      let statement = node.pointee.create_plang_stmt.pointee
      makeObject(
        ObjectIdentity(.language, name: string(statement.plname)),
        when: statement.replace != 0 ? .orReplace : .always,
        functions: [
          names(statement.n_plhandler, statement.plhandler), names(statement.n_plinline, statement.plinline),
          names(statement.n_plvalidator, statement.plvalidator),
        ])
    case PG_QUERY__NODE__NODE_CREATE_AM_STMT:
      let statement = node.pointee.create_am_stmt.pointee
      makeObject(
        ObjectIdentity(.accessMethod, name: string(statement.amname)), when: .always,
        functions: [names(statement.n_handler_name, statement.handler_name)])
    default: return readForeignStatement(node) || readClusterWideStatement(node)
    }
    return true
  }

  /// The drop of what no transaction can take back.
  private mutating func dropOutside(
    _ kind: ObjectKind, _ name: UnsafePointer<CChar>?, isMissingOK: protobuf_c_boolean
  ) {
    drop(ObjectIdentity(kind, name: string(name)), when: isMissingOK != 0 ? .ifExists : .always)
    transactionRule = .outsideOnly("DROP \(kind.rawValue.uppercased())")
  }

  private mutating func readForeignStatement(_ node: Node) -> Bool {
    switch node.kind {
    case PG_QUERY__NODE__NODE_CREATE_FDW_STMT:
      let statement = node.pointee.create_fdw_stmt.pointee
      let functions = options(statement.n_func_options, statement.func_options).compactMap {
        $0.arg?.nameParts
      }
      makeObject(
        ObjectIdentity(.foreignDataWrapper, name: string(statement.fdwname)), when: .always,
        functions: functions,
        definition: foreignOptions(options(statement.n_options, statement.options)))
    case PG_QUERY__NODE__NODE_ALTER_FDW_STMT:
      let statement = node.pointee.alter_fdw_stmt.pointee
      alter(ObjectIdentity(.foreignDataWrapper, name: string(statement.fdwname)))
      noteRepetition(ofOptions: options(statement.n_options, statement.options))
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_SERVER_STMT:
      let statement = node.pointee.create_foreign_server_stmt.pointee
      create(
        ObjectIdentity(.foreignServer, name: string(statement.servername)),
        when: statement.if_not_exists != 0 ? .ifNotExists : .always,
        definition: foreignOptions(options(statement.n_options, statement.options)),
        dependingOn: [ObjectIdentity(.foreignDataWrapper, name: string(statement.fdwname))])
    case PG_QUERY__NODE__NODE_ALTER_FOREIGN_SERVER_STMT:
      let statement = node.pointee.alter_foreign_server_stmt.pointee
      alter(ObjectIdentity(.foreignServer, name: string(statement.servername)))
      noteRepetition(ofOptions: options(statement.n_options, statement.options))
    case PG_QUERY__NODE__NODE_CREATE_USER_MAPPING_STMT:
      let statement = node.pointee.create_user_mapping_stmt.pointee
      let server = string(statement.servername)
      create(
        userMapping(statement.user?.pointee, server: server),
        when: statement.if_not_exists != 0 ? .ifNotExists : .always,
        definition: foreignOptions(options(statement.n_options, statement.options)),
        partOf: [ObjectIdentity(.foreignServer, name: server)])
    case PG_QUERY__NODE__NODE_ALTER_USER_MAPPING_STMT:
      let statement = node.pointee.alter_user_mapping_stmt.pointee
      alter(userMapping(statement.user?.pointee, server: string(statement.servername)))
      noteRepetition(ofOptions: options(statement.n_options, statement.options))
    case PG_QUERY__NODE__NODE_DROP_USER_MAPPING_STMT:
      let statement = node.pointee.drop_user_mapping_stmt.pointee
      drop(
        userMapping(statement.user?.pointee, server: string(statement.servername)),
        when: statement.missing_ok != 0 ? .ifExists : .always)
    case PG_QUERY__NODE__NODE_IMPORT_FOREIGN_SCHEMA_STMT:
      let statement = node.pointee.import_foreign_schema_stmt.pointee
      use(ObjectIdentity(.foreignServer, name: string(statement.server_name)))
      use(ObjectIdentity(.schema, name: string(statement.local_schema)))
      markOpaque("the foreign tables are those that the other server has")
      noteRepetition(.fails("the foreign tables are there"))
    default: return false
    }
    return true
  }

  private mutating func readClusterWideStatement(_ node: Node) -> Bool {
    switch node.kind {
    case PG_QUERY__NODE__NODE_CREATEDB_STMT:
      create(ObjectIdentity(.database, name: string(node.pointee.createdb_stmt.pointee.dbname)))
      transactionRule = .outsideOnly("CREATE DATABASE")
    case PG_QUERY__NODE__NODE_DROPDB_STMT:
      let statement = node.pointee.dropdb_stmt.pointee
      dropOutside(.database, statement.dbname, isMissingOK: statement.missing_ok)
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_STMT:
      let statement = node.pointee.alter_database_stmt.pointee
      alter(ObjectIdentity(.database, name: string(statement.dbname)), definition: Deparser.statement(node))
      if options(statement.n_options, statement.options).contains(where: { $0.name == "tablespace" }) {
        transactionRule = .outsideOnly("ALTER DATABASE SET TABLESPACE")
      }
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_REFRESH_COLL_STMT:
      alter(
        ObjectIdentity(.database, name: string(node.pointee.alter_database_refresh_coll_stmt.pointee.dbname)),
        definition: "REFRESH COLLATION VERSION")
    case PG_QUERY__NODE__NODE_ALTER_DATABASE_SET_STMT:
      let statement = node.pointee.alter_database_set_stmt.pointee
      if let setting = statement.setstmt?.pointee {
        readStoredSetting(setting, of: "database \(string(statement.dbname))")
      }
    case PG_QUERY__NODE__NODE_ALTER_SYSTEM_STMT:
      if let setting = node.pointee.alter_system_stmt.pointee.setstmt?.pointee {
        readStoredSetting(setting, of: "system")
      }
      transactionRule = .outsideOnly("ALTER SYSTEM")
    case PG_QUERY__NODE__NODE_CREATE_TABLE_SPACE_STMT:
      create(
        ObjectIdentity(.tablespace, name: string(node.pointee.create_table_space_stmt.pointee.tablespacename))
      )
      transactionRule = .outsideOnly("CREATE TABLESPACE")
    case PG_QUERY__NODE__NODE_DROP_TABLE_SPACE_STMT:
      let statement = node.pointee.drop_table_space_stmt.pointee
      dropOutside(.tablespace, statement.tablespacename, isMissingOK: statement.missing_ok)
    case PG_QUERY__NODE__NODE_ALTER_TABLE_SPACE_OPTIONS_STMT:
      alter(
        ObjectIdentity(
          .tablespace, name: string(node.pointee.alter_table_space_options_stmt.pointee.tablespacename)))
    case PG_QUERY__NODE__NODE_ALTER_TABLE_MOVE_ALL_STMT:
      markOpaque("every table of the tablespace is moved")
    case PG_QUERY__NODE__NODE_DISCARD_STMT:
      if node.pointee.discard_stmt.pointee.target == PG_QUERY__DISCARD_MODE__DISCARD_ALL {
        transactionRule = .outsideOnly("DISCARD ALL")
        searchPath = sessionSearchPath
        pathAfterCommit = nil
        checksFunctionBodies = true
      }
    default: return false
    }
    return true
  }
}
