import Schema
import Script

@testable import Migrations

/// A statement with the given effects; only they matter here.
func statement(
  _ effects: [Effect] = [], line: Int = 1, text: String = "", tag: String = "TEST",
  rule: TransactionRule = .any, index: Int = 0
) -> Statement {
  Statement(
    index: index, text: text, byteRange: 0..<text.utf8.count, position: SourcePosition(line: line, column: 1),
    tag: tag, effects: effects, transactionRule: rule)
}

/// A migration that has the given effects, one statement each.
func migration(
  _ id: MigrationID, _ effects: [Effect] = [], requires: [MigrationID] = [], place: Migration.Place = .active
) -> Migration {
  let name = MigrationName(id.rawValue)
  return Migration(
    id: id, version: name.version.text, name: name.title, file: "\(id).sql", place: place,
    script: ParsedScript(
      statements: effects.enumerated().map { statement([$1], line: $0 + 1, index: $0) }),
    declaredRequirements: requires.map {
      DeclaredRequirement(id: $0, location: FileLocation(file: "signalbox.toml"))
    })
}

/// A reader of an in-memory project at `p` that takes every file for one statement without effects.
func readProject(_ files: [String: String]) throws(ProjectError) -> Project {
  let inProject = Dictionary(uniqueKeysWithValues: files.map { ("p/" + $0.key, $0.value) })
  return try readProject(MemoryFileSystem(inProject))
}

func readProject(_ files: MemoryFileSystem) throws(ProjectError) -> Project {
  try ProjectReader(fileSystem: files.fileSystem, parse: parseForTests).read("p")
}

/// One statement or comment for every line that is not blank; `BAD` is a syntax error.
@Sendable
func parseForTests(_ bytes: [UInt8], in context: inout ScriptContext) -> ParsedScript {
  var script = ParsedScript()
  let text = String(decoding: bytes, as: UTF8.self)
  for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
    let words = line.split(separator: " ").joined(separator: " ")
    let position = SourcePosition(line: index + 1, column: 1)
    if words.hasPrefix("--") {
      script.comments.append(
        ScriptComment(
          text: line.hasSuffix("\r") ? String(line.dropLast()) : String(line), byteRange: 0..<0,
          position: position,
          statement: script.statements.count, isInsideStatement: false))
    }
    guard !words.isEmpty, !words.hasPrefix("--") else { continue }
    if words.hasPrefix("BAD") {
      script.problems.append(
        ScriptProblem(
          kind: .syntaxError, message: "syntax error at or near \"BAD\"", position: position,
          line: String(line)))
    } else if words.hasPrefix("\\") {
      script.problems.append(
        ScriptProblem(
          kind: .psqlCommand, message: "psql command \(words)", position: position, line: String(line)))
    } else {
      script.statements.append(
        Statement(
          index: script.statements.count, text: words, byteRange: 0..<0, position: position, tag: "TEST"))
    }
  }
  return script
}
