/// One statement read, and read again around each construct that is newer than the parser.
///
/// Where such a construct can be left out or replaced by an older one of like effect, the rest of the statement is read
/// all the same: its effects are known, and mistakes in it are found.
struct StatementReading {
  /// What is known of the statement; opaque if anything was left out.
  var analysis: StatementAnalysis
  /// What the parser does not read, each construct once.
  var problems: [Problem] = []

  /// Something in the statement that the parser does not read.
  struct Problem {
    var kind: ScriptProblem.Kind
    var message: String
    /// Where it is, in characters from the beginning of the statement.
    var characterOffset: Int
  }

  private static let mostReadings = 20

  /// Reads a statement.
  init(_ statement: String, with analyzer: inout StatementAnalyzer) {
    analysis = analyzer.analyze(statement)
    var text = Array(statement.utf8)
    var rewritesTable = false
    var notNullAsCheck = false
    for _ in 0..<Self.mostReadings {
      guard let error = analysis.syntaxError else { break }
      let context = SyntaxErrorContext(text, error)
      let verdict = SyntaxVerdict(context)
      if !problems.contains(where: { $0.message == verdict.message }) {
        problems.append(
          Problem(kind: verdict.kind, message: verdict.message, characterOffset: error.characterOffset))
      }
      guard let older = verdict.newer?.older(context), !older.isEmpty else { break }
      rewritesTable = rewritesTable || verdict.newer?.rewritesTable == true
      text = Self.replaced(older, in: context)
      notNullAsCheck = notNullAsCheck || verdict.newer?.readsNotNullAsCheck == true
      analysis = analyzer.analyze(String(decoding: text, as: UTF8.self), notNullAsCheck: notNullAsCheck)
    }
    if rewritesTable {
      for place in analysis.locks.indices where analysis.locks[place].mode == .accessExclusive {
        analysis.locks[place].rewritesTable = true
      }
    }
    if let first = problems.first { analysis.opacity = first.message }
  }

  /// The text with tokens replaced, character for character, so that later places stay right.
  private static func replaced(_ replacements: [TokenReplacement], in context: SyntaxErrorContext) -> [UInt8]
  {
    var text: [UInt8] = []
    var index = 0
    for replacement in replacements {
      guard let first = context.range(replacement.first), let last = context.range(replacement.last),
        first.lowerBound >= index
      else { continue }
      let old = first.lowerBound..<last.upperBound
      let characters = context.text[old].count { $0 & 0xC0 != 0x80 }
      let new = Array(replacement.text.utf8.prefix(characters))
      text += context.text[index..<old.lowerBound]
      text += new
      text += [UInt8](repeating: UInt8(ascii: " "), count: characters - new.count)
      index = old.upperBound
    }
    text += context.text[index...]
    return text
  }
}

/// Tokens in a row, by their distances from the one at fault, and what to read in their place.
struct TokenReplacement {
  var first: Int
  var last: Int
  /// Not longer than the tokens; ASCII.
  var text = ""
}

extension SyntaxErrorContext {
  /// Where the token at a distance stands in the text.
  fileprivate func range(_ distance: Int) -> Range<Int>? {
    ranges.indices.contains(fault + distance) ? ranges[fault + distance] : nil
  }
}
