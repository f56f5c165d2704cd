import Script
import Testing

@testable import Migrations

@Suite("The way back")
struct RevertPlannerTests {
  private static let files = [
    "001_a.sql": "CREATE TABLE public.a (id integer PRIMARY KEY);", "001_a.down.sql": "DROP TABLE public.a;",
    "002_b.sql": "CREATE TABLE public.b (a integer REFERENCES public.a(id));",
    "002_b.down.sql": "BEGIN; DROP TABLE public.b; COMMIT;",
    "003_c.sql": "CREATE TABLE public.c (id integer);",
  ]

  private func plan(
    _ selection: MigrationID..., applied: Set<MigrationID> = ["001_a", "002_b", "003_c"],
    isRehearsal: Bool = false, files: [String: String] = files
  ) throws -> RevertPlan {
    // The real parser: what needs what follows from the SQL.
    let inProject = Dictionary(uniqueKeysWithValues: files.map { ("p/" + $0.key, $0.value) })
    let project = try ProjectReader(fileSystem: MemoryFileSystem(inProject).fileSystem).read("p")
    return RevertPlanner.plan(
      selection, of: project, graph: RequirementGraph(project),
      statuses: project.migrations.map {
        MigrationStatus(id: $0.id, state: applied.contains($0.id) ? .applied : .pending)
      }, isRehearsal: isRehearsal)
  }

  @Test("takes dependents back first, without the script's own transaction")
  func order() throws {
    let plan = try plan("001_a", "002_b")
    #expect(plan.problems.isEmpty)
    #expect(plan.steps.map(\.migration.id) == ["002_b", "001_a"])
    #expect(plan.steps.map(\.file) == ["002_b.down.sql", "001_a.down.sql"])
    #expect(plan.steps.first?.statements.map(\.text) == ["DROP TABLE public.b"])
  }

  @Test("refuses what something applied needs, straight or through others")
  func needed() throws {
    let plan = try plan("001_a")
    #expect(plan.problems.map(\.code) == ["still-needed"])
    #expect(plan.problems.first?.message.contains("`002_b`, which is applied, needs `001_a`") ?? false)
    #expect(try self.plan("001_a", applied: ["001_a"]).problems.isEmpty)
  }

  @Test("refuses what has no script")
  func noScript() throws {
    #expect(try plan("003_c").problems.map(\.code) == ["no-revert-script"])
  }

  @Test("what is not applied has nothing to take back")
  func pending() throws {
    let plan = try plan("001_a", "002_b", applied: ["001_a"])
    #expect(plan.problems.isEmpty)
    #expect(plan.steps.map(\.migration.id) == ["001_a"])
  }

  @Test("a rehearsal applies first what is pending, and what that needs")
  func rehearsal() throws {
    let plan = try plan("002_b", applied: [], isRehearsal: true)
    #expect(plan.problems.isEmpty)
    #expect(plan.applications.map(\.migration.id) == ["001_a", "002_b"])
    #expect(plan.steps.map(\.migration.id) == ["002_b"])
  }

  @Test("a script that no transaction can hold runs statement by statement")
  func statementByStatement() throws {
    let plan = try plan(
      "001_a", applied: ["001_a"],
      files: [
        "001_a.sql": "CREATE INDEX CONCURRENTLY i ON public.t (a);",
        "001_a.down.sql": "DROP INDEX CONCURRENTLY i;",
      ])
    if case .statementByStatement? = plan.steps.first?.mode {} else { Issue.record("\(plan.steps)") }
  }
}
