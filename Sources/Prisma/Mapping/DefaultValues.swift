import Schema

/// What a field's `@default` is in SQL.
enum DefaultValues {
  /// The functions that the client calls itself: the column has no default of its own.
  static let clientFunctions: Set<String> = ["uuid", "cuid", "ulid", "nanoid", "auto"]
  /// The functions of which the database has the default.
  static let databaseFunctions: Set<String> = ["autoincrement", "now", "dbgenerated", "sequence"]

  /// The default of a column.
  ///
  /// - Parameters:
  ///   - value: what stands in the attribute.
  ///   - field: the field.
  ///   - type: the column's type, for lists and bytes.
  ///   - labels: the labels of the field's enumeration by the names of its values, if it has one.
  static func of(
    _ value: PrismaValue, field: PrismaField, type: String, labels: [String: String]?
  ) -> PrismaDefault {
    switch value.kind {
    case .function(let name, let arguments):
      if clientFunctions.contains(name) { return .client(value.text) }
      switch name {
      case "autoincrement", "sequence": return .sequence
      case "now": return .currentTime
      default:
        guard case .string(let sql)? = arguments.first?.value.kind,
          sql.contains(where: { !$0.isWhitespace })
        else { return .something }
        return .expression(sql)
      }
    case .array(let elements):
      let values = elements.map { literal($0, field, labels) }
      return .expression("ARRAY[\(values.joined(separator: ", "))]::\(type)")
    default:
      return .expression(literal(value, field, labels))
    }
  }

  private static func literal(
    _ value: PrismaValue, _ field: PrismaField, _ labels: [String: String]?
  ) -> String {
    switch value.kind {
    case .string(let text):
      field.type == .named("Bytes")
        ? "decode(\(SQLLiteral.standard(text)), 'base64')" : SQLLiteral.standard(text)
    case .constant(let word):
      if let labels { SQLLiteral.standard(labels[word] ?? word) } else { word }
    default: value.text
    }
  }
}
