import CPgQuery
import Schema

/// Takes definitions apart, those in migration files as well as those that the server writes, so that each part can be
/// compared for itself.
///
/// Every function answers nil for a text that the parser cannot read.
public enum DefinitionReader {
  /// The parts of an index, from a whole `CREATE INDEX`.
  public static func index(_ statement: String) -> [DefinitionPart]? {
    read(statement) { node in
      guard node.kind == PG_QUERY__NODE__NODE_INDEX_STMT else { return nil }
      return IndexParts.parts(of: node.pointee.index_stmt.pointee)
    }
  }

  /// The parts of a table's constraint, from what stands behind its name in `ADD CONSTRAINT`.
  public static func constraint(_ definition: String) -> [DefinitionPart]? {
    // The word came with PostgreSQL 18; the parser knows those of 15.
    let mark = " NOT ENFORCED"
    let isUnenforced = definition.hasSuffix(mark)
    let known = isUnenforced ? String(definition.dropLast(mark.count)) : definition
    let parts = read("ALTER TABLE t ADD CONSTRAINT c \(known)") { node -> [DefinitionPart]? in
      guard node.kind == PG_QUERY__NODE__NODE_ALTER_TABLE_STMT,
        let command = list(
          node.pointee.alter_table_stmt.pointee.n_cmds, node.pointee.alter_table_stmt.pointee.cmds
        )
        .first?.pointee.alter_table_cmd.pointee,
        let definition = command.def, definition.kind == PG_QUERY__NODE__NODE_CONSTRAINT
      else { return nil }
      return ConstraintParts.parts(of: definition.pointee.constraint.pointee)
    }
    guard let parts else { return nil }
    return parts + (isUnenforced ? [DefinitionPart("enforcement", .word("NOT ENFORCED"))] : [])
  }

  /// The parts of a trigger, from a whole `CREATE TRIGGER`.
  public static func trigger(_ statement: String) -> [DefinitionPart]? {
    read(statement) { node in
      guard node.kind == PG_QUERY__NODE__NODE_CREATE_TRIG_STMT else { return nil }
      return TriggerParts.parts(of: node.pointee.create_trig_stmt.pointee)
    }
  }

  /// The parts of a function or procedure, from a whole `CREATE FUNCTION`.
  public static func function(_ statement: String) -> [DefinitionPart]? {
    read(statement) { node in
      guard node.kind == PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT else { return nil }
      return FunctionParts.parts(of: node.pointee.create_function_stmt.pointee)
    }
  }

  /// The parts that `ALTER FUNCTION` changes, from what stands behind the function's name.
  public static func functionChange(_ clause: String) -> [DefinitionPart]? {
    read("ALTER FUNCTION f() \(clause)") { node in
      guard node.kind == PG_QUERY__NODE__NODE_ALTER_FUNCTION_STMT else { return nil }
      let statement = node.pointee.alter_function_stmt.pointee
      return FunctionParts.traits(options(statement.n_actions, statement.actions))
    }
  }

  /// The parts that `ALTER POLICY` changes, from what stands behind the table's name.
  public static func policyChange(_ clause: String) -> [DefinitionPart]? {
    read("ALTER POLICY p ON t \(clause)") { node in
      guard node.kind == PG_QUERY__NODE__NODE_ALTER_POLICY_STMT else { return nil }
      let statement = node.pointee.alter_policy_stmt.pointee
      let roles = EffectReader().roles(list(statement.n_roles, statement.roles))
      var parts: [DefinitionPart] = []
      if !roles.isEmpty {
        parts.append(DefinitionPart("roles", .word(roles.sorted().joined(separator: ", "))))
      }
      if let using = statement.qual {
        parts.append(DefinitionPart("USING", .expression(Deparser.expression(using))))
      }
      if let check = statement.with_check {
        parts.append(DefinitionPart("WITH CHECK", .expression(Deparser.expression(check))))
      }
      return parts
    }
  }

  /// The parts of a domain, from what stands behind `AS`; its checks are over `value`, and go by the names that the
  /// server gives them.
  public static func domain(_ definition: String, named name: String) -> [DefinitionPart]? {
    // The server says so of a check in words that CREATE DOMAIN does not take.
    let known = definition.split(separator: " NOT VALID", omittingEmptySubsequences: false).joined()
    return read("CREATE DOMAIN \(Identifier.alwaysQuoted(name)) AS \(known)") { node in
      guard node.kind == PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT else { return nil }
      return TypeParts.domain(node.pointee.create_domain_stmt.pointee)
    }
  }

  /// The name that the server gives to a check of a domain which has none in the file.
  public static func nameOfCheck(of domain: String, isTaken: (String) -> Bool) -> String {
    ImplicitNames.firstFree(domain, nil, "check", isTaken: isTaken)
  }

  /// The parts of one of the rarer objects (a rule, an operator, a cast, a role, a foreign server, …), or of a table
  /// without its columns, from the whole statement that makes it.
  public static func object(_ statement: String) -> [DefinitionPart]? {
    read(statement) { ObjectParts.parts(of: $0) }
  }

  /// The parts that a statement changes in one of these; nil for one that is not followed.
  public static func change(_ statement: String) -> [DefinitionChange]? {
    read(statement) { ObjectChanges.changes(by: $0) }
  }

  /// The attributes of a composite type, from its list in parentheses.
  public static func composite(_ attributes: String) -> [DefinitionPart]? {
    read("CREATE TYPE t AS \(attributes)") { node in
      guard node.kind == PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT else { return nil }
      return TypeParts.composite(node.pointee.composite_type_stmt.pointee)
    }
  }

  /// The labels of an enumerated type, from `ENUM (…)`.
  public static func enumeration(_ definition: String) -> [String]? {
    read("CREATE TYPE t AS \(definition)") { node in
      guard node.kind == PG_QUERY__NODE__NODE_CREATE_ENUM_STMT else { return nil }
      let statement = node.pointee.create_enum_stmt.pointee
      return names(statement.n_vals, statement.vals)
    }
  }

  /// The parts of a publication's member, from what stands behind the table's name.
  public static func publicationMember(_ definition: String) -> [DefinitionPart]? {
    read("CREATE PUBLICATION p FOR TABLE t \(definition)") { node in
      guard node.kind == PG_QUERY__NODE__NODE_CREATE_PUBLICATION_STMT,
        let member = list(
          node.pointee.create_publication_stmt.pointee.n_pubobjects,
          node.pointee.create_publication_stmt.pointee.pubobjects
        ).first,
        let table = member.pointee.publication_obj_spec.pointee.pubtable?.pointee
      else { return nil }
      var parts: [DefinitionPart] = []
      let columns = names(table.n_columns, table.columns)
      if !columns.isEmpty {
        parts.append(DefinitionPart("columns", .word(columns.sorted().joined(separator: ", "))))
      }
      if let condition = table.where_clause {
        parts.append(DefinitionPart("row filter", .expression(Deparser.expression(condition))))
      }
      return parts
    }
  }

  /// The expression in the parser's own spelling.
  public static func expression(_ text: String) -> String? {
    read("SELECT \(text)") { node in
      guard node.kind == PG_QUERY__NODE__NODE_SELECT_STMT,
        let target = list(
          node.pointee.select_stmt.pointee.n_target_list, node.pointee.select_stmt.pointee.target_list
        ).first?.pointee.res_target.pointee.val
      else { return nil }
      return Deparser.expression(target)
    }
  }

  /// Which dictionary takes the place of which, and for what kinds of token (none for all), where a statement says
  /// `ALTER TEXT SEARCH CONFIGURATION … ALTER MAPPING … REPLACE`.
  public static func dictionaryReplacement(
    _ statement: String
  ) -> (tokens: [String], old: String, new: String)? {
    read(statement) { node in
      guard node.kind == PG_QUERY__NODE__NODE_ALTER_TSCONFIGURATION_STMT else { return nil }
      let change = node.pointee.alter_tsconfiguration_stmt.pointee
      let dictionaries = list(change.n_dicts, change.dicts).map { $0.nameParts.joined(separator: ".") }
      guard change.replace != 0, dictionaries.count == 2 else { return nil }
      return (names(change.n_tokentype, change.tokentype), dictionaries[0], dictionaries[1])
    }
  }

  /// Whether an expression is NULL, whatever type it is said to have: the server keeps `NULL::character varying` as the default of
  /// a column of `varchar(9)` that is made with `DEFAULT NULL`.
  public static func isNull(_ expression: String) -> Bool {
    guard expression.prefix(4).uppercased() == "NULL" else { return false }
    return readExpression(expression, \.isNullOfAnyType) ?? false
  }

  /// The columns of its table that an expression reads, each once.
  public static func columns(in expression: String) -> [String] {
    readExpression(expression, EffectReader.columnsRead) ?? []
  }

  private static func readExpression<Answer>(_ expression: String, _ body: (Node) -> Answer) -> Answer? {
    read("SELECT \(expression)") { node in
      guard node.kind == PG_QUERY__NODE__NODE_SELECT_STMT else { return nil }
      let select = node.pointee.select_stmt.pointee
      return list(select.n_target_list, select.target_list).first?.pointee.res_target.pointee.val.map(body)
    }
  }

  private static func read<Answer>(_ statement: String, _ body: (Node) -> Answer?) -> Answer? {
    let answer = DeepParsing.run(depth: ParseDepth.bound(of: statement)) { () -> Answer? in
      switch SyntaxTree.withStatements(of: statement, { $0.count == 1 ? body($0[0]) : nil }) {
      case .success(let answer): answer
      case .failure: nil
      }
    }
    return answer ?? nil
  }
}
