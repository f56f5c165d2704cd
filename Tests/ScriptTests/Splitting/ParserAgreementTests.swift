import CPgQuery
import Testing

@testable import Script

@Suite("Splitter and parser")
struct ParserAgreementTests {
  @Test("agree on every case that the parser reads", arguments: SplittingCase.all)
  func agreeOnCases(_ example: SplittingCase) {
    let theirs = parserSplit(Array(example.text.utf8))
    #expect((theirs != nil) == example.isReadable)
    guard let theirs else { return }
    expectAgreement(Array(example.text.utf8), theirs)
  }

  @Test("agree on every file that the parser reads", arguments: Corpus.files)
  func agreeOnFiles(_ file: Corpus.File) {
    let text = withoutPsqlLines(file.bytes)
    guard EncodingCheck.problem(in: text) == nil, let theirs = parserSplit(text) else { return }
    expectAgreement(text, theirs)
  }

  @Test("agree on many files")
  func corpusIsReadable() {
    let read = Corpus.files.filter { parserSplit(withoutPsqlLines($0.bytes)) != nil }.count
    #expect(Corpus.files.isEmpty || read * 2 > Corpus.files.count)
  }

  private func expectAgreement(_ bytes: [UInt8], _ theirs: [Range<Int>]) {
    let pieces = ScriptSplitter.split(bytes).pieces
    #expect(pieces.count == theirs.count)
    for (piece, their) in zip(pieces, theirs) {
      #expect(their.contains(piece.range.lowerBound) && piece.range.upperBound <= their.upperBound)
      let margins = [their.lowerBound..<piece.range.lowerBound, piece.range.upperBound..<their.upperBound]
      for margin in margins where margin.count > 0 {
        var lexer = SQLLexer(Array(bytes[margin]))
        while let token = lexer.next() {
          #expect([.lineComment, .blockComment, .semicolon].contains(token.kind))
        }
      }
    }
  }

  /// What libpg_query's parser makes of the text; nil if it does not read it.
  private func parserSplit(_ bytes: [UInt8]) -> [Range<Int>]? {
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

  /// The text with the lines that begin with a backslash made blank: extensions' scripts begin with one.
  private func withoutPsqlLines(_ bytes: [UInt8]) -> [UInt8] {
    var text = bytes
    var isPsql = false
    for index in text.indices {
      if index == 0 || text[index - 1] == UInt8(ascii: "\n") { isPsql = text[index] == UInt8(ascii: "\\") }
      if isPsql, text[index] != UInt8(ascii: "\n") { text[index] = UInt8(ascii: " ") }
    }
    return text
  }
}
