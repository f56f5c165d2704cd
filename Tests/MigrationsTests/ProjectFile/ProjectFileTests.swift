import Schema
import Script
import Testing

@testable import Migrations

@Suite("The project file")
struct ProjectFileTests {
  private static let files = [
    "_applied/001_a.sql": "", "_applied/010_b.sql": "", "_applied/010b_c.sql": "", "070_user.sql": "",
    "071_context.sql": "", "019b_voice.sql": "",
  ]

  private func project(_ toml: String, files: [String: String] = files) throws -> Project {
    try readProject(files.merging(["signalbox.toml": toml]) { $1 })
  }

  private func problems(_ toml: String) -> [ProjectProblem] {
    do {
      _ = try project(toml)
      return []
    } catch let error as ProjectError {
      return error.problems
    } catch {
      Issue.record("\(error)")
      return []
    }
  }

  @Test("seed names a file or several, which must be there")
  func seeds() throws {
    #expect(try project("seed = \"019b_voice.sql\"").seeds == ["019b_voice.sql"])
    let files = Self.files.merging(["demo/rows.sql": ""]) { $1 }
    #expect(
      try project("seed = [\"070_user.sql\", \"demo/rows.sql\"]", files: files).seeds
        == ["070_user.sql", "demo/rows.sql"])
    let problem = try #require(problems("seed = [\n  \"rows.sql\",\n]").first)
    #expect(problem.code == "no-such-file")
    #expect(problem.location?.position == SourcePosition(line: 2, column: 3))
    #expect(problems("seed = 1").map(\.code) == ["wrong-type"])
  }

  @Test("stages and components say what works when")
  func compatibility() throws {
    let project = try project(
      """
      [[phase]]
      name = "Old"
      range = "001..010"
      key = ["010b"]

      [[stage]]
      name = "Users"
      through = "070"

      [[component]]
      name = "Web"
      needs = ["070"]
      wants = ["071"]
      support = { Old = "partial" }
      test = "it loads"
      """)
    #expect(project.phases.first?.key == ["010b_c"])
    #expect(project.stages == [CompatibilityStage(name: "Users", through: "070_user")])
    #expect(
      project.components == [
        Component(
          name: "Web", needs: ["070_user"], wants: ["071_context"], stated: ["Old": .partial],
          test: "it loads")
      ])
    let compatibility = Compatibility(project)
    let web = try #require(project.components.first)
    let users = try #require(compatibility.stages.first)
    #expect(compatibility.support(of: web, at: users) == .partial)
    #expect(compatibility.support(of: web, applied: []) == .none)
    #expect(compatibility.support(of: web, applied: Set(project.migrations.map(\.id))) == .full)
  }

  @Test("components must name migrations, stages and degrees that there are")
  func badComponents() {
    let found = problems(
      """
      [[stage]]
      name = "S"
      [[component]]
      needs = ["099"]
      [[component]]
      name = "Web"
      support = { Nowhere = "full", S = "half" }
      """)
    #expect(found.map(\.code) == ["missing-key", "missing-key", "unknown-support", "unknown-stage"])
  }

  @Test("everything that it declares is read")
  func complete() throws {
    let project = try project(
      """
      name = "helix"
      title = "Helix"
      description = "A project"
      platform = "supabase"

      [[phase]]
      name = "Foundation"
      purpose = "Core"
      range = "001..010"

      [[phase]]
      name = "Phase 1"
      migrations = ["070_user", "071"]

      [migration.071_context]
      requires = ["070"]
      priority = "high"
      purpose = "why"
      impact = "what"
      transaction = false

      [migration.019b_voice]
      skip = "a duplicate"

      [target.staging]
      url = "$STAGING_URL"
      label = "Staging"
      protected = true
      """)
    #expect(project.name == "helix")
    #expect(project.title == "Helix")
    #expect(project.summary == "A project")
    #expect(project.platform == .supabase)
    #expect(
      project.phases == [
        Phase(name: "Foundation", purpose: "Core", migrations: ["001_a", "010_b", "010b_c"]),
        Phase(name: "Phase 1", migrations: ["070_user", "071_context"]),
      ])
    let context = try #require(project.migration("071_context"))
    #expect(context.declaredRequirements.map(\.id) == ["070_user"])
    #expect(context.declaredRequirements.first?.location.description == "signalbox.toml:16:13")
    #expect(context.notes == MigrationNotes(purpose: "why", priority: "high", impact: "what"))
    #expect(context.forbidsTransaction)
    #expect(project.migration("019b_voice")?.place == .skipped)
    #expect(project.migration("019b_voice")?.notes.skipReason == "a duplicate")
    #expect(
      project.targets == [
        TargetDeclaration(name: "staging", url: "$STAGING_URL", label: "Staging", isProtected: true)
      ])
  }

  @Test("migrations without a phase come into one of their own")
  func other() throws {
    let project = try project("[[phase]]\nname = 'F'\nrange = '001..010'")
    #expect(
      project.phases.last == Phase(name: "Other", migrations: ["019b_voice", "070_user", "071_context"]))
  }

  @Test("the directory of migrations can be named")
  func directory() throws {
    let files = ["a/001_x.sql": "", "b/002_y.sql": "", "signalbox.toml": "migrations = 'b'"]
    #expect(try readProject(files).migrations.map(\.id) == ["002_y"])
  }

  @Test("a revert script can be named")
  func revert() throws {
    let files = Self.files.merging(["undo.txt": "SELECT 1"]) { $1 }
    let project = try project("[migration.070_user]\nrevert = 'undo.txt'", files: files)
    #expect(project.migration("070_user")?.revertFile == "undo.txt")
    #expect(project.migration("070_user")?.revertScript?.statements.count == 1)
  }

  struct Mistake: Sendable {
    var toml: String
    var code: String
    var location: String
    var advice: String?
  }

  private static let mistakes = [
    Mistake(toml: "name = ", code: "invalid-toml", location: "1:8"),
    Mistake(toml: "nmae = 'x'", code: "unknown-key", location: "1:1", advice: "did you mean `name`?"),
    Mistake(
      toml: "[migration.070_user]\nrequire = []", code: "unknown-key", location: "2:1",
      advice: "did you mean `requires`?"),
    Mistake(toml: "name = 3", code: "wrong-type", location: "1:8"),
    Mistake(toml: "[migrations.070_user]", code: "wrong-type", location: "1:2"),
    Mistake(toml: "[migration]\n070_user = 1", code: "wrong-type", location: "2:12"),
    Mistake(toml: "[phase]\nname = 'x'", code: "wrong-type", location: "1:2"),
    Mistake(toml: "platform = 'heroku'", code: "unknown-platform", location: "1:12"),
    Mistake(toml: "migrations = 'nowhere'", code: "no-such-directory", location: "1:14"),
    Mistake(toml: "[[phase]]\nname = 'F'\nrange = '100..200'", code: "empty-phase", location: "3:9"),
    Mistake(toml: "[[phase]]\nname = 'F'\nrange = '010..001'", code: "invalid-range", location: "3:9"),
    Mistake(toml: "[[phase]]\nname = 'F'\nrange = '001-010'", code: "invalid-range", location: "3:9"),
    Mistake(toml: "[[phase]]\nname = 'F'", code: "missing-key", location: "1:3"),
    Mistake(toml: "[[phase]]\nrange = '001..010'", code: "missing-key", location: "1:3"),
    Mistake(
      toml: "[[phase]]\nname = 'F'\nrange = '001..010'\n[[phase]]\nname = 'G'\nmigrations = ['001']",
      code: "two-phases", location: "4:3"),
    Mistake(
      toml: "[migration.070_usr]\nskip = 'x'", code: "unknown-migration", location: "1:12",
      advice: "did you mean `070_user`?"),
    Mistake(
      toml: "[migration.071_context]\nrequires = ['070_usr']", code: "unknown-requirement", location: "2:13",
      advice: "did you mean `070_user`?"),
    Mistake(
      toml: "[migration.070_user]\nrequires = ['071']\n[migration.071]\nrequires = ['070']",
      code: "requirement-cycle", location: "2:13", advice: "remove one of the requirements"),
    Mistake(toml: "[migration.070]\nrequires = ['070']", code: "requirement-cycle", location: "2:13"),
    Mistake(toml: "[target.x]\nlabel = 'y'", code: "missing-key", location: "1:9"),
    Mistake(
      toml: "[[expect]]\ntabel = 'x'", code: "unknown-key", location: "2:1", advice: "did you mean `table`?"),
    Mistake(toml: "[[expect]]\nrls = true", code: "missing-key", location: "2:1"),
    Mistake(toml: "[[expect]]\nmigration = '070'", code: "empty-expectation", location: "1:3"),
    Mistake(toml: "[[expect]]\nabsent = true", code: "empty-expectation", location: "1:3"),
    Mistake(toml: "[[expect]]\ntable = []", code: "empty-expectation", location: "1:3"),
    Mistake(
      toml: "[[expect]]\ncount = { kind = 'table', expected = -1 }", code: "invalid-count", location: "2:38"),
    Mistake(toml: "[[expect]]\nmigration = '07'\ntable = 'x'", code: "unknown-migration", location: "2:13"),
    Mistake(toml: "[[expect]]\ntrigger = 'x'", code: "invalid-object", location: "2:11"),
    Mistake(
      toml: "[[expect]]\ncount = { kind = 'polcy', expected = 1 }", code: "unknown-kind", location: "2:18",
      advice: "did you mean `policy`?"),
    Mistake(toml: "[[expect]]\nquery = 'SELECT 1'", code: "missing-key", location: "1:3"),
    Mistake(toml: "[[expect]]\ntable = 't'\ncolumns = { a = 1 }", code: "wrong-type", location: "3:17"),
    Mistake(
      toml: "[[expect]]\ntable = 't'\nabsent = true\nrls = true", code: "contradiction", location: "4:1"),
    Mistake(toml: "[[expect]]\nabsent = 'whatever'", code: "invalid-object", location: "2:10"),
  ]

  @Test("a mistake is reported with its place, its line and advice", arguments: mistakes)
  func mistake(example: Mistake) {
    let problem = problems(example.toml).first
    #expect(problem?.code == example.code)
    #expect(problem?.location?.description == "signalbox.toml:\(example.location)")
    #expect(problem?.line != nil)
    if let advice = example.advice { #expect(problem?.advice == advice) }
  }

  @Test("all mistakes are reported at once")
  func allMistakes() {
    #expect(problems("nam = 1\nplatform = 'x'\n[migration.999]\nskip = 'x'").count == 3)
  }

  @Test("a file that is not UTF-8 is no TOML")
  func encoding() {
    var files = MemoryFileSystem(["p/001_a.sql": ""])
    files.add("p/signalbox.toml", .file(Array("name = '".utf8) + [0xE9]))
    do {
      _ = try readProject(files)
      Issue.record("it was read")
    } catch {
      #expect(error.problems.map(\.code) == ["invalid-toml"])
      #expect(error.problems.first?.location?.description == "signalbox.toml:1:9")
    }
  }
}
