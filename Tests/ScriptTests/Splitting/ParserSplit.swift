import CPgQuery

@testable import Script

/// What libpg_query's parser, which is PostgreSQL's own, makes of a text.
enum ParserSplit {
  /// The statements, each from behind the last one's semicolon to before its own; nil if the parser does not read the text.
  static func of(_ bytes: [UInt8]) -> [Range<Int>]? {
    if bytes.contains(0) { return nil }
    return (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { text in
        let result = pg_query_split_with_parser(text.baseAddress)
        defer { pg_query_free_split_result(result) }
        guard result.error == nil else { return nil }
        return (0..<Int(result.n_stmts)).compactMap { index in
          guard let statement = result.stmts[index]?.pointee else { return nil }
          let start = Int(statement.stmt_location)
          return start..<(statement.stmt_len == 0 ? bytes.count : start + Int(statement.stmt_len))
        }
      }
    }
  }

  /// How the splitter's pieces differ from the parser's statements; nil if they do not.
  static func disagreement(over bytes: [UInt8], _ theirs: [Range<Int>]) -> String? {
    let pieces = ScriptSplitter.split(bytes).pieces
    guard pieces.count == theirs.count else { return "\(pieces.count) pieces, \(theirs.count) statements" }
    for (index, (piece, their)) in zip(pieces, theirs).enumerated() {
      guard their.contains(piece.range.lowerBound), piece.range.upperBound <= their.upperBound else {
        return "piece \(index) is \(piece.range), the statement \(their)"
      }
      let margins = [their.lowerBound..<piece.range.lowerBound, piece.range.upperBound..<their.upperBound]
      for margin in margins {
        var lexer = SQLLexer(bytes, from: margin.lowerBound, to: margin.upperBound)
        while let token = lexer.next() {
          let isNothing = [.lineComment, .blockComment, .semicolon].contains(token.kind)
          if !isNothing { return "statement \(index) holds more than its piece" }
        }
      }
    }
    return nil
  }
}
