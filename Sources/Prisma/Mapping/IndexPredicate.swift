import Schema

/// The condition of a partial index (`where:`), in SQL.
enum IndexPredicate {
  /// The condition: `raw("…")` as it stands, an object as the comparison of its members.
  static func sql(_ value: PrismaValue, columns: [String: String]) -> String? {
    switch value.kind {
    case .function("raw", let arguments): return arguments.first?.value.string
    case .object(let members):
      let conditions = members.map { member in
        condition(Identifier.alwaysQuoted(columns[member.name.text] ?? member.name.text), member.value)
      }
      return conditions.isEmpty ? nil : conditions.joined(separator: " AND ")
    default: return nil
    }
  }

  private static func condition(_ column: String, _ value: PrismaValue) -> String {
    if case .object(let members) = value.kind {
      return members.map { member in
        let operand = member.value
        guard member.name.text == "not" else { return condition(column, operand) }
        return operand.constant == "null" ? "\(column) IS NOT NULL" : "\(column) <> \(literal(operand))"
      }.joined(separator: " AND ")
    }
    return value.constant == "null" ? "\(column) IS NULL" : "\(column) = \(literal(value))"
  }

  private static func literal(_ value: PrismaValue) -> String {
    value.string.map(SQLLiteral.standard) ?? value.text
  }
}
