/// Lays a policy's expression out as people read it.
public enum PolicyLayout {
  /// The expression in lines: a new one before each AND and OR on the outermost level, without the parentheses around
  /// the whole.
  public static func lines(of expression: String) -> [String] {
    var text = expression.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    while let inner = withoutParentheses(text) { text = inner }
    var lines: [String] = []
    var current = ""
    var scanner = Scanner()
    var isBetween = false
    for word in text.split(separator: " ") {
      if scanner.isOutside, word == "BETWEEN" { isBetween = true }
      if scanner.isOutside, word == "AND", isBetween {
        isBetween = false
        current += " AND"
      } else if scanner.isOutside, ["AND", "OR"].contains(word) {
        lines.append(current)
        current = String(word)
      } else {
        current += current.isEmpty ? String(word) : " \(word)"
      }
      scanner.read(word)
    }
    return lines + [current]
  }

  /// What stands between parentheses around the whole text; nil if there are none.
  private static func withoutParentheses(_ text: String) -> String? {
    guard text.hasPrefix("("), text.hasSuffix(")") else { return nil }
    var scanner = Scanner()
    for (place, character) in text.enumerated() {
      scanner.read(character)
      if scanner.isOutside, place < text.count - 1 { return nil }
    }
    return String(text.dropFirst().dropLast())
  }

  /// Counts parentheses outside strings.
  private struct Scanner {
    var depth = 0
    var quote: Character?

    var isOutside: Bool { depth == 0 && quote == nil }

    mutating func read(_ text: Substring) { for character in text { read(character) } }

    mutating func read(_ character: Character) {
      if let open = quote {
        if character == open { quote = nil }
        return
      }
      switch character {
      case "'", "\"": quote = character
      case "(": depth += 1
      case ")": depth -= 1
      default: break
      }
    }
  }
}
