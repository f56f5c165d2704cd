/// A statement's tokens as seen from the one that the parser stumbled over.
struct SyntaxErrorContext {
  /// The statement.
  let text: [UInt8]
  /// The parser's message.
  let message: String
  /// The tokens, comments left out: words in capitals, everything else as it stands.
  let tokens: [String]
  /// Where the tokens stand in the text.
  let ranges: [Range<Int>]
  /// The index of the token at fault; as many as there are tokens if the statement ends too soon.
  let fault: Int
  /// Whether the token at fault is the first of its line.
  let startsLine: Bool

  /// Makes a context from a statement and the parser's complaint about it.
  init(_ text: [UInt8], _ error: StatementSyntaxError) {
    self.text = text
    message = error.message
    let offset = Self.byteOffset(ofCharacter: error.characterOffset, in: text)
    var lexer = SQLLexer(text)
    var tokens: [String] = []
    var ranges: [Range<Int>] = []
    var fault: Int?
    while let token = lexer.next() {
      if token.kind == .lineComment || token.kind == .blockComment { continue }
      if fault == nil, token.range.upperBound > offset { fault = tokens.count }
      let spelling = String(decoding: text[token.range], as: UTF8.self)
      tokens.append(token.kind == .word ? spelling.uppercased() : spelling)
      ranges.append(token.range)
    }
    self.tokens = tokens
    self.ranges = ranges
    self.fault = fault ?? tokens.count
    startsLine = fault.map { Self.isFirstInLine(ranges[$0].lowerBound, of: text) } ?? false
  }

  private static func byteOffset(ofCharacter target: Int, in text: [UInt8]) -> Int {
    var seen = 0
    for index in text.indices where text[index] & 0xC0 != 0x80 {
      if seen == target { return index }
      seen += 1
    }
    return text.count
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

  /// The token at a distance as it is written, if all of it is ASCII.
  func spelling(_ distance: Int) -> String? {
    guard ranges.indices.contains(fault + distance) else { return nil }
    let bytes = text[ranges[fault + distance]]
    return bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes, as: UTF8.self) : nil
  }

  /// The distances of all tokens from the one at fault.
  var distances: Range<Int> { -fault..<(tokens.count - fault) }

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

  /// The distances of the parentheses around the token at fault that belong to a call of one of these functions.
  ///
  /// The second is nil if the call is not closed.
  func call(of names: Set<String>) -> (open: Int, close: Int?)? {
    var closed = 0
    var index = fault - 1
    while index > 0 {
      if tokens[index] == ")" { closed += 1 }
      if tokens[index] == "(" {
        if closed == 0, names.contains(tokens[index - 1]) {
          return (index - fault, closingParenthesis(from: index - fault))
        }
        closed = max(0, closed - 1)
      }
      index -= 1
    }
    return nil
  }

  /// The distance of the parenthesis that closes the one at a distance.
  func closingParenthesis(from open: Int) -> Int? {
    var depth = 0
    var distance = open
    while let token = token(distance) {
      if token == "(" { depth += 1 }
      if token == ")" {
        depth -= 1
        if depth == 0 { return distance }
      }
      distance += 1
    }
    return nil
  }

  /// The distance of the parenthesis that the one at a distance closes.
  func openingParenthesis(from close: Int) -> Int? {
    var depth = 0
    var distance = close
    while let token = token(distance) {
      if token == ")" { depth += 1 }
      if token == "(" {
        depth -= 1
        if depth == 0 { return distance }
      }
      distance -= 1
    }
    return nil
  }
}
