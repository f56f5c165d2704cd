/// Names a statement that the parser does not read.
enum LeadingWords {
  /// The first two words of the statement in capitals, as a stand-in for its command tag.
  static func of(_ statement: Range<Int>, in bytes: [UInt8]) -> String {
    var lexer = SQLLexer(bytes, from: statement.lowerBound, to: statement.upperBound)
    var words: [String] = []
    while words.count < 2, let token = lexer.next() {
      if token.kind == .lineComment || token.kind == .blockComment { continue }
      guard token.kind == .word else { break }
      words.append(String(decoding: bytes[token.range], as: UTF8.self).uppercased())
    }
    return words.joined(separator: " ")
  }
}
