import Migrations
import Schema
import Script
import Testing
import Verification

@Suite("Requirements of what is still to run")
struct PendingRequirementTests {
  private func codes(_ states: [MigrationState], has objects: [SchemaObject] = []) -> [String] {
    let files = [
      ("001", "CREATE TABLE a (id integer)"), ("002", "ALTER TABLE b ADD COLUMN x integer"),
      ("003", "CREATE TABLE b (id integer)"),
    ]
    var context = ScriptContext()
    let migrations = files.map { name, text in
      Migration(
        id: MigrationID(name), version: name, name: name, file: "\(name).sql",
        script: ScriptParser.parse(Array(text.utf8), in: &context))
    }
    let project = Project(name: "p", root: "/", migrations: migrations)
    let statuses = zip(migrations, states).map { MigrationStatus(id: $0.id, state: $1) }
    return RequirementJudge.findings(
      of: project, graph: RequirementGraph(project), statuses: statuses, snapshot: Snapshot(objects: objects)
    ).map { "\($0.code) \($0.migration?.rawValue ?? "-")" }
  }

  @Test("a pending migration that uses what only a later one makes is a failure before it runs")
  func pending() {
    #expect(codes([.applied, .pending, .pending]) == ["requirement.later 002"])
  }

  @Test("of a migration that is in the database has proved that it found what it uses")
  func applied() {
    #expect(codes([.applied, .applied, .pending]).isEmpty)
  }

  @Test("what is there already is provided, whoever made it")
  func present() {
    #expect(codes([.applied, .pending, .pending], has: [table("b")]).isEmpty)
  }
}
