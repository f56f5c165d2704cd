/// A statement's tokens as seen from the one that the parser stumbled over.
struct SyntaxErrorContext {
  /// The parser's message.
  let message: String
  /// The tokens, comments left out: words in capitals, everything else as it stands.
  let tokens: [String]
  /// The index of the token at fault; as many as there are tokens if the statement ends too soon.
  let fault: Int
  /// Whether the token at fault is the first of its line.
  let startsLine: Bool

  init(at offset: Int, in range: Range<Int>, of bytes: [UInt8], message: String) {
    self.message = message
    let text = Array(bytes[range])
    var lexer = SQLLexer(text)
    var tokens: [String] = []
    var fault: Int?
    var startsLine = false
    while let token = lexer.next() {
      if token.kind == .lineComment || token.kind == .blockComment { continue }
      if fault == nil, token.range.upperBound > offset - range.lowerBound {
        fault = tokens.count
        startsLine = Self.isFirstInLine(token.range.lowerBound, of: text)
      }
      let spelling = String(decoding: text[token.range], as: UTF8.self)
      tokens.append(token.kind == .word ? spelling.uppercased() : spelling)
    }
    self.tokens = tokens
    self.fault = fault ?? tokens.count
    self.startsLine = startsLine
  }

  private static func isFirstInLine(_ index: Int, of text: [UInt8]) -> Bool {
    var before = index
    while before > 0, text[before - 1].isSpace {
      if text[before - 1] == UInt8(ascii: "\n") { return true }
      before -= 1
    }
    return before == 0
  }

  /// The token at a distance from the one at fault; nil outside the statement.
  func token(_ distance: Int) -> String? {
    tokens.indices.contains(fault + distance) ? tokens[fault + distance] : nil
  }

  /// Whether the statement begins with these tokens.
  func begins(with words: String) -> Bool {
    let words = words.split(separator: " ")
    return tokens.count >= words.count && zip(tokens, words).allSatisfy { $0 == $1 }
  }

  /// Whether these tokens stand in a row, the one marked by a preceding `^` being the one at fault (the first if none
  /// is marked).
  func stands(_ pattern: String) -> Bool {
    let words = pattern.split(separator: " ")
    let marked = words.firstIndex { $0.hasPrefix("^") && $0.count > 1 } ?? 0
    for (index, word) in words.enumerated() {
      let expected = index == marked && word.hasPrefix("^") ? word.dropFirst() : word
      guard let found = token(index - marked) else { return false }
      if expected != "*", found != expected { return false }
    }
    return true
  }

  /// Whether the token at fault stands in the parentheses of a call of one of these functions.
  func isInCall(of names: Set<String>) -> Bool {
    var closed = 0
    var index = fault - 1
    while index > 0 {
      if tokens[index] == ")" { closed += 1 }
      if tokens[index] == "(" {
        if closed == 0, names.contains(tokens[index - 1]) { return true }
        closed = max(0, closed - 1)
      }
      index -= 1
    }
    return false
  }
}
