/// An upper bound of how deep a statement's syntax tree is, reckoned from its tokens alone.
///
/// PostgreSQL's grammar makes `a || b || c` a tree one level deeper with each operator; whoever walks it by recursion
/// needs stack for each level. Brackets nest, everything else chains until the next comma. The bound is some three
/// times too high for ordinary SQL and not too low. Strings are looked into, because they may be bodies of functions,
/// which are parsed too.
struct ParseDepth {
  /// The bound for what was taken in so far.
  private(set) var maximum = 0
  private var current = 0
  /// The depth before each bracket that is open.
  private var outer: [Int] = []
  /// In how many strings within strings this stands.
  private let level: Int

  /// Strings shorter than this cannot hold anything deep.
  private static let shortestBody = 256
  private static let deepestLevel = 3

  init(level: Int = 0) {
    self.level = level
  }

  /// Takes in the next token.
  mutating func accept(_ token: SQLToken, in bytes: [UInt8]) {
    switch token.kind {
    case .leftParenthesis, .leftBracket:
      outer.append(current)
      deepen()
    case .rightParenthesis, .rightBracket:
      current = outer.popLast() ?? 0
    case .comma, .semicolon:
      current = outer.last.map { $0 + 1 } ?? 0
    case .word, .symbol, .variable:
      deepen()
    case .dollarString, .string:
      acceptBody(token, in: bytes)
    default:
      break
    }
  }

  private mutating func deepen() {
    current += 1
    maximum = max(maximum, current)
  }

  private mutating func acceptBody(_ token: SQLToken, in bytes: [UInt8]) {
    guard token.range.count >= Self.shortestBody, level < Self.deepestLevel else { return }
    var start = token.range.lowerBound + 1
    if token.kind == .dollarString {
      while bytes[start] != UInt8(ascii: "$") { start += 1 }
      start += 1
    }
    let margin = start - token.range.lowerBound
    let end = token.isTerminated ? token.range.upperBound - margin : token.range.upperBound
    maximum = max(maximum, Self.bound(of: bytes, from: start, to: end, level: level + 1))
  }

  /// The bound for a whole text, which may hold several statements.
  static func bound(of text: String) -> Int {
    let bytes = Array(text.utf8)
    return bound(of: bytes, from: 0, to: bytes.count, level: 0)
  }

  private static func bound(of bytes: [UInt8], from start: Int, to end: Int, level: Int) -> Int {
    var lexer = SQLLexer(bytes, from: start, to: end)
    var depth = ParseDepth(level: level)
    while let token = lexer.next() { depth.accept(token, in: bytes) }
    return depth.maximum
  }
}
