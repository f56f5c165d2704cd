/// Makes a ``ParsedScript`` from a file that has been cut into pieces.
struct ScriptReader {
  private let bytes: [UInt8]
  private let split: SplitScript
  private var analyzer: StatementAnalyzer
  private var lines: SourceLines
  private var problems: [ScriptProblem] = []

  init(_ bytes: [UInt8], _ split: SplitScript, analyzer: StatementAnalyzer) {
    self.analyzer = analyzer
    self.bytes = bytes
    self.split = split
    lines = SourceLines(bytes)
  }

  /// What is known once the pieces are read.
  var context: ScriptContext { analyzer.context }

  /// Reads all pieces.
  mutating func read() -> ParsedScript {
    for problem in split.problems {
      report(problem.kind, problem.message, at: problem.offset, problem.position)
    }
    analyzer.noteSchemasMade(
      by: split.pieces.filter { LeadingWords.of($0.range, in: bytes) == "CREATE SCHEMA" }.map {
        String(decoding: bytes[$0.range], as: UTF8.self)
      })
    var statements: [Statement] = []
    statements.reserveCapacity(split.pieces.count)
    for (index, piece) in split.pieces.enumerated() {
      statements.append(statement(index, from: piece))
    }
    problems.sort { $0.position < $1.position }
    return ParsedScript(statements: statements, problems: problems, comments: split.comments)
  }

  private mutating func statement(_ index: Int, from piece: ScriptPiece) -> Statement {
    let text = String(decoding: bytes[piece.range], as: UTF8.self)
    let searchPath = analyzer.searchPath
    let analysis =
      if let name = piece.psqlName {
        StatementAnalysis(tag: name, opacity: "it is a command of psql")
      } else {
        analysis(of: piece, readable(text, of: piece))
      }
    return Statement(
      index: index, text: text, byteRange: piece.range, position: piece.position, form: piece.form,
      tag: analysis.tag, effects: analysis.effects, locks: analysis.locks,
      transactionRule: analysis.transactionRule, opacity: analysis.opacity,
      possibleEffects: analysis.possibleEffects, repetition: analysis.repetition, settings: analysis.settings,
      searchPath: searchPath)
  }

  /// The text as libpg_query can read it: its scanner, unlike PostgreSQL's, does not know comments between the parts of
  /// a continued string, so that they become blanks.
  private func readable(_ text: String, of piece: ScriptPiece) -> String {
    if piece.commentsInStrings.isEmpty { return text }
    var readable: [UInt8] = []
    var start = piece.range.lowerBound
    for comment in piece.commentsInStrings {
      let characters = bytes[comment].count { $0 & 0xC0 != 0x80 }
      readable += bytes[start..<comment.lowerBound]
      readable += [UInt8](repeating: UInt8(ascii: " "), count: characters)
      start = comment.upperBound
    }
    readable += bytes[start..<piece.range.upperBound]
    return String(decoding: readable, as: UTF8.self)
  }

  private mutating func analysis(of piece: ScriptPiece, _ text: String) -> StatementAnalysis {
    let reading = DeepParsing.run(depth: piece.depth) { StatementReading(text, with: &analyzer) }
    guard let reading else {
      return StatementAnalysis(
        tag: LeadingWords.of(piece.range, in: bytes), opacity: "it is nested too deeply to be parsed")
    }
    var analysis = reading.analysis
    guard !reading.problems.isEmpty else { return analysis }
    if analysis.tag.isEmpty { analysis.tag = LeadingWords.of(piece.range, in: bytes) }
    if piece.isCutOff {
      analysis.opacity = "the file ends inside it"
    } else if piece.holdsPsqlCommand {
      analysis.opacity = "a command of psql stands in it"
    } else if piece.hasEscapesInPlainStrings {
      analysis.opacity = "its plain strings have escapes (standard_conforming_strings is off)"
    } else if !piece.variables.isEmpty {
      analysis.opacity = "it has variables of psql"
      report(piece.variables)
    } else {
      report(reading.problems, in: piece)
    }
    return analysis
  }

  private mutating func report(_ variables: [PsqlVariable]) {
    for variable in variables {
      let name = String(decoding: bytes[variable.range], as: UTF8.self)
      report(
        .psqlVariable, "\(name) is a variable of psql, which has no value here",
        at: variable.range.lowerBound, variable.position)
    }
  }

  private mutating func report(_ found: [StatementReading.Problem], in piece: ScriptPiece) {
    for problem in found {
      let offset = byteOffset(ofCharacter: problem.characterOffset, in: piece.range)
      var tracker = PositionTracker(bytes, offset: piece.range.lowerBound, position: piece.position)
      report(problem.kind, problem.message, at: offset, tracker.position(at: offset))
    }
  }

  private mutating func report(
    _ kind: ScriptProblem.Kind, _ message: String, at offset: Int, _ position: SourcePosition
  ) {
    problems.append(
      ScriptProblem(kind: kind, message: message, position: position, line: lines.line(at: offset)))
  }

  private func byteOffset(ofCharacter target: Int, in range: Range<Int>) -> Int {
    var seen = 0
    for index in range where bytes[index] & 0xC0 != 0x80 {
      if seen == target { return index }
      seen += 1
    }
    return range.upperBound
  }
}
