/// Finds statements that change how backslashes in plain strings are read (`standard_conforming_strings`).
enum StringEscapeSetting {
  /// Whether plain strings have escapes after the statement, if it is one that changes the setting; nil otherwise.
  static func change(madeBy statement: Range<Int>, in bytes: [UInt8]) -> Bool? {
    let start = statement.lowerBound
    guard statement.count > 10, statement.count < 200,
      bytes.spell("set", at: start..<start + 3) || bytes.spell("reset", at: start..<start + 5)
    else { return nil }
    var words = Self.words(of: statement, in: bytes)[...]
    switch words.popFirst() {
    case "reset":
      return words == ["standard_conforming_strings"] || words == ["all"] ? false : nil
    case "set":
      if words.first == "session" || words.first == "local" { words.removeFirst() }
      guard words.popFirst() == "standard_conforming_strings", let assignment = words.popFirst(),
        assignment == "=" || assignment == "to", words.count == 1, let value = words.first
      else { return nil }
      return ["off", "of", "false", "fals", "fal", "fa", "f", "no", "n", "0"].contains(value)
    default:
      return nil
    }
  }

  private static func words(of statement: Range<Int>, in bytes: [UInt8]) -> [String] {
    var lexer = SQLLexer(bytes, from: statement.lowerBound, to: statement.upperBound)
    var words: [String] = []
    while let token = lexer.next() {
      guard token.kind != .lineComment, token.kind != .blockComment else { continue }
      let text = String(decoding: bytes[token.range], as: UTF8.self).lowercased()
      words.append(token.kind == .string ? String(text.dropFirst().dropLast()) : text)
    }
    return words
  }
}
