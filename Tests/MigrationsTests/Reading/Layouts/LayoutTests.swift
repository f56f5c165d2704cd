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

  @Test("Drizzle: the journal gives the order, and what it does not name is left out")
  func drizzleJournal() throws {
    let journal = """
      {"version": "7", "entries": [
        {"idx": 0, "when": 1700000000000, "tag": "0000_a"}, {"idx": 1, "when": 1700000000001, "tag": "9_c"},
        {"idx": 2, "when": 1700000000002, "tag": "0002_b"}]}
      """
    let project = try readProject([
      "0000_a.sql": "", "9_c.sql": "", "0002_b.sql": "", "0003_d.sql": "", "meta/_journal.json": journal,
    ])
    #expect(project.migrations.map(\.id) == ["0000_a", "9_c", "0002_b"])
    #expect(project.migrations.map(\.recordedVersion) == ["1700000000000", "1700000000001", "1700000000002"])
    #expect(project.warnings.map(\.location?.file) == ["0003_d.sql"])
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

  @Test("Flyway: folders below the place are looked into, not those of other database systems")
  func flywayFolders() throws {
    let project = try readProject([
      "src/main/resources/db/migration/V1__a.sql": "", "src/main/resources/db/migration/2024/V3__c.sql": "",
      "src/main/resources/db/migration/common/V2__b.sql": "",
      "src/main/resources/db/migration/h2/V2__h.sql": "",
      "src/main/resources/db/migration/afterMigrate.sql": "",
    ])
    #expect(project.layout == .flyway)
    #expect(project.migrations.map(\.id) == ["V1__a", "V2__b", "V3__c"])
    #expect(project.warnings.map(\.code) == ["callback", "found-below"])
  }

  @Test("Flyway: its configuration says where, and how files are named")
  func flywayConfiguration() throws {
    let project = try readProject([
      "flyway.conf": "# x\nflyway.locations = filesystem:./db,filesystem:more\nflyway.sqlMigrationPrefix=M\n",
      "db/M1__a.sql": "", "more/M2__b.sql": "", "db/V3__c.sql": "",
    ])
    #expect(project.migrations.map(\.id) == ["M1__a", "M2__b"])
    #expect(project.migrations.map(\.version) == ["1", "2"])
    let toml = try readProject([
      "flyway.toml": "[flyway]\nlocations = ['filesystem:db']\nsqlMigrationSuffixes = ['.ddl']",
      "db/V1__a.ddl": "",
    ])
    #expect(toml.migrations.map(\.id) == ["V1__a"])
  }

  @Test("Flyway: a placeholder outside comments has no value here")
  func flywayPlaceholder() throws {
    let files = MemoryFileSystem(["p/V1__a.sql": "-- ${no}\nSELECT '${yes}'"])
    let project = try ProjectReader(fileSystem: files.fileSystem).read("p")
    #expect(project.migrations[0].script.problems.map(\.position) == [SourcePosition(line: 2, column: 9)])
  }

  @Test(
    "Flyway: placeholders get the values of its configuration, whatever their case; others are still refused")
  func flywayPlaceholderValues() throws {
    let configurations = [
      ("flyway.conf", "flyway.placeholders.owner=ann\nflyway.placeholders.Schema_Name = app\n"),
      ("flyway.toml", "[flyway.placeholders]\nowner = 'ann'\nSchema_Name = 'app'"),
      ("flyway.toml", "[flyway]\nplaceholders = { owner = 'ann', Schema_Name = 'app' }"),
    ]
    for (name, text) in configurations {
      let files = MemoryFileSystem([
        "p/\(name)": text,
        "p/V1__a.sql": "CREATE TABLE ${schema_name}.t (a int);\nSELECT '${OWNER}';\nSELECT '${other}'",
      ])
      let migration = try ProjectReader(fileSystem: files.fileSystem).read("p").migrations[0]
      #expect(migration.script.statements.map(\.text).first == "CREATE TABLE app.t (a int)")
      #expect(migration.script.statements[1].text == "SELECT 'ann'")
      #expect(migration.script.problems.map(\.position) == [SourcePosition(line: 3, column: 9)])
    }
  }

  @Test("Flyway: where placeholders are not replaced, their marks are plain text")
  func flywayWithoutPlaceholders() throws {
    let files = MemoryFileSystem([
      "p/flyway.conf": "flyway.placeholderReplacement=false", "p/V1__a.sql": "SELECT '${yes}'",
    ])
    let project = try ProjectReader(fileSystem: files.fileSystem).read("p")
    #expect(project.migrations[0].script.problems.isEmpty)
    let marked = MemoryFileSystem([
      "p/flyway.conf":
        "flyway.placeholderPrefix=@@\nflyway.placeholderSuffix=@@\nflyway.placeholders.a=1",
      "p/V1__a.sql": "SELECT @@a@@, '${a}'",
    ])
    let other = try ProjectReader(fileSystem: marked.fileSystem).read("p")
    #expect(other.migrations[0].script.statements.map(\.text) == ["SELECT 1, '${a}'"])
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

  @Test("Sqitch: a reworked change keeps its earlier scripts under the tag behind it")
  func sqitchRework() throws {
    let project = try readProject([
      "sqitch.conf": "[core]\n\tengine = pg\n\ttop_dir = db\n",
      "db/sqitch.plan": "a 2024 A <a@b>\n@v1 2024 A <a@b>\nb [a] 2024 A <a@b>\na [a@v1 b] 2024 A <a@b>\n",
      "db/deploy/a.sql": "", "db/deploy/a@v1.sql": "", "db/deploy/b.sql": "",
    ])
    #expect(project.migrations.map(\.id) == ["a@v1", "b", "a"])
    #expect(project.migrations[1].declaredRequirements.map(\.id) == ["a@v1"])
    #expect(project.migrations[2].declaredRequirements.map(\.id) == ["b"])
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
