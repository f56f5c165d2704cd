import CPgQuery

/// Any message of a parse tree.
typealias Message = UnsafeMutablePointer<ProtobufCMessage>

/// Walks parse trees without naming their types, by protobuf-c's own descriptors.
///
/// The grammar has some 240 kinds of node; who looks for relations or function calls inside an expression should not
/// have to list the fields of them all.
enum SyntaxReflection {
  /// The messages directly below a message, in the order of its fields.
  static func children(of message: Message) -> [Message] {
    guard let descriptor = message.pointee.descriptor else { return [] }
    if UInt(bitPattern: descriptor) == MessageKind.nodeDescriptor {
      let node = UnsafeMutableRawPointer(message).assumingMemoryBound(to: PgQuery__Node.self)
      guard node.pointee.node_case != PG_QUERY__NODE__NODE__NOT_SET else { return [] }
      return [Message(OpaquePointer(node.pointee.alias))]
    }
    var found: [Message] = []
    for index in 0..<Int(descriptor.pointee.n_fields) {
      let field = descriptor.pointee.fields[index]
      guard field.type == PROTOBUF_C_TYPE_MESSAGE else { continue }
      let place = UnsafeMutableRawPointer(message) + Int(field.offset)
      let quantifier = UnsafeMutableRawPointer(message) + Int(field.quantifier_offset)
      if field.label == PROTOBUF_C_LABEL_REPEATED {
        let count = quantifier.load(as: Int.self)
        guard let base = place.load(as: UnsafeMutablePointer<Message?>?.self) else { continue }
        found += (0..<count).compactMap { base[$0] }
      } else {
        let isOneOf = field.flags & UInt32(PROTOBUF_C_FIELD_FLAG_ONEOF.rawValue) != 0
        if isOneOf && quantifier.load(as: UInt32.self) != field.id { continue }
        if let child = place.load(as: Message?.self) { found.append(child) }
      }
    }
    return found
  }

  /// Calls `visit` for the message and everything below it, parents first; `visit` answers whether to go below.
  static func walk(_ message: Message, _ visit: (Message) -> Bool) {
    guard visit(message) else { return }
    for child in children(of: message) { walk(child, visit) }
  }
}

/// The kinds of message that a walk has to recognise.
enum MessageKind {
  case node, rangeVariable, selectStatement, typeName, columnReference, commonTableExpression, other

  fileprivate static let nodeDescriptor: UInt = {
    var node = PgQuery__Node()
    pg_query__node__init(&node)
    return UInt(bitPattern: node.base.descriptor)
  }()

  /// The kinds by the addresses of their descriptors.
  private static let kinds: [UInt: MessageKind] = {
    var rangeVariable = PgQuery__RangeVar()
    pg_query__range_var__init(&rangeVariable)
    var selectStatement = PgQuery__SelectStmt()
    pg_query__select_stmt__init(&selectStatement)
    var typeName = PgQuery__TypeName()
    pg_query__type_name__init(&typeName)
    var columnReference = PgQuery__ColumnRef()
    pg_query__column_ref__init(&columnReference)
    var commonTableExpression = PgQuery__CommonTableExpr()
    pg_query__common_table_expr__init(&commonTableExpression)
    return [
      nodeDescriptor: .node,
      UInt(bitPattern: rangeVariable.base.descriptor): .rangeVariable,
      UInt(bitPattern: selectStatement.base.descriptor): .selectStatement,
      UInt(bitPattern: typeName.base.descriptor): .typeName,
      UInt(bitPattern: columnReference.base.descriptor): .columnReference,
      UInt(bitPattern: commonTableExpression.base.descriptor): .commonTableExpression,
    ]
  }()

  /// The kind of a message.
  init(_ message: Message) {
    self = Self.kinds[UInt(bitPattern: message.pointee.descriptor)] ?? .other
  }
}

extension UnsafeMutablePointer<ProtobufCMessage> {
  /// The message's type name in libpg_query's schema (`FuncCall`).
  var typeName: String { string(pointee.descriptor?.pointee.short_name) }

  /// The message seen as another type of the tree, which the caller has checked.
  func cast<Structure>(to type: Structure.Type) -> UnsafeMutablePointer<Structure> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: type)
  }
}

/// A pointer into the tree as a message that can be walked.
func message<Structure>(_ pointer: UnsafeMutablePointer<Structure>) -> Message {
  UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: ProtobufCMessage.self)
}
