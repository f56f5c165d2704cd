import Testing

@testable import Migrations

@Suite("Selectors")
struct SelectorParserTests {
  private static let project = Project(
    name: "p", root: "p",
    migrations: [
      migration("001_initial"), migration("010_a"), migration("010_b"),
      migration("019b_voice", place: .skipped),
      migration("070_user_equals_instance"), migration("071_context"), migration("20260205_enable_rls"),
      migration("test_email", place: .skipped),
    ],
    phases: [
      Phase(name: "Foundation", migrations: ["001_initial", "010_a", "010_b"]),
      Phase(name: "Phase 1", migrations: ["070_user_equals_instance", "071_context"]),
      Phase(name: "Phase 1B", migrations: ["20260205_enable_rls"]),
    ])

  private func select(_ selectors: String..., statuses: [MigrationStatus]? = nil) throws -> [MigrationID] {
    try SelectorParser(Self.project, statuses: statuses).select(selectors)
  }

  private func problem(_ selector: String) -> ProjectProblem? {
    do {
      _ = try SelectorParser(Self.project).select([selector])
      return nil
    } catch {
      return error.problems.first
    }
  }

  @Test(
    "each form selects what it names",
    arguments: [
      ("070_user_equals_instance", ["070_user_equals_instance"]),
      ("70", ["070_user_equals_instance"]),
      ("019b", ["019b_voice"]),
      ("2026", ["20260205_enable_rls"]),
      ("test_", ["test_email"]),
      ("phase:foundation", ["001_initial", "010_a", "010_b"]),
      ("phase:Phase 1", ["070_user_equals_instance", "071_context"]),
      ("phase:found", ["001_initial", "010_a", "010_b"]),
      ("010..071", ["010_a", "010_b", "070_user_equals_instance", "071_context"]),
      ("010_b..070", ["010_b", "070_user_equals_instance"]),
      ("..010", ["001_initial", "010_a", "010_b"]),
      ("071..", ["071_context", "20260205_enable_rls"]),
      ("002..069", ["010_a", "010_b"]),
    ] as [(String, [MigrationID])])
  func forms(selector: String, expected: [MigrationID]) throws {
    #expect(try select(selector) == expected)
  }

  @Test("all are those that can run")
  func all() throws {
    #expect(try select("all").count == 6)
  }

  @Test("pending are those that the target lacks")
  func pending() throws {
    let statuses = [
      MigrationStatus(id: "001_initial", state: .applied),
      MigrationStatus(id: "071_context", state: .pending),
    ]
    #expect(try select("pending", statuses: statuses) == ["071_context"])
    #expect(try select("pending").count == 6)
  }

  @Test("several selectors select each migration once, in order")
  func several() throws {
    #expect(try select("071", "phase:Foundation", "070..071").count == 5)
    #expect(try select("071", "001") == ["001_initial", "071_context"])
  }

  @Test("what names nothing is reported with its neighbour")
  func unknown() {
    #expect(problem("070_usr_equals_instance")?.advice == "did you mean `070_user_equals_instance`?")
    #expect(problem("phase:Fondation")?.advice == "did you mean `phase:Foundation`?")
    #expect(problem("zzz..071")?.code == "unknown-migration")
    #expect(problem("")?.code == "unknown-migration")
  }

  @Test("what names several is reported with the choice")
  func ambiguous() {
    #expect(problem("010")?.advice == "write one of `010_a`, `010_b`")
    #expect(problem("phase:Ph")?.code == "ambiguous-selector")
    #expect(problem("0")?.message == "`0` names 6 things")
  }

  @Test("a range the wrong way round selects nothing", arguments: ["071..070", "30..40"])
  func emptyRange(selector: String) {
    #expect(problem(selector)?.code == "empty-range")
  }

  @Test("all problems are reported at once")
  func allProblems() {
    #expect(throws: ProjectError.self) { try select("nope", "010") }
    do {
      _ = try SelectorParser(Self.project).select(["nope", "010"])
    } catch {
      #expect(error.problems.map(\.code) == ["unknown-migration", "ambiguous-selector"])
    }
  }
}
