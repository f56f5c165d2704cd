import Testing

@testable import Migrations

@Suite("Baselines")
struct BaselineTests {
  private let files = [
    "migrations/001_a.sql": "", "migrations/002_b.sql": "", "migrations/003_c.sql": "",
    "migrations/999_all.sql": "", "migrations_archive/000_old.sql": "",
  ]

  private func project(_ covers: String) throws(ProjectError) -> Project {
    try readProject(
      files.merging(
        ["signalbox.toml": "migrations = 'migrations'\n[migration.999_all]\ncovers = \(covers)"]
      ) { $1 })
  }

  @Test("a baseline stands before the first migration that it does not cover")
  func order() throws {
    let some = try project("['archived', '..002']")
    #expect(some.migrations.map(\.id) == ["000_old", "001_a", "002_b", "999_all", "003_c"])
    #expect(some.baselines.map(\.covers) == [["000_old", "001_a", "002_b"]])
    #expect(
      try project("['archived']").migrations.map(\.id) == ["000_old", "999_all", "001_a", "002_b", "003_c"])
  }

  @Test("what is not there cannot be covered")
  func unknown() {
    do {
      _ = try project("['002_x', '050..060']")
      Issue.record("it was read")
    } catch {
      #expect(
        error.problems.map(\.message) == [
          "there is no migration to cover named `002_x`",
          "no migration has a version in the range `050..060`",
        ])
    }
  }

  @Test("Flyway's baselines cover all versions up to their own")
  func flyway() throws {
    let project = try readProject([
      "V1__a.sql": "", "V2__b.sql": "", "B2__base.sql": "", "V3__c.sql": "", "R__v.sql": "",
    ])
    #expect(project.migrations.map(\.id) == ["V1__a", "V2__b", "B2__base", "V3__c", "R__v"])
    #expect(project.baselines.map(\.covers) == [["V1__a", "V2__b"]])
  }

  private func states(
    _ project: Project, _ origin: DatabaseOrigin, _ history: History = History()
  ) -> [String] {
    StateJudge.statuses(of: project, history: history, evidence: [:], origin: origin)
      .map { "\($0.id) \($0.state.rawValue)" }
  }

  @Test("what has no place in a database of its origin is superseded")
  func superseded() throws {
    let project = try project("['archived', '..002']")
    #expect(
      states(project, .baseline("999_all")) == [
        "000_old archived", "001_a superseded", "002_b superseded", "999_all pending", "003_c pending",
      ])
    #expect(
      states(project, .files) == [
        "000_old archived", "001_a pending", "002_b pending", "999_all superseded", "003_c pending",
      ])
  }

  @Test("histories tell the origin")
  func origin() throws {
    let project = try project("['001', '002']")
    func entry(_ id: MigrationID) -> History {
      History(entries: [id: HistoryEntry(id: id, checksum: "", state: .applied)])
    }
    #expect(project.origin(in: History()) == nil)
    #expect(project.origin(in: entry("999_all")) == .baseline("999_all"))
    #expect(project.origin(in: entry("002_b")) == .files)
  }

  @Test("a baseline that a database cannot get is refused by name, and passed over among many")
  func refusal() throws {
    let project = try project("['001', '002']")
    let graph = RequirementGraph(project)
    let built = StateJudge.statuses(of: project, history: History(), evidence: [:], origin: .files)
    let named = Planner.plan(["999_all"], of: project, graph: graph, statuses: built)
    #expect(named.problems.map(\.code) == ["baseline-on-existing"])
    let all = Planner.plan(project.runnableMigrations.map(\.id), of: project, graph: graph, statuses: built)
    #expect(all.problems.isEmpty)
    #expect(all.steps.map(\.migration.id) == ["001_a", "002_b", "003_c"])
    let empty = StateJudge.statuses(
      of: project, history: History(), evidence: [:], origin: .baseline("999_all"))
    let fresh = Planner.plan(project.runnableMigrations.map(\.id), of: project, graph: graph, statuses: empty)
    #expect(fresh.steps.map(\.migration.id) == ["999_all", "003_c"])
    #expect(
      Planner.plan(["001_a"], of: project, graph: graph, statuses: empty).problems.map(\.code)
        == ["covered-by-baseline"])
  }
}
