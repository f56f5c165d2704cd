import Migrations
import Schema
import Script
import Testing
import Verification

/// Files, and where in them the linter finds what.
struct LintCase: CustomTestStringConvertible, Sendable {
  /// What the case shows.
  var name: String
  /// The files, in order; `/*! lint.code */` stands before each statement of which the linter must say that.
  var files: [String]
  /// What the host gives.
  var platform = Platform.none
  /// What the project asks for.
  var options = LintOptions()
  /// The database, with its tables.
  var target: LintTarget?
  /// The lints that the case is about, or all if empty.
  ///
  /// What others say makes no difference.
  var about: Set<String> = []

  var testDescription: String { name }

  init(
    _ name: String, _ files: String..., platform: Platform = .none, options: LintOptions = LintOptions(),
    target: LintTarget? = nil, about: Set<String> = []
  ) {
    self.name = name
    self.files = files
    self.platform = platform
    self.options = options
    self.target = target
    self.about = about
  }

  /// The project of the files, which are called by their numbers.
  var project: Project { lintProject(files, platform: platform) }

  /// What the linter says.
  var findings: [Finding] { Linter(options: options, target: target).findings(in: project) }

  /// What the marks in the files say, as `001:3 lint.code`.
  var expected: [String] {
    project.migrations.flatMap { migration in
      migration.script.comments.flatMap { comment -> [String] in
        guard comment.text.hasPrefix("/*!") else { return [] }
        let statement = migration.script.statements[comment.statement]
        return comment.content.split { $0 == " " || $0 == "!" }
          .filter { about.isEmpty || about.contains(String($0)) }
          .map { "\(migration.id):\(statement.position.line) \($0)" }
      }
    }.sorted()
  }

  /// What the linter says, in the same form.
  var found: [String] {
    findings.filter { about.isEmpty || about.contains($0.code) }.map { finding in
      let line = finding.location?.position.map { "\($0.line)" } ?? "?"
      return "\(finding.migration?.rawValue ?? "database"):\(line) \(finding.code)"
    }.sorted()
  }
}

/// A project of files that are called `001`, `002` and so on.
func lintProject(_ files: [String], platform: Platform) -> Project {
  var context = ScriptContext()
  return Project(
    name: "test", root: "/test", platform: platform,
    migrations: files.enumerated().map { number, text in
      let version = "00\(number + 1)"
      return Migration(
        id: MigrationID(version), version: version, name: "", file: "\(version).sql",
        script: ScriptParser.parse(Array(text.utf8), in: &context))
    })
}

/// A database of one table with so many rows.
func database(_ table: String, rows: Double?, bytes: Int = 0, applied: Set<MigrationID> = []) -> LintTarget {
  LintTarget(
    snapshot: Snapshot(
      serverVersion: 170_000,
      objects: [
        SchemaObject(
          identity: .table("public", table),
          detail: .relation(RelationDetail(estimatedRows: rows, bytes: bytes)))
      ]),
    applied: applied)
}
