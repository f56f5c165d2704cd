/// An upper bound of how deep a statement's syntax tree is, reckoned from its tokens alone.
///
/// PostgreSQL's grammar makes `a || b || c` a tree one level deeper with each operator; whoever walks it by recursion
/// needs stack for each level. Brackets nest, everything else chains until the next comma. The bound is some three
/// times too high for ordinary SQL and never too low.
struct ParseDepth {
  /// The bound for what was taken in so far.
  private(set) var maximum = 0
  private var current = 0
  /// The depth before each bracket that is open.
  private var outer: [Int] = []

  /// Takes in the next token.
  mutating func accept(_ token: SQLToken) {
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
    default:
      break
    }
  }

  private mutating func deepen() {
    current += 1
    maximum = max(maximum, current)
  }

  /// The bound for a whole text, which may hold several statements.
  static func bound(of text: String) -> Int {
    var lexer = SQLLexer(Array(text.utf8))
    var depth = ParseDepth()
    while let token = lexer.next() { depth.accept(token) }
    return depth.maximum
  }
}
