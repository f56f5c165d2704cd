import Script
import Testing

@testable import Migrations

@Suite("The layouts of other tools")
struct LayoutTests {
  private func summary(_ project: Project) -> [String] {
    project.migrations.map { "\($0.id) \($0.file) \($0.revertFile ?? "-")" }
  }

  @Test("Prisma: one folder for each migration")
  func prisma() throws {
    let project = try readProject([
      "prisma/migrations/20240102_b/migration.sql": "",
      "prisma/migrations/20240101_a/migration.sql": "SELECT 1",
      "prisma/migrations/migration_lock.toml": "", "prisma/schema.prisma": "",
    ])
    #expect(project.layout == .prisma)
    #expect(
      summary(project) == [
        "20240101_a prisma/migrations/20240101_a/migration.sql -",
        "20240102_b prisma/migrations/20240102_b/migration.sql -",
      ])
    #expect(project.migrations[0].version == "20240101")
  }

  @Test(
    "Prisma, diesel and dbmate order by text, whatever the length of a version; goose by number",
    arguments: [
      ("20250326162113_a/migration.sql", "20260108_b/migration.sql", ""),
      ("20250326162113_a/up.sql", "20260108_b/up.sql", ""),
      ("20250326162113_a.sql", "20260108_b.sql", "-- migrate:up"),
      ("20260108_b.sql", "20250326162113_a.sql", "-- +goose Up"),
    ])
  func ordersOfTools(first: String, second: String, text: String) throws {
    let project = try readProject([first: text, second: text])
    #expect(project.migrations.map(\.file) == [first, second])
  }

  @Test("diesel: up and down in a folder, with its word on transactions")
  func diesel() throws {
    let project = try readProject([
      "migrations/2024-01-01-000000_a/up.sql": "", "migrations/2024-01-01-000000_a/down.sql": "SELECT 1",
      "migrations/2024-01-02-000000_b/up.sql": "",
      "migrations/2024-01-02-000000_b/metadata.toml": "run_in_transaction = false",
      "migrations/2024-01-03-000000_c/up.sql": "",
      "migrations/2024-01-03-000000_c/metadata.toml": "run_in_transaction = no",
    ])
    #expect(project.layout == .diesel)
    #expect(
      project.migrations.map(\.version) == ["2024-01-01-000000", "2024-01-02-000000", "2024-01-03-000000"])
    #expect(project.migrations.map(\.revertScript?.statements.count) == [1, nil, nil])
    #expect(project.migrations.map(\.forbidsTransaction) == [false, true, false])
    #expect(
      project.warnings.map(\.location?.description) == ["migrations/2024-01-03-000000_c/metadata.toml:1:22"])
  }

  @Test("Drizzle: numbered files with a journal")
  func drizzle() throws {
    let project = try readProject([
      "drizzle/0001_b.sql": "", "drizzle/0000_a.sql": "", "drizzle/meta/_journal.json": "{}",
    ])
    #expect(project.layout == .drizzle)
    #expect(project.migrations.map(\.id) == ["0000_a", "0001_b"])
  }

  @Test("dbmate: both directions in one file")
  func dbmate() throws {
    let project = try readProject([
      "db/migrations/20240101_a.sql": """
      -- migrate:up
      CREATE TABLE t

      -- migrate:down
      DROP TABLE t
      DROP TABLE u
      """,
      "db/migrations/20240102_b.sql": "--  Migrate:Up  transaction:false\nCREATE INDEX\n",
    ])
    #expect(project.layout == .dbmate)
    let first = project.migrations[0]
    #expect(first.script.statements.map(\.text) == ["CREATE TABLE t"])
    #expect(first.revertScript?.statements.map(\.text) == ["DROP TABLE t", "DROP TABLE u"])
    #expect(first.revertScript?.statements.first?.position.line == 5)
    #expect(first.revertFile == first.file)
    #expect(!first.forbidsTransaction)
    #expect(project.migrations[1].forbidsTransaction)
    #expect(project.migrations[1].revertFile == nil)
  }

  @Test("goose: both directions in one file, in any case of letters")
  func goose() throws {
    let project = try readProject([
      "migrations/00001_a.sql": """
      -- +goose Up
      -- +goose StatementBegin
      CREATE FUNCTION f
      -- +goose StatementEnd
      -- +goose down
      DROP FUNCTION f
      """,
      "migrations/00002_b.sql": "-- +goose NO TRANSACTION\n-- +goose Up\nVACUUM",
    ])
    #expect(project.layout == .goose)
    #expect(
      project.migrations.map { $0.script.statements.map(\.text) } == [["CREATE FUNCTION f"], ["VACUUM"]])
    #expect(project.migrations[0].revertScript?.statements.map(\.text) == ["DROP FUNCTION f"])
    #expect(project.migrations[1].forbidsTransaction)
  }

  @Test("golang-migrate and sqlx: two files for each migration")
  func paired() throws {
    let project = try readProject([
      "migrations/1_a.up.sql": "", "migrations/1_a.down.sql": "", "migrations/10_c.up.sql": "",
      "migrations/2_b.up.sql": "",
    ])
    #expect(project.layout == .golangMigrate)
    #expect(
      summary(project) == [
        "1_a migrations/1_a.up.sql migrations/1_a.down.sql", "2_b migrations/2_b.up.sql -",
        "10_c migrations/10_c.up.sql -",
      ])
  }

  @Test("Flyway: versions part by part, repeatable ones last, undo scripts with their migrations")
  func flyway() throws {
    let project = try readProject([
      "sql/V1__a.sql": "", "sql/V1.10__c.sql": "", "sql/V1_2__b.sql": "", "sql/U1__a.sql": "",
      "sql/R__views.sql": "", "sql/V2__d.sql": "", "sql/notes.sql": "",
    ])
    #expect(project.layout == .flyway)
    #expect(
      project.migrations.map(\.id) == ["V1__a", "V1_2__b", "V1.10__c", "V2__d", "R__views"])
    #expect(project.migrations.map(\.version) == ["1", "1.2", "1.10", "2", ""])
    #expect(project.migrations[0].revertFile == "sql/U1__a.sql")
  }

  @Test("Sqitch: the plan gives order and requirements")
  func sqitch() throws {
    let project = try readProject([
      "sqitch.plan": """
      %syntax-version=1.0.0
      %project=flipr

      users 2024-01-01T00:00:00Z A <a@b.c> # Creates table
      apps [users other:thing !old] 2024-01-02T00:00:00Z A <a@b.c>
      @v1 2024-01-02T00:00:00Z A <a@b.c>
      """,
      "deploy/apps.sql": "", "deploy/users.sql": "", "revert/users.sql": "",
    ])
    #expect(project.layout == .sqitch)
    #expect(summary(project) == ["users deploy/users.sql revert/users.sql", "apps deploy/apps.sql -"])
    #expect(project.migrations[1].declaredRequirements.map(\.id) == ["users"])
    #expect(project.migrations[1].declaredRequirements.first?.location.description == "sqitch.plan:5:1")
  }

  @Test("Sqitch: a planned change without its script is reported")
  func sqitchMissing() {
    do {
      _ = try readProject(["sqitch.plan": "users 2024-01-01T00:00:00Z A <a@b.c>"])
      Issue.record("it was read")
    } catch {
      #expect(error.problems.map(\.code) == ["no-such-file"])
    }
  }
}

@Suite("The two directions of one file")
struct DirectionMarksTests {
  @Test("what is not of the wanted direction is blanked, and every place stays")
  func masking() {
    let text = SourceText(Array("head\r\n-- migrate:up x\r\nÄ;\r\n-- migrate:down\r\nö;\r\n".utf8))
    let up = DirectionMarks.dbmate.masked(text, up: true)
    #expect(
      String(decoding: up, as: UTF8.self) == "    \r\n-- migrate:up x\r\nÄ;\r\n               \r\n   \r\n")
    #expect(up.count == text.bytes.count)
  }

  @Test(
    "comments that only begin alike are no marks",
    arguments: ["-- migrate:upwards", "-- +goose Upgrade", "SELECT 1"])
  func others(text: String) {
    #expect(!DirectionMarks.allCases.contains { $0.appear(in: SourceText(Array(text.utf8))) })
  }
}
