import Prisma
import Schema

/// Whether a column's default is what Prisma says.
enum DefaultComparison {
  /// The answers.
  enum Answer: Sendable, Hashable {
    case same
    case different
    /// The server must say whether this expression and the column's are the same.
    case ask(String)
  }

  /// Compares without the server as far as that goes.
  static func compare(_ value: PrismaDefault, _ column: StoredColumn) -> Answer {
    let found = column.defaultExpression
    switch value {
    case .none, .client: return found == nil && !column.isIdentity ? .same : .different
    case .sequence:
      return column.isIdentity || found.map { plain($0).hasPrefix("nextval(") } ?? false ? .same : .different
    case .something: return found != nil || column.isIdentity ? .same : .different
    case .currentTime: return found.map(isCurrentTime) ?? false ? .same : .different
    case .expression(let sql):
      guard let found else { return .different }
      return literal(sql) == literal(found) ? .same : .ask(sql)
    }
  }

  /// What the standard and PostgreSQL call the start of the transaction.
  private static func isCurrentTime(_ expression: String) -> Bool {
    var text = literal(expression).lowercased()
    if let open = text.firstIndex(of: "("), text[open...].dropFirst().first?.isNumber ?? false {
      text = String(text[..<open])
    }
    return ["now()", "current_timestamp", "transaction_timestamp()", "localtimestamp", "current_date"]
      .contains(text)
  }

  private static func plain(_ expression: String) -> String {
    let text = literal(expression)
    return text.hasPrefix("pg_catalog.") ? String(text.dropFirst("pg_catalog.".count)) : text
  }

  /// The expression without parentheses around it and without a conversion behind it.
  private static func literal(_ expression: String) -> String {
    var text = expression.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    while true {
      if let cast = cast(in: text) {
        text = String(text[..<cast])
      } else if text.hasPrefix("("), closing(text) == text.index(before: text.endIndex) {
        text = String(text.dropFirst().dropLast())
      } else {
        break
      }
    }
    // A number may be written as a string that is converted.
    let inside = text.dropFirst().dropLast()
    if text.hasPrefix("'"), text.hasSuffix("'"), !inside.isEmpty,
      inside.allSatisfy({ $0.isNumber || $0 == "." || $0 == "-" })
    {
      return String(inside)
    }
    return text
  }

  /// Where a conversion of the whole begins: outside strings and parentheses, with nothing but a type behind it.
  private static func cast(in text: String) -> String.Index? {
    guard let last = text.indices.reversed().first(where: { text[$0...].hasPrefix("::") }) else { return nil }
    let head = text[..<last]
    let type = text[last...].dropFirst(2)
    let isType = type.allSatisfy { $0.isLetter || $0.isNumber || "_.\" []()".contains($0) }
    let isWhole =
      head.allSatisfy { $0.isNumber || $0.isLetter || "._-".contains($0) }
      || head.hasSuffix(")") && !head.contains("'")
      || head.hasPrefix("'") && head.hasSuffix("'") && head.dropFirst().dropLast().allSatisfy { $0 != "'" }
    return isType && isWhole ? last : nil
  }

  /// The place of the parenthesis that closes the first one.
  private static func closing(_ text: String) -> String.Index? {
    var depth = 0
    var isQuoted = false
    for place in text.indices {
      switch text[place] {
      case "'": isQuoted.toggle()
      case "(" where !isQuoted: depth += 1
      case ")" where !isQuoted:
        depth -= 1
        if depth == 0 { return place }
      default: break
      }
    }
    return nil
  }
}
