/// Cuts a file into statements exactly where PostgreSQL's parser would, and, for what only psql reads, where psql would.
///
/// The bytes must be UTF-8 without NUL. The time taken is proportional to the file's length.
struct ScriptSplitter {
  private let bytes: [UInt8]
  private var lexer: SQLLexer
  private var tracker: PositionTracker
  private var result = SplitScript()

  /// The statement being read; nil between statements.
  private var piece: ScriptPiece?
  private var shape = StatementShape()
  private var depth = ParseDepth()
  /// Statements whose rows begin on the next line: the index of a COPY's piece, or nil for a `\copy`.
  private var awaitingData: [Int?] = []

  /// Cuts the bytes behind `start` (behind the byte order mark, if there is one).
  static func split(_ bytes: [UInt8], from start: Int = 0) -> SplitScript {
    var splitter = ScriptSplitter(bytes, from: start)
    splitter.run()
    return splitter.result
  }

  private init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    lexer = SQLLexer(bytes, from: start)
    tracker = PositionTracker(bytes, offset: start)
  }

  private mutating func run() {
    while true {
      if !awaitingData.isEmpty, lexer.reachesEndOfLine() { readData() }
      guard let token = lexer.next() else { break }
      switch token.kind {
      case .lineComment, .blockComment:
        acceptComment(token)
      case .semicolon where shape.endsAtSemicolon:
        endPiece()
      case .backslash:
        acceptCommand(at: token.range.lowerBound)
      default:
        acceptToken(token)
      }
    }
    endPiece()
    if !awaitingData.isEmpty { readData() }
  }

  private mutating func acceptToken(_ token: SQLToken) {
    let start = token.range.lowerBound
    if piece == nil { piece = ScriptPiece(range: token.range, position: tracker.position(at: start)) }
    piece?.extend(to: token.range.upperBound)
    depth.accept(token, in: bytes)
    shape.accept(token, in: bytes)
    if !lexer.commentsInStrings.isEmpty {
      piece?.commentsInStrings += lexer.commentsInStrings
      lexer.commentsInStrings = []
    }
    if token.kind == .variable {
      piece?.variables.append(PsqlVariable(range: token.range, position: tracker.position(at: start)))
    }
    if lexer.plainStringsHaveEscapes, token.kind == .string, bytes[token.range].contains(UInt8(ascii: "\\")) {
      piece?.hasEscapesInPlainStrings = true
    }
    if !token.isTerminated {
      piece?.isCutOff = true
      report(.syntaxError, unterminatedMessage(for: token.kind), at: start, tracker.position(at: start))
    }
  }

  private mutating func acceptComment(_ token: SQLToken) {
    let position = tracker.position(at: token.range.lowerBound)
    result.comments.append(
      ScriptComment(
        text: String(decoding: bytes[token.range], as: UTF8.self), byteRange: token.range, position: position,
        statement: result.pieces.count, isInsideStatement: piece != nil))
    if !token.isTerminated {
      piece?.isCutOff = true
      report(.syntaxError, unterminatedMessage(for: token.kind), at: token.range.lowerBound, position)
    }
  }

  private mutating func endPiece() {
    defer {
      shape = StatementShape()
      depth = ParseDepth()
    }
    guard var ended = piece else { return }
    piece = nil
    ended.depth = depth.maximum
    if shape.readsData { awaitingData.append(result.pieces.count) }
    if let escapes = StringEscapeSetting.change(madeBy: ended.range, in: bytes) {
      lexer.plainStringsHaveEscapes = escapes
    }
    result.pieces.append(ended)
  }

  private mutating func report(
    _ kind: ScriptProblem.Kind, _ message: String, at offset: Int, _ position: SourcePosition
  ) {
    result.problems.append(SplitProblem(kind: kind, message: message, offset: offset, position: position))
  }

  private func unterminatedMessage(for kind: SQLTokenKind) -> String {
    switch kind {
    case .blockComment: "unterminated /* comment"
    case .quotedIdentifier: "unterminated quoted identifier"
    case .dollarString: "unterminated dollar-quoted string"
    default: "unterminated quoted string"
    }
  }

  private mutating func acceptCommand(at start: Int) {
    let command = PsqlCommand(at: start, in: bytes)
    let position = tracker.position(at: start)
    lexer.offset = command.resumesAt
    report(.psqlCommand, "\(command.name) is a command of psql, which no server reads", at: start, position)
    let isInnerSemicolon = command.name == #"\;"# && !shape.endsAtSemicolon
    if piece != nil, command.endsStatement, !isInnerSemicolon { endPiece() }
    if piece != nil {
      piece?.holdsPsqlCommand = true
      piece?.extend(to: command.range.upperBound)
    } else if !command.isMark {
      result.pieces.append(
        ScriptPiece(range: command.range, position: position, form: .psqlCommand, psqlName: command.name))
    }
    if command.readsData(in: bytes) { awaitingData.append(nil) }
  }

  /// Reads the rows of the statements that wait for them; stands at the end of the line that holds those statements.
  private mutating func readData() {
    endPiece()
    let waiting = awaitingData
    awaitingData = []
    lexer.offset = min(lexer.offset + 1, bytes.count)
    for index in waiting {
      let data = CopyData(at: lexer.offset, in: bytes)
      lexer.offset = data.resumesAt
      result.rows.append(data.range.lowerBound..<data.resumesAt)
      if let index { result.pieces[index].form = .copyData(data.range) }
      if !data.isTerminated {
        let position = tracker.position(at: data.range.lowerBound)
        report(
          .syntaxError, #"the rows of COPY have no end: a line with \. is missing"#,
          at: data.range.lowerBound, position)
      }
    }
  }
}
