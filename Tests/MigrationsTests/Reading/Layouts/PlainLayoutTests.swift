import Script
import Testing

@testable import Migrations

@Suite("Layouts of no tool, or of many")
struct PlainLayoutTests {
  @Test(
    "both directions in one file, under the marks of many tools",
    arguments: [
      ("-- +migrate Up", "-- +migrate Down", Layout.sqlMigrate),
      ("-- Up Migration", "-- Down Migration", .nodePgMigrate),
      ("# --- !Ups", "# --- !Downs", .play), ("-- !Ups", "-- !Downs", .play),
      ("-- rambler up", "-- rambler down", .marked), ("-- +micrate Up", "-- +micrate Down", .marked),
      ("-- an account", "---- create above / drop below ----", .tern),
      ("-- an account", "-- //@UNDO", .marked),
      ("--- UP", "--- DOWN", .marked), ("-- ==== UP ====", "-- ==== DOWN ====", .marked),
      ("--migrate:up", "--migrate:down", .dbmate),
    ])
  func marks(up: String, down: String, layout: Layout) throws {
    let project = try readProject(["1.sql": "\(up)\nCREATE TABLE t\n\(down)\nDROP TABLE t\n"])
    #expect(project.layout == layout)
    #expect(project.migrations[0].script.statements.map(\.text) == ["CREATE TABLE t"])
    #expect(project.migrations[0].revertScript?.statements.map(\.text) == ["DROP TABLE t"])
  }

  @Test("Play's doubled semicolons stand for one inside a statement")
  func doubledSemicolons() throws {
    let files = MemoryFileSystem([
      "p/1.sql":
        "# --- !Ups\nCREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$BEGIN RETURN 1;; END$$;\n# --- !Downs\n"
    ])
    let project = try ProjectReader(fileSystem: files.fileSystem).read("p")
    #expect(project.migrations[0].script.statements.map(\.tag) == ["CREATE FUNCTION"])
    #expect(project.migrations[0].script.statements[0].text.contains("RETURN 1;  END"))
  }

  @Test("folders of versions, each with several files: folder by folder, then file by file")
  func versionFolders() throws {
    let project = try readProject([
      "delta/9/01_a.sql": "", "delta/73/10users.sql": "", "delta/73/2rooms.sql.postgres": "",
      "delta/73/2rooms.sql.sqlite": "", "delta/73/03fill.py": "", "delta/100/a.sql": "",
      "delta/README.md": "",
    ])
    #expect(project.layout == .versionFolders)
    #expect(project.migrations.map(\.id) == ["9/01_a", "73/2rooms", "73/10users", "100/a"])
    #expect(project.migrations.map(\.version) == ["9", "73", "73", "100"])
    #expect(project.warnings.map(\.code) == ["other-system", "not-sql", "found-below"])
  }

  @Test("folders of releases beside numbered files are one sequence")
  func releaseFolders() throws {
    let project = try readProject([
      "v1.10/001_c.sql": "", "v1.9/001_a.sql": "", "v1.9/001_a.down.sql": "SELECT 1", "v1.9/002_b.sql": "",
    ])
    #expect(project.migrations.map(\.id) == ["v1.9/001_a", "v1.9/002_b", "v1.10/001_c"])
    #expect(project.migrations[0].revertFile == "v1.9/001_a.down.sql")
  }

  @Test("a folder for each direction")
  func directionFolders() throws {
    let project = try readProject([
      "up/2_b.sql": "", "up/10_c.sql": "", "down/2_b.sql": "SELECT 1",
    ])
    #expect(project.migrations.map(\.id) == ["2_b", "10_c"])
    #expect(project.migrations.map(\.revertFile) == ["down/2_b.sql", nil])
  }

  @Test(
    "a word or a common beginning may stand before the version",
    arguments: [
      ["mig_9", "mig_10_x"], ["upgrade-1.2", "upgrade-1.10"], ["V1_a", "V2_b"], ["acme-9-a", "acme-10-b"],
      ["roundcube.2008", "roundcube.20100"],
    ])
  func prefixes(names: [String]) throws {
    let files = Dictionary(uniqueKeysWithValues: names.map { ("\($0).sql", "") })
    let project = try readProject(files)
    #expect(project.migrations.map(\.id.rawValue) == names)
    #expect(project.migrations.allSatisfy { !$0.version.isEmpty })
    #expect(project.warnings.isEmpty)
  }

  @Test("a worded name counts only where no name begins with a number")
  func wordsBesideNumbers() throws {
    let project = try readProject(["001_a.sql": "", "002_b.sql": "", "patch_1.sql": ""])
    #expect(project.migrations.map(\.id) == ["001_a", "002_b"])
    #expect(project.warnings.map(\.code) == ["no-version"])
  }

  @Test("scripts from version to version are a chain from the first version that is installed whole")
  func upgradeChain() throws {
    let project = try readProject([
      "pkg--1.0.sql": "", "pkg--1.0--1.2.sql": "", "pkg--1.2--1.10.sql": "", "pkg--1.0--1.10.sql": "",
      "pkg--1.10.sql": "",
    ])
    #expect(project.layout == .upgradeChain)
    #expect(
      project.runnableMigrations.map(\.id) == ["pkg--1.0", "pkg--1.0--1.2", "pkg--1.2--1.10"])
    #expect(
      project.migrations.filter { !$0.isRunnable }.map(\.notes.skipReason) == [
        "it installs 1.10 whole, which the chain of upgrades makes too",
        "the chain of upgrades from 1.0 goes by smaller steps",
      ])
    let dotted = try readProject(["pkg.0.2.3.sql": "", "pkg.0.2.3-0.2.4.sql": "", "pkg.0.2.4-0.3.0.sql": ""])
    #expect(dotted.migrations.map(\.version) == ["0.2.3", "0.2.4", "0.3.0"])
  }

  @Test("files without any version are taken by name, and that is said")
  func unversioned() throws {
    let project = try readProject(["b.sql": "", "a.sql": "", "B.sql": "", "a_rollback.sql": "SELECT 1"])
    #expect(project.migrations.map(\.id) == ["B", "a", "b"])
    #expect(project.migrations.map(\.revertFile) == [nil, "a_rollback.sql", nil])
    #expect(project.warnings.map(\.code) == ["no-versions"])
  }

  @Test("a manifest gives the order")
  func manifest() throws {
    let project = try readProject([
      "LOADORDER": "# the order\nschema.sql\n\n./010_b.sql  # why\n002_a\nmissing.sql",
      "schema.sql": "", "010_b.sql": "", "002_a.sql": "", "003_c.sql": "", "missing.sql": "",
    ])
    #expect(project.migrations.map(\.id) == ["schema", "010_b", "002_a", "missing"])
    #expect(project.warnings.map(\.location?.file) == ["003_c.sql"])
  }

  @Test("a manifest's missing file is reported")
  func manifestMissing() {
    do {
      _ = try readProject(["order.txt": "001_a.sql\n002_b.sql\n003_c.sql", "001_a.sql": "", "002_b.sql": ""])
      Issue.record("it was read")
    } catch {
      #expect(error.problems.map(\.code) == ["no-such-file"])
      #expect(error.problems.first?.location?.file == "003_c.sql")
    }
  }

  @Test("revert scripts in a folder, with a word in the middle or before the name, and without a migration")
  func reverts() throws {
    let project = try readProject([
      "001_a.sql": "", "rollback/001_a.sql": "SELECT 1", "002.do.b.sql": "", "002.undo.b.sql": "SELECT 1",
      "003_c.sql": "", "rollback_003_c.sql": "SELECT 1", "004_shut_down.sql": "",
      "005_x.down.sql": "SELECT 1",
    ])
    #expect(project.migrations.map(\.id) == ["001_a", "002.do.b", "003_c", "004_shut_down"])
    #expect(
      project.migrations.map(\.revertFile) == [
        "rollback/001_a.sql", "002.undo.b.sql", "rollback_003_c.sql", nil,
      ])
    #expect(project.warnings.map(\.code) == ["revert-without-migration"])
  }

  @Test("a file says by its name that it wants no transaction, and by a comment what it depends on")
  func marksOfOtherTools() throws {
    let project = try readProject([
      "001_a.autocommit.sql": "", "002_b.sql": "-- depends: 001_a.autocommit unknown\nSELECT 1",
    ])
    #expect(project.migrations.map(\.forbidsTransaction) == [true, false])
    #expect(project.migrations[1].declaredRequirements.map(\.id) == ["001_a.autocommit"])
  }

  @Test(
    "a folder of versioned files beside them is named, unless its name says what it is or it is listed too")
  func foldersBeside() throws {
    let files = [
      "migrations/001_a.sql": "", "migrations/sub/001_a.sql": "SELECT 1", "migrations/sub/002_b.sql": "",
      "migrations/_applied/000_z.sql": "",
      "migrations/down/001_a.sql": "", "migrations/tests/001_t.sql": "", "migrations/words/readme.sql": "",
    ]
    let project = try readProject(files)
    #expect(project.migrations.map(\.id) == ["000_z", "001_a"])
    let warnings = project.warnings.filter { ["folder-left-out", "several-layouts"].contains($0.code) }
    #expect(warnings.map(\.location?.file) == ["migrations/sub/001_a.sql"])
    #expect(
      warnings.first?.message
        == "the folder `migrations/sub` beside the migrations holds 2 versioned scripts, which are left out")
    let both = try readProject(
      files.merging(["signalbox.toml": "migrations = ['migrations', 'migrations/sub']"]) { first, _ in first }
    )
    #expect(
      both.migrations.map(\.id) == [
        "migrations/000_z", "migrations/001_a", "migrations/sub/001_a", "migrations/sub/002_b",
      ])
    #expect(!both.warnings.contains { $0.code == "folder-left-out" })
  }
}
