import CPgQuery

/// Writes parse trees as text in which equal trees are equal, wherever their parts stand in the file.
enum TreeForm {
  /// The text of one statement's tree.
  static func of(_ statement: Node) -> String {
    var form = ""
    write(message(statement), into: &form, isInsideDo: false)
    return form
  }

  private static func write(_ message: Message, into form: inout String, isInsideDo: Bool) {
    guard let descriptor = message.pointee.descriptor else { return }
    let name = string(descriptor.pointee.short_name)
    let isInsideDo = isInsideDo || name == "DoStmt"
    form += name
    form += "{"
    for index in 0..<Int(descriptor.pointee.n_fields) {
      let field = descriptor.pointee.fields[index]
      let fieldName = string(field.name)
      // Where something stands is no part of what it says.
      if fieldName.hasSuffix("location") || fieldName == "stmt_len" { continue }
      let place = UnsafeMutableRawPointer(message) + Int(field.offset)
      let quantifier = UnsafeMutableRawPointer(message) + Int(field.quantifier_offset)
      if field.label == PROTOBUF_C_LABEL_REPEATED {
        let count = quantifier.load(as: Int.self)
        guard count > 0, let elements = place.load(as: UnsafeMutableRawPointer?.self) else { continue }
        form += "\(fieldName)["
        for element in 0..<count {
          write(field, at: elements + element * size(of: field.type), into: &form, isInsideDo)
        }
        form += "]"
      } else {
        let isOneOf = field.flags & UInt32(PROTOBUF_C_FIELD_FLAG_ONEOF.rawValue) != 0
        if isOneOf && quantifier.load(as: UInt32.self) != field.id { continue }
        form += "\(fieldName)="
        write(field, at: place, into: &form, isInsideDo)
      }
    }
    form += "}"
  }

  private static func write(
    _ field: ProtobufCFieldDescriptor, at place: UnsafeMutableRawPointer, into form: inout String,
    _ isInsideDo: Bool
  ) {
    switch field.type {
    case PROTOBUF_C_TYPE_MESSAGE:
      if let child = place.load(as: Message?.self) { write(child, into: &form, isInsideDo: isInsideDo) }
    case PROTOBUF_C_TYPE_STRING:
      let text = string(place.load(as: UnsafePointer<CChar>?.self))
      let written = isInsideDo ? ComparableForm.byTokens(text) : text
      // The length keeps a text with a separator in it from looking like two.
      form += "\(written.utf8.count):\(written)"
    case PROTOBUF_C_TYPE_BOOL: form += "\(place.load(as: protobuf_c_boolean.self))"
    case PROTOBUF_C_TYPE_FLOAT: form += "\(place.load(as: Float.self))"
    case PROTOBUF_C_TYPE_DOUBLE: form += "\(place.load(as: Double.self))"
    default:
      form +=
        size(of: field.type) == 8 ? "\(place.load(as: Int64.self))" : "\(place.load(as: Int32.self))"
    }
    form += ","
  }

  private static func size(of type: ProtobufCType) -> Int {
    switch type {
    case PROTOBUF_C_TYPE_MESSAGE, PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_INT64, PROTOBUF_C_TYPE_SINT64,
      PROTOBUF_C_TYPE_SFIXED64, PROTOBUF_C_TYPE_UINT64, PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_DOUBLE:
      8
    default: 4
    }
  }
}
