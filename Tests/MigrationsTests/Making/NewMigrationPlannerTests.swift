import Testing

@testable import Migrations

@Suite("A new migration")
struct NewMigrationPlannerTests {
  /// 2026-02-06 12:04:31 UTC.
  private static let time = 1_770_379_471.0

  private func plan(
    _ name: String = "Add user e-mails", requires: [MigrationID] = [], phase: String? = nil,
    in files: [String: String]
  ) throws -> NewMigration {
    let project = try readProject(files)
    return try NewMigrationPlanner(project).plan(
      NewMigrationPlanner.Request(
        name: name, requires: requires, phase: project.phases.first { $0.name == phase }, time: Self.time,
        author: "Ada <ada@desk>"))
  }

  @Test(
    "is numbered as the last one is",
    arguments: [
      (["001_a.sql", "009_b.sql"], "010_add_user_e_mails.sql"),
      (["1_a.sql", "9_b.sql"], "10_add_user_e_mails.sql"),
      (["999_a.sql"], "1000_add_user_e_mails.sql"),
      (["001_a.sql", "002b_c.sql"], "003_add_user_e_mails.sql"),
      (["070_a.sql", "20260205_b.sql"], "20260206_add_user_e_mails.sql"),
      (["20260206_b.sql"], "20260206b_add_user_e_mails.sql"),
      (["2025-11-05_b.sql"], "2026-02-06_add_user_e_mails.sql"),
      (["20250120000000_b.sql"], "20260206120431_add_user_e_mails.sql"),
      (["20260206120431_b.sql"], "20260206120432_add_user_e_mails.sql"),
      (["20250120_101500_b.sql"], "20260206_120431_add_user_e_mails.sql"),
      (["1700000000_b.sql"], "1770379471_add_user_e_mails.sql"),
      (["20250120000000_b.sql", "99999999999999_master.sql"], "20260206120431_add_user_e_mails.sql"),
    ])
  func numbering(_ files: [String], _ expected: String) throws {
    let made = try plan(in: Dictionary(uniqueKeysWithValues: files.map { ($0, "SELECT 1;") }))
    #expect(made.files.map(\.path) == [expected])
  }

  @Test(
    "stands where the layout's files stand, with its other direction",
    arguments: [
      (
        ["supabase/migrations/20250120000000_a.sql": ""],
        ["supabase/migrations/20260206120431_add_user_e_mails.sql"]
      ),
      (
        ["prisma/migrations/20250120000000_a/migration.sql": ""],
        ["prisma/migrations/20260206120431_add_user_e_mails/migration.sql"]
      ),
      (
        ["migrations/2024-01-01-120000_a/up.sql": "", "migrations/2024-01-01-120000_a/down.sql": ""],
        [
          "migrations/2026-02-06-120431_add_user_e_mails/up.sql",
          "migrations/2026-02-06-120431_add_user_e_mails/down.sql",
        ]
      ),
      (
        ["db/migrations/20250120000000_a.sql": "-- migrate:up\n"],
        ["db/migrations/20260206120431_add_user_e_mails.sql"]
      ),
      (["00001_a.sql": "-- +goose Up\n"], ["00002_add_user_e_mails.sql"]),
      (
        ["000001_a.up.sql": "", "000001_a.down.sql": ""],
        ["000002_add_user_e_mails.up.sql", "000002_add_user_e_mails.down.sql"]
      ),
      (["V1__a.sql": "", "V1.4__b.sql": ""], ["V1.5__add_user_e_mails.sql"]),
      (["V7__a.sql": "", "U7__a.sql": ""], ["V8__add_user_e_mails.sql", "U8__add_user_e_mails.sql"]),
      (
        ["001_a.sql": "", "001_a.down.sql": ""],
        ["002_add_user_e_mails.sql", "002_add_user_e_mails.down.sql"]
      ),
      (["_applied/001_a.sql": "", "_skipped/002_b.sql": ""], ["003_add_user_e_mails.sql"]),
    ])
  func places(_ files: [String: String], _ expected: [String]) throws {
    #expect(try plan(in: files).files.map(\.path) == expected)
  }

  @Test("bears the marks of its tool, and the requirements where they are read again")
  func marks() throws {
    let made = try plan(
      requires: ["20250120000000_a"], in: ["20250120000000_a.sql": "-- migrate:up\nSELECT 1;"])
    #expect(
      made.files.first?.text
        == "-- Add user e-mails\n-- requires: 20250120000000_a\n\n-- migrate:up\n\n-- migrate:down\n")
    let goose = try plan(in: ["00001_a.sql": "-- +goose Up\nSELECT 1;"])
    #expect(goose.files.first?.text.contains("-- +goose Up\n\n-- +goose Down\n") ?? false)
  }

  @Test("what is made is read again as the last of its project")
  func readAgain() throws {
    for files in [
      ["001_a.sql": "SELECT 1;"], ["V1__a.sql": "SELECT 1;"], ["00001_a.sql": "-- +goose Up\nSELECT 1;"],
      ["000001_a.up.sql": "SELECT 1;", "000001_a.down.sql": ""],
    ] {
      let before = try readProject(files)
      let made = try plan(requires: [try #require(before.migrations.first).id], in: files)
      let after = try readProject(
        files.merging(made.files.map { ($0.path, $0.text) }, uniquingKeysWith: { $1 }))
      #expect(after.migrations.last?.id == made.id)
      #expect(after.migrations.last?.declaredRequirements.map(\.id) == before.migrations.map(\.id))
    }
  }

  @Test("follows the last migration of a phase")
  func phase() throws {
    let files = [
      "001_a.sql": "", "002_b.sql": "", "070_c.sql": "",
      "signalbox.toml": "[[phase]]\nname = \"Old\"\nrange = \"001..069\"\n",
    ]
    #expect(try plan(phase: "Old", in: files).files.map(\.path) == ["003_add_user_e_mails.sql"])
    #expect(try plan(in: files).files.map(\.path) == ["071_add_user_e_mails.sql"])
  }

  @Test("of Sqitch is a line of the plan and three scripts")
  func sqitch() throws {
    let made = try plan(
      requires: ["first"],
      in: ["sqitch.plan": "%project=p\n\nfirst 2024-01-01T00:00:00Z A <a@b> # x\n", "deploy/first.sql": ""])
    #expect(
      made.files.map(\.path) == [
        "deploy/add_user_e_mails.sql", "revert/add_user_e_mails.sql", "verify/add_user_e_mails.sql",
      ])
    #expect(
      made.additions.map(\.text) == [
        "add_user_e_mails [first] 2026-02-06T12:04:31Z Ada <ada@desk> # Add user e-mails\n"
      ])
  }

  @Test("needs a name, and a layout that has room for it")
  func refusals() throws {
    #expect(throws: ProjectProblem.self) { try plan("!?", in: ["001_a.sql": ""]) }
    #expect(throws: ProjectProblem.self) { try plan(in: ["PATCH.sql": "SELECT 1;"]) }
    #expect(throws: ProjectProblem.self) {
      try plan(in: ["drizzle/0000_a.sql": "", "drizzle/meta/_journal.json": "{}"])
    }
  }
}
