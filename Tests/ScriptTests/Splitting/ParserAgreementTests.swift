import Testing

@testable import Script

@Suite("Splitter and parser")
struct ParserAgreementTests {
  @Test("agree on every case that the parser reads", arguments: SplittingCase.all)
  func agreeOnCases(_ example: SplittingCase) {
    let theirs = ParserSplit.of(Array(example.text.utf8))
    #expect((theirs != nil) == example.isReadable)
    guard let theirs else { return }
    #expect(ParserSplit.disagreement(over: Array(example.text.utf8), theirs) == nil)
  }

  @Test("agree on every file that the parser reads", arguments: Corpus.files)
  func agreeOnFiles(_ file: Corpus.File) {
    let text = withoutPsqlLines(file.bytes)
    guard EncodingCheck.problem(in: text) == nil, let theirs = ParserSplit.of(text) else { return }
    #expect(ParserSplit.disagreement(over: text, theirs) == nil)
  }

  @Test("agree on many files")
  func corpusIsReadable() {
    let read = Corpus.files.filter { ParserSplit.of(withoutPsqlLines($0.bytes)) != nil }.count
    #expect(Corpus.files.isEmpty || read * 2 > Corpus.files.count)
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
