import Migrations
import Script

/// What a migration is for: as the project file says, else as the file itself begins.
enum MigrationPurpose {
  /// The purpose; nil if nobody says.
  static func of(_ migration: Migration) -> String? {
    migration.notes.purpose ?? firstSentence(of: migration.script)
  }

  /// The first sentence of the comment at the top of a file; nil if there is none.
  static func firstSentence(of script: ParsedScript) -> String? {
    var text = ""
    var line: Int?
    for comment in script.leadingComments(ofStatement: 0) {
      let content = words(of: comment)
      // A gap, or a rule drawn of dashes, ends the paragraph.
      if let line, comment.position.line != line + 1, !text.isEmpty { break }
      line = comment.position.line
      if content.isEmpty || isDirective(content) {
        if text.isEmpty { continue }
        break
      }
      text += (text.isEmpty ? "" : " ") + content
      if comment.text.hasPrefix("/*") { break }
    }
    return sentence(text)
  }

  private static func words(of comment: ScriptComment) -> String {
    let lines = comment.content.split(whereSeparator: \.isNewline).map { line in
      line.drop { $0 == " " || $0 == "*" || $0 == "-" || $0 == "=" || $0 == "\t" }
    }
    return lines.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// What tools read, not people.
  private static func isDirective(_ text: String) -> Bool {
    let lower = text.lowercased()
    let words = [
      "requires:", "migrate:", "+goose", "signalbox:", "atlas:", "no-transaction", "disable-transaction",
    ]
    return words.contains { lower.hasPrefix($0) } || lower.allSatisfy { !$0.isLetter }
  }

  private static func sentence(_ text: String) -> String? {
    var end = text.endIndex
    var index = text.startIndex
    while let stop = text[index...].firstIndex(where: { ".!?".contains($0) }) {
      let next = text.index(after: stop)
      if next == text.endIndex || text[next] == " " {
        end = stop
        break
      }
      index = next
    }
    let sentence = text[..<end]
    return sentence.isEmpty ? nil : String(sentence)
  }
}
