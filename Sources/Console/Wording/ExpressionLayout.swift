import Display

/// An SQL expression laid out over lines: broken at AND and OR, and around sub-selects, as deep as the width asks.
///
/// Only blanks and line ends change; what stands in quotes is left alone.
struct ExpressionLayout {
  private let text: [Character]

  /// Takes an expression as the server writes it.
  init(_ expression: String) { text = Self.inOneLine(expression) }

  /// The lines of the expression, made harmless.
  func lines(columns: Int) -> [Text] {
    let columns = max(20, columns)
    let whole = text.count <= columns ? text[...] : Self.unwrapped(text[...])
    return Self.layOut(whole, indent: 0, columns: columns).flatMap { line in
      let indent = Text(" ").repeated(min(line.indent, columns / 2))
      return (indent + Text(foreign: String(line.text))).wrapped(to: max(20, columns), indent: indent + "  ")
    }
  }

  /// Further in there is no room to break lines, and an expression of thousands of levels must not end the program.
  private static let deepest = 60

  private struct Line {
    var indent: Int
    var text: ArraySlice<Character>
  }

  private static func layOut(_ text: ArraySlice<Character>, indent: Int, columns: Int) -> [Line] {
    let text = trimmed(text)
    if text.count + indent <= columns || indent >= deepest { return [Line(indent: indent, text: text)] }
    let parts = split(text)
    if parts.count > 1 {
      return parts.flatMap { layOut($0, indent: indent, columns: columns) }
    }
    guard let open = outermostParenthesis(text) else { return [Line(indent: indent, text: text)] }
    let inside = text[text.index(after: open.lowerBound)..<open.upperBound]
    let head = text[...open.lowerBound]
    let tail = text[open.upperBound...]
    return [Line(indent: indent, text: head)] + layOut(inside, indent: indent + 2, columns: columns)
      + layOutTail(tail, indent: indent, columns: columns)
  }

  private static func layOutTail(_ tail: ArraySlice<Character>, indent: Int, columns: Int) -> [Line] {
    tail.count + indent <= columns || outermostParenthesis(tail.dropFirst()) == nil
      ? [Line(indent: indent, text: tail)] : layOut(tail, indent: indent, columns: columns)
  }

  /// The text without parentheses around all of it, which would only take room.
  private static func unwrapped(_ text: ArraySlice<Character>) -> ArraySlice<Character> {
    guard let pair = outermostParenthesis(text), pair.lowerBound == text.startIndex,
      pair.upperBound == text.index(before: text.endIndex)
    else { return text }
    return text[text.index(after: pair.lowerBound)..<pair.upperBound]
  }

  /// The words before which a line may be broken, at the level that is looked at.
  private static let breaks = [
    " AND ", " OR ", " FROM ", " WHERE ", " JOIN ", " LEFT JOIN ", " GROUP BY ", " ORDER BY ", " LIMIT ",
    " UNION ",
  ].map { Array($0) }

  private static func split(_ text: ArraySlice<Character>) -> [ArraySlice<Character>] {
    var parts: [ArraySlice<Character>] = []
    var start = text.startIndex
    for place in places(text) where place.depth == 0 && place.index > start {
      let rest = text[place.index...]
      guard breaks.contains(where: { rest.starts(with: $0) }) else { continue }
      // BETWEEN has an AND of its own.
      let before = text[start..<place.index]
      if rest.starts(with: " AND "), endsWithBetween(before) { continue }
      if rest.starts(with: " JOIN "), String(before).hasSuffix(" LEFT") { continue }
      parts.append(text[start..<place.index])
      start = place.index
    }
    return parts + [text[start...]]
  }

  private static func endsWithBetween(_ text: ArraySlice<Character>) -> Bool {
    let words = String(text).split(separator: " ")
    return words.suffix(3).contains("BETWEEN")
  }

  /// The first pair of parentheses that encloses most of the text.
  private static func outermostParenthesis(_ text: ArraySlice<Character>) -> Range<Int>? {
    var open: Int?
    var widest: Range<Int>?
    for place in places(text) {
      if text[place.index] == "(", place.depth == 0 { open = place.index }
      if text[place.index] == ")", place.depth == 1, let start = open {
        if place.index - start > widest?.count ?? 1 { widest = start..<place.index }
        open = nil
      }
    }
    return widest
  }

  /// The characters outside quotes, each with how many parentheses are open before it.
  private static func places(_ text: ArraySlice<Character>) -> [(index: Int, depth: Int)] {
    var places: [(Int, Int)] = []
    var depth = 0
    var quote: Character?
    for index in text.indices {
      let character = text[index]
      if let open = quote {
        if character == open { quote = nil }
        continue
      }
      places.append((index, depth))
      switch character {
      case "'", "\"": quote = character
      case "(": depth += 1
      case ")": depth -= 1
      default: break
      }
    }
    return places
  }

  private static func trimmed(_ text: ArraySlice<Character>) -> ArraySlice<Character> {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }

  private static func inOneLine(_ text: String) -> [Character] {
    var line: [Character] = []
    var quote: Character?
    for character in text {
      if let open = quote {
        line.append(character)
        if character == open { quote = nil }
      } else if character.isWhitespace {
        if line.last != " ", line.last != "(" { line.append(" ") }
      } else {
        if character == "'" || character == "\"" { quote = character }
        line.append(character)
      }
    }
    return line
  }
}
