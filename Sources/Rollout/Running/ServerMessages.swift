import Migrations
import Postgres
import Script

extension ServerMessage {
  /// What the server said, without a place in a file.
  init(_ report: ServerReport) {
    self.init(
      severity: report.severity, code: report.sqlState, message: report.message, detail: report.detail,
      hint: report.hint, context: report.context, statementPosition: report.position)
  }

  /// An error of the client or the server that a statement of a file has met.
  init(_ error: PostgresError, of statement: Statement?, in file: String) {
    guard let report = error.report else {
      self.init(severity: "ERROR", code: "", message: error.message)
      return
    }
    self.init(report)
    guard let statement else { return }
    location = FileLocation(
      file: file,
      position: report.position.map { statement.position(ofCharacter: $0) } ?? statement.position)
  }
}

extension Statement {
  /// The place in the file of a character of the statement's text, counted from 1 as the server counts.
  func position(ofCharacter character: Int) -> SourcePosition {
    var position = position
    for scalar in text.unicodeScalars.prefix(max(0, character - 1)) {
      if scalar == "\n" {
        position.line += 1
        position.column = 1
      } else {
        position.column += 1
      }
    }
    return position
  }
}
