import Script
import TOML

/// The file beside a migration that says what should hold once it is in: `001_name.expect.toml` for `001_name.sql`.
///
/// It holds `[[expect]]` tables and `access` as the project file does, without the key `migration`.
enum ExpectationFile {
  /// Where it may be: behind the whole name, or before what tells directions apart (`001_name.up.sql`).
  static func paths(beside file: String) -> [String] {
    guard let stem = Path.withoutEnding(file, ".sql") else { return [] }
    return ([stem, Path.withoutEnding(stem, ".up")].compactMap { $0 }).map { $0 + ".expect.toml" }
  }

  /// Reads its bytes: what it declares, and everything that is wrong with it.
  static func read(
    _ bytes: [UInt8], file: String, of migration: MigrationID
  ) -> (expectations: [Expectation], problems: [ProjectProblem]) {
    let text = SourceText(bytes)
    var problems = ProjectFileProblems(file: file, text: text)
    if let malformed = text.firstMalformedByte {
      let place = text.position(at: malformed)
      problems.add(
        "invalid-toml", "the file is not UTF-8", at: TOMLPosition(line: place.line, column: place.column))
      return ([], problems.problems)
    }
    do {
      let root = try TOMLDocument(parsing: String(decoding: bytes, as: UTF8.self)).root
      problems.refuseUnknownKeys(in: root, of: "a file of expectations", known: ["expect", "access"])
      let tables = problems.reading { () throws(TOMLError) in try root.tables("expect") } ?? []
      let claims =
        tables.flatMap { ExpectationReader.read($0, of: migration, problems: &problems).claims }
        + AccessTableReader.read(in: root, problems: &problems)
      let expectations = claims.map {
        Expectation(migration: migration, claim: $0.claim, location: problems.location($0.position))
      }
      return (expectations, problems.problems)
    } catch {
      problems.add("invalid-toml", error.message, at: error.position)
      return ([], problems.problems)
    }
  }
}
