import CPgQuery
import Schema

/// Finds what an expression or a query refers to: relations, columns, functions, types.
///
/// Walks the tree with the scopes of SQL: the names of `WITH` queries hide tables, aliases stand for the tables that
/// they name. A column is reported only where its table is certain.
struct ExpressionReferences {
  /// The FROM list of one query level.
  struct Scope {
    /// The name by which columns are qualified, and the table behind it (nil for anything that is not a table).
    var sources: [(alias: String, table: ObjectIdentity?)] = []
  }

  /// What was found so far.
  var found = References()
  /// Names that are variables or arguments where the expression stands, and so no columns.
  var variables: Set<String> = []
  /// Where objects are named; nil if nobody asks.
  var mentions: Mentions?

  let reader: EffectReader
  var seen: Set<ObjectIdentity> = []
  var scopes: [Scope]
  var withNames: [Set<String>] = []
  /// How many queries are around.
  var queryDepth = 0

  /// Prepares a walk; `table` is the relation whose columns stand bare in the expression, if there is one.
  init(_ reader: EffectReader, over table: ObjectIdentity? = nil, aliases: [String] = []) {
    self.reader = reader
    scopes = []
    if let table {
      scopes = [Scope(sources: ([table.name] + aliases).map { ($0, table) })]
    }
  }

  mutating func note(_ object: ObjectIdentity) {
    if seen.insert(object).inserted { found.objects.append(object) }
  }

  mutating func note(_ relation: ObjectIdentity, lock: LockMode, for change: RowChange? = nil) {
    note(relation)
    found.relations.append(References.RelationUse(relation: relation, lock: lock, change: change))
  }

  /// Walks a node and everything below it.
  mutating func visit(_ node: Node?) {
    guard let node else { return }
    visit(message(node))
  }

  /// Walks a list of nodes.
  mutating func visit(_ nodes: [Node]) {
    for node in nodes { visit(node) }
  }

  mutating func visit(_ any: Message) {
    switch MessageKind(any) {
    case .rangeVariable:
      readSource(any.cast(to: PgQuery__RangeVar.self).pointee, lock: .accessShare)
    case .selectStatement:
      visitSelect(any.cast(to: PgQuery__SelectStmt.self).pointee)
    case .typeName:
      visitType(any.cast(to: PgQuery__TypeName.self).pointee)
    case .node:
      visitNode(any.cast(to: PgQuery__Node.self))
    case .columnReference, .commonTableExpression, .other:
      for child in SyntaxReflection.children(of: any) { visit(child) }
    }
  }

  mutating func visitNode(_ node: Node) {
    switch node.kind {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      readSource(node.pointee.range_var.pointee, lock: .accessShare)
    case PG_QUERY__NODE__NODE_SELECT_STMT:
      visitSelect(node.pointee.select_stmt.pointee)
    case PG_QUERY__NODE__NODE_INSERT_STMT:
      visitInsert(node.pointee.insert_stmt.pointee)
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
      visitUpdate(node.pointee.update_stmt.pointee)
    case PG_QUERY__NODE__NODE_DELETE_STMT:
      visitDelete(node.pointee.delete_stmt.pointee)
    case PG_QUERY__NODE__NODE_MERGE_STMT:
      visitMerge(node.pointee.merge_stmt.pointee)
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      visitCall(node.pointee.func_call.pointee)
    case PG_QUERY__NODE__NODE_TYPE_NAME:
      visitType(node.pointee.type_name.pointee)
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      visitCast(node.pointee.type_cast.pointee)
    case PG_QUERY__NODE__NODE_A_EXPR:
      noteLabels(comparing: node.pointee.a_expr.pointee)
      visitBelow(message(node.pointee.a_expr))
    case PG_QUERY__NODE__NODE_CASE_EXPR:
      noteLabels(choosing: node)
      visitBelow(message(node.pointee.case_expr))
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
      noteLabels(amongBranchesOf: node)
      visitBelow(message(node.pointee.coalesce_expr))
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
      noteLabels(amongBranchesOf: node)
      visitBelow(message(node.pointee.min_max_expr))
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      visitColumn(node.pointee.column_ref.pointee)
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
      visit(node.pointee.collate_clause.pointee.arg)
      visitCollation(
        names(node.pointee.collate_clause.pointee.n_collname, node.pointee.collate_clause.pointee.collname))
    default:
      for child in SyntaxReflection.children(of: message(node)) { visitBelow(child) }
    }
  }

  /// The fields of a node's message, which is not itself one that needs care.
  mutating func visitBelow(_ any: Message) {
    for child in SyntaxReflection.children(of: any) { visit(child) }
  }

  // MARK: Leaves

  mutating func visitType(_ typeName: PgQuery__TypeName) {
    if let identity = reader.type(typeName).identity {
      note(identity)
      if typeName.pct_type == 0 {
        mentions?.note(identity, .name, at: typeName.location, parts: Int(typeName.n_names))
      }
    }
    visit(list(typeName.n_typmods, typeName.typmods).filter { $0.kind != PG_QUERY__NODE__NODE_COLUMN_REF })
  }

  mutating func visitCollation(_ parts: [String]) {
    guard parts.count > 1, parts[parts.count - 2] != "pg_catalog" else { return }
    note(ObjectIdentity(.collation, schema: parts[parts.count - 2], name: parts[parts.count - 1]))
  }

  mutating func visitCast(_ cast: PgQuery__TypeCast) {
    if let type = cast.type_name?.pointee {
      visitType(type)
      // 'public.t'::regclass names a relation.
      if names(type.n_names, type.names).last == "regclass", let text = cast.arg?.stringValue {
        noteLiteral(reader.relation(Self.dottedName(text)), cast.arg)
      }
    }
    noteLabels(casting: cast)
    visit(cast.arg)
  }

  mutating func visitCall(_ call: PgQuery__FuncCall) {
    let parts = names(call.n_funcname, call.funcname)
    let arguments = list(call.n_args, call.args)
    let isBuiltIn = parts.count == 1 || parts.first == "pg_catalog"
    if let function = reader.calledFunction(parts, argumentCount: arguments.count, arguments: arguments) {
      note(function)
      noteLabels(inArguments: arguments, of: function)
      mentions?.note(function, .name, at: call.location, parts: parts.count)
      let routines = reader.known.routines[QualifiedName(function.schema ?? "", function.name)] ?? []
      // A function is volatile unless it says otherwise; of one that is not known nothing better can be said.
      if routines.isEmpty || routines.contains(where: \.isVolatile) { found.isVolatile = true }
    } else if let name = parts.last {
      if BuiltInFunctions.isVolatile(name) { found.isVolatile = true }
      if isBuiltIn, ["nextval", "currval", "setval"].contains(name), let text = arguments.first?.stringValue {
        noteLiteral(reader.relation(Self.dottedName(text), .sequence), arguments.first)
      }
    }
    visit(arguments)
    visit(list(call.n_agg_order, call.agg_order))
    visit(call.agg_filter)
    if let window = call.over { visitBelow(message(window)) }
  }

  /// Notes a relation that is named in a string.
  mutating func noteLiteral(_ relation: ObjectIdentity, _ node: Node?) {
    note(relation)
    guard let node, node.kind == PG_QUERY__NODE__NODE_A_CONST else { return }
    mentions?.note(relation, .literal, at: node.pointee.a_const.pointee.location, parts: 1)
  }

  /// The parts of a name written in a string, folded as PostgreSQL folds them.
  static func dottedName(_ text: String) -> [String] {
    var parts: [String] = []
    var current = ""
    var isQuoted = false
    for character in text {
      switch character {
      case "\"": isQuoted.toggle()
      case "." where !isQuoted:
        parts.append(current)
        current = ""
      default: current += isQuoted ? String(character) : character.lowercased()
      }
    }
    return parts + [current]
  }

  mutating func visitColumn(_ reference: PgQuery__ColumnRef) {
    let fields = list(reference.n_fields, reference.fields)
    let parts = fields.compactMap(\.stringValue)
    guard fields.last?.kind == PG_QUERY__NODE__NODE_STRING else {
      // `t.*`
      if let qualifier = parts.last { mentionSource(qualifier, at: reference.location, parts: parts.count) }
      return
    }
    guard parts.count == fields.count, let name = parts.last, !Self.systemColumns.contains(name) else {
      return
    }
    if parts.count == 1 {
      if let table = tableOfBareColumn(name) {
        noteColumn(name, of: table)
        mentionColumn(name, of: table, at: reference.location, parts: 1)
      } else if !mentionSource(name, at: reference.location, parts: 1) {
        mentions?.unknownColumns.insert(name)
      }
    } else {
      let qualifier = parts[parts.count - 2]
      guard !variables.contains(qualifier) else { return }
      mentionSource(qualifier, at: reference.location, parts: parts.count - 1)
      for scope in scopes.reversed() {
        guard let source = scope.sources.first(where: { $0.alias == qualifier }) else { continue }
        if let table = source.table {
          noteColumn(name, of: table)
          mentionColumn(name, of: table, at: reference.location, parts: parts.count)
        }
        return
      }
      mentions?.unknownColumns.insert(name)
    }
  }

  private mutating func mentionColumn(
    _ name: String, of table: ObjectIdentity, at location: Int32, parts: Int
  ) {
    guard mentions != nil, let schema = table.schema else { return }
    mentions?.note(.column(schema, table.name, name), .column, at: location, parts: parts)
  }

  /// Notes that something from the FROM lists is named; false if nothing there goes by that name.
  @discardableResult
  private mutating func mentionSource(_ name: String, at location: Int32, parts: Int) -> Bool {
    guard mentions != nil else { return true }
    for scope in scopes.reversed() {
      guard let source = scope.sources.first(where: { $0.alias == name }) else { continue }
      if let table = source.table, table.name == name {
        mentions?.note(table, .qualifier, at: location, parts: parts)
      }
      return true
    }
    return false
  }

  private static let systemColumns: Set<String> = ["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "oid"]

  mutating func noteColumn(_ name: String, of table: ObjectIdentity) {
    guard let schema = table.schema else { return }
    note(.column(schema, table.name, name))
  }

  /// The table that an unqualified column belongs to, where there is no doubt.
  func tableOfBareColumn(_ name: String) -> ObjectIdentity? {
    guard !variables.contains(name) else { return nil }
    for (level, scope) in scopes.reversed().enumerated() {
      var isEveryTableKnown = true
      for source in scope.sources {
        guard let table = source.table, let known = reader.known.relation(table.schema ?? "", table.name),
          known.areColumnsKnown
        else {
          isEveryTableKnown = false
          continue
        }
        if known.columns.contains(where: { $0.name == name }) { return table }
      }
      // What is no column is the whole row of a table of that name.
      if scope.sources.contains(where: { $0.alias == name }) { return nil }
      if isEveryTableKnown { continue }
      // The only table of the only query level: the column cannot be anyone else's.
      let isAlone = Set(scope.sources.map { $0.table }).count == 1 && level == scopes.count - 1
      return isAlone ? scope.sources.first?.table : nil
    }
    return nil
  }
}
