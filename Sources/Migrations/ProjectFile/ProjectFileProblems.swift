import Script
import TOML

/// Collects what is wrong with a project file, each with its place and line.
struct ProjectFileProblems {
  let file: String
  let text: SourceText
  private(set) var problems: [ProjectProblem] = []

  init(file: String, text: SourceText) {
    self.file = file
    self.text = text
  }

  mutating func add(_ code: String, _ message: String, at position: TOMLPosition, advice: String? = nil) {
    problems.append(problem(code, message, at: position, advice: advice))
  }

  func problem(
    _ code: String, _ message: String, at position: TOMLPosition, advice: String? = nil
  ) -> ProjectProblem {
    ProjectProblem(
      code: code, message: message, location: location(position), line: text.line(position.line),
      advice: advice)
  }

  func location(_ position: TOMLPosition) -> FileLocation {
    FileLocation(file: file, position: SourcePosition(line: position.line, column: position.column))
  }

  /// A value of the expected type, or nil with the problem noted.
  mutating func reading<Value>(_ read: () throws(TOMLError) -> Value?) -> Value? {
    do {
      return try read()
    } catch {
      add("wrong-type", error.message, at: error.position)
      return nil
    }
  }

  mutating func refuseUnknownKeys(in table: TOMLTable, of what: String, known: [String]) {
    for error in table.unknownKeys(known: known) {
      let advice =
        error.suggestion.map { "did you mean `\($0)`?" }
        ?? "\(what) knows \(known.map { "`\($0)`" }.joined(separator: ", "))"
      add("unknown-key", error.message, at: error.position, advice: advice)
    }
  }

  /// A text that must be there.
  mutating func required(_ key: String, in table: TOMLTable, of what: String) -> String? {
    if table[key] == nil {
      add("missing-key", "\(what) has no `\(key)`", at: table.position)
      return nil
    }
    return reading { () throws(TOMLError) in try table.string(key) }
  }
}
