import CPgQuery

/// One node of a parse tree, as libpg_query's protobuf-c structs lay it out in memory.
typealias Node = UnsafeMutablePointer<PgQuery__Node>

/// Parses SQL into the typed trees of libpg_query (PostgreSQL 15's grammar).
enum SyntaxTree {
  /// Parses a text and hands over the root nodes of its statements, which are valid only during the call.
  static func withStatements<Answer>(
    of text: String, _ body: ([Node]) -> Answer
  ) -> Result<Answer, StatementSyntaxError> {
    let parsed = pg_query_parse_protobuf(text)
    defer { pg_query_free_protobuf_parse_result(parsed) }
    if let error = parsed.error {
      return .failure(
        StatementSyntaxError(
          message: string(error.pointee.message), characterOffset: max(0, Int(error.pointee.cursorpos) - 1)))
    }
    guard let data = parsed.parse_tree.data,
      let tree = pg_query__parse_result__unpack(
        nil, parsed.parse_tree.len, UnsafeRawPointer(data).assumingMemoryBound(to: UInt8.self))
    else {
      return .failure(StatementSyntaxError(message: "the parse tree cannot be read", characterOffset: 0))
    }
    defer { pg_query__parse_result__free_unpacked(tree, nil) }
    let statements = list(tree.pointee.n_stmts, tree.pointee.stmts).compactMap { $0.pointee.stmt }
    return .success(body(statements))
  }
}

extension StatementSyntaxError: Error {}

/// The elements of a repeated field.
func list<Element>(
  _ count: Int, _ base: UnsafeMutablePointer<UnsafeMutablePointer<Element>?>?
) -> [UnsafeMutablePointer<Element>] {
  guard let base else { return [] }
  return (0..<count).compactMap { base[$0] }
}

/// A C string of the tree as a Swift string; NULL reads as empty.
func string(_ pointer: UnsafePointer<CChar>?) -> String {
  pointer.map { String(cString: $0) } ?? ""
}

/// A C string of the tree, or nil where the grammar had nothing (which the tree stores as an empty string).
func nonEmpty(_ pointer: UnsafePointer<CChar>?) -> String? {
  let text = string(pointer)
  return text.isEmpty ? nil : text
}

extension UnsafeMutablePointer<PgQuery__Node> {
  /// The case of the node's union.
  var kind: PgQuery__Node__NodeCase { pointee.node_case }

  /// The value of a `String` node, or of a constant that is a string.
  var stringValue: String? {
    switch kind {
    case PG_QUERY__NODE__NODE_STRING: return string(pointee.string.pointee.sval)
    case PG_QUERY__NODE__NODE_A_CONST:
      guard pointee.a_const.pointee.val_case == PG_QUERY__A__CONST__VAL_SVAL else { return nil }
      return string(pointee.a_const.pointee.sval.pointee.sval)
    default: return nil
    }
  }

  /// The value of an `Integer` node, or of a constant that is an integer.
  var integerValue: Int? {
    switch kind {
    case PG_QUERY__NODE__NODE_INTEGER: return Int(pointee.integer.pointee.ival)
    case PG_QUERY__NODE__NODE_A_CONST:
      guard pointee.a_const.pointee.val_case == PG_QUERY__A__CONST__VAL_IVAL else { return nil }
      return Int(pointee.a_const.pointee.ival.pointee.ival)
    default: return nil
    }
  }

  /// The value of a `Boolean` node, a constant that is one, or the words that options use for one.
  var booleanValue: Bool? {
    switch kind {
    case PG_QUERY__NODE__NODE_BOOLEAN: return pointee.boolean.pointee.boolval != 0
    case PG_QUERY__NODE__NODE_A_CONST
    where pointee.a_const.pointee.val_case == PG_QUERY__A__CONST__VAL_BOOLVAL:
      return pointee.a_const.pointee.boolval.pointee.boolval != 0
    default:
      if let integer = integerValue { return integer != 0 }
      // The grammar reads a bare word such as `off` as a type's name.
      switch stringValue ?? nameParts.last {
      case "true", "on", "yes": return true
      case "false", "off", "no": return false
      default: return nil
      }
    }
  }

  /// Whether it is the constant NULL.
  var isNullConstant: Bool {
    kind == PG_QUERY__NODE__NODE_A_CONST && pointee.a_const.pointee.isnull != 0
  }

  /// Whether it is the constant NULL, whatever type it is said to have.
  var isNullOfAnyType: Bool {
    var value = self
    while value.kind == PG_QUERY__NODE__NODE_TYPE_CAST, let inner = value.pointee.type_cast.pointee.arg {
      value = inner
    }
    return value.isNullConstant
  }

  /// The parts of a dotted name: a `List` of strings, one string, a type name, or an object with arguments.
  var nameParts: [String] {
    switch kind {
    case PG_QUERY__NODE__NODE_LIST:
      return list(pointee.list.pointee.n_items, pointee.list.pointee.items).compactMap(\.stringValue)
    case PG_QUERY__NODE__NODE_TYPE_NAME:
      return names(pointee.type_name.pointee.n_names, pointee.type_name.pointee.names)
    case PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS:
      return names(pointee.object_with_args.pointee.n_objname, pointee.object_with_args.pointee.objname)
    default:
      return stringValue.map { [$0] } ?? []
    }
  }

  /// The elements of a `List` node; of any other node, itself.
  var elements: [Node] {
    guard kind == PG_QUERY__NODE__NODE_LIST else { return [self] }
    return list(pointee.list.pointee.n_items, pointee.list.pointee.items)
  }

  /// The option of a `DefElem` node.
  var option: PgQuery__DefElem? {
    kind == PG_QUERY__NODE__NODE_DEF_ELEM ? pointee.def_elem.pointee : nil
  }
}

/// The strings of a repeated field of string nodes.
func names(_ count: Int, _ base: UnsafeMutablePointer<UnsafeMutablePointer<PgQuery__Node>?>?) -> [String] {
  list(count, base).compactMap(\.stringValue)
}

extension PgQuery__DefElem {
  /// The option's name, in lower case.
  var name: String { string(defname).lowercased() }
}

/// The options of a repeated field of `DefElem` nodes.
func options(
  _ count: Int, _ base: UnsafeMutablePointer<UnsafeMutablePointer<PgQuery__Node>?>?
) -> [PgQuery__DefElem] {
  list(count, base).compactMap(\.option)
}
