/// What must be remembered of a statement's tokens to know where it ends.
///
/// A semicolon ends a statement unless it stands in parentheses (`CREATE RULE … DO (…; …)`) or in the body of an SQL
/// routine (`CREATE FUNCTION … BEGIN ATOMIC …; …; END`). PostgreSQL's grammar ends each statement of such a body with a
/// semicolon, so the `END` that closes it always follows a semicolon or `ATOMIC`: an `END` anywhere else closes a CASE
/// or is a name.
struct StatementShape {
  private enum Head {
    case start, create, createOr, createOrReplace, routine, copy, other
  }

  private enum Previous {
    case other, begin, from
    /// The beginning of a statement in a routine's body.
    case bodyBoundary
  }

  private var head = Head.start
  private var previous = Previous.other
  private var parenthesisDepth = 0
  private var bodyDepth = 0
  /// Whether it is a COPY that reads its rows from behind the statement.
  private(set) var readsData = false

  /// Whether a semicolon here ends the statement.
  var endsAtSemicolon: Bool { parenthesisDepth == 0 && bodyDepth == 0 }

  /// Takes in the statement's next token.
  mutating func accept(_ token: SQLToken, in bytes: [UInt8]) {
    switch token.kind {
    case .word:
      acceptWord(token.range, in: bytes)
    case .semicolon where parenthesisDepth == 0 && bodyDepth > 0:
      head = .start
      previous = .bodyBoundary
    default:
      if token.kind == .leftParenthesis { parenthesisDepth += 1 }
      if token.kind == .rightParenthesis, parenthesisDepth > 0 { parenthesisDepth -= 1 }
      leaveBeginning()
    }
  }

  private mutating func leaveBeginning() {
    if head != .routine, head != .copy { head = .other }
    previous = .other
  }

  private mutating func acceptWord(_ word: Range<Int>, in bytes: [UInt8]) {
    let before = previous
    previous = .other
    switch head {
    case .start:
      if before == .bodyBoundary, bytes.spell("end", at: word) {
        bodyDepth -= 1
        head = .other
      } else if bytes.spell("create", at: word) {
        head = .create
      } else if bodyDepth == 0, bytes.spell("copy", at: word) {
        head = .copy
      } else {
        head = .other
      }
    case .create:
      head = bytes.spell("or", at: word) ? .createOr : routineOrOther(word, in: bytes)
    case .createOr:
      head = bytes.spell("replace", at: word) ? .createOrReplace : .other
    case .createOrReplace:
      head = routineOrOther(word, in: bytes)
    case .routine where parenthesisDepth == 0:
      if bytes.spell("begin", at: word) {
        previous = .begin
      } else if before == .begin, bytes.spell("atomic", at: word) {
        bodyDepth += 1
        head = .start
        previous = .bodyBoundary
      }
    case .copy where parenthesisDepth == 0:
      if bytes.spell("from", at: word) {
        previous = .from
      } else if before == .from, bytes.spell("stdin", at: word) || bytes.spell("stdout", at: word) {
        readsData = true
      }
    case .routine, .copy, .other:
      break
    }
  }

  private func routineOrOther(_ word: Range<Int>, in bytes: [UInt8]) -> Head {
    bytes.spell("function", at: word) || bytes.spell("procedure", at: word) ? .routine : .other
  }
}
