import Schema
import Script
import Testing

@testable import Migrations

@Suite("Reading a directory without a project file")
struct ProjectReaderTests {
  private func ids(_ files: [String: String]) throws -> [String] {
    try readProject(files).migrations.map(\.id.rawValue)
  }

  @Test("a flat directory is read in order, with every form of version")
  func flat() throws {
    let project = try readProject([
      "002_b.sql": "", "001_a.sql": "SELECT 1", "019b_x.sql": "", "019_x.sql": "", "20260205_r.sql": "",
      "20250120000000_n.sql": "", "2025-11-05_t.sql": "", "README.md": "",
    ])
    #expect(project.layout == .flat)
    #expect(project.name == "p")
    #expect(
      project.migrations.map(\.id.rawValue) == [
        "001_a", "002_b", "019_x", "019b_x", "2025-11-05_t", "20260205_r", "20250120000000_n",
      ])
    #expect(project.migrations[0].version == "001")
    #expect(project.migrations[0].name == "a")
    #expect(project.migrations[0].file == "001_a.sql")
    #expect(project.migrations[0].script.statements.count == 1)
    #expect(project.phases == [Phase(name: "Migrations", migrations: project.migrations.map(\.id))])
  }

  @Test("folders say what was applied, skipped and archived")
  func folders() throws {
    let project = try readProject([
      "070_a.sql": "", "_applied/001_b.sql": "", "_skipped/test_schema.sql": "", "archive/000_c.sql": "",
    ])
    #expect(project.migrations.map(\.place) == [.archived, .applied, .active, .skipped])
    #expect(project.phases.flatMap(\.migrations) == ["001_b", "070_a"])
  }

  @Test("a file can be switched off by its ending")
  func switchedOff() throws {
    let project = try readProject(["001_a.sql": "", "002_b.sql.skip": "BAD", "003_c.sql.bak": ""])
    #expect(project.migrations.map(\.id) == ["001_a", "002_b"])
    #expect(project.migrations.map(\.place) == [.active, .skipped])
  }

  @Test("a Supabase project is read as its CLI reads it, with the archive beside it")
  func supabase() throws {
    let project = try readProject([
      "supabase/migrations/20250120000000_nps.sql": "", "supabase/migrations/99999999999999_master.sql": "",
      "supabase/migrations/notes.sql": "", "supabase/migrations_archive/2025-11-05_telemetry.sql": "",
      "prisma/schema.prisma": "",
    ])
    #expect(project.layout == .supabase)
    #expect(project.platform == .supabase)
    #expect(
      project.migrations.map(\.file) == [
        "supabase/migrations_archive/2025-11-05_telemetry.sql", "supabase/migrations/20250120000000_nps.sql",
        "supabase/migrations/99999999999999_master.sql",
      ])
    #expect(project.migrations.first?.place == .archived)
    #expect(project.warnings.map(\.code) == ["no-version"])
  }

  @Test("a Supabase project's dates and times stand in the order of their file names, as its CLI runs them")
  func supabaseOrder() throws {
    let names = ["20250930080000_a", "20260104093000_b", "20260104_a", "20260122_c", "20260122_c-1"]
    let files = names.map { ("supabase/migrations/\($0).sql", "SELECT 1") }
    let project = try readProject(Dictionary(uniqueKeysWithValues: files))
    #expect(
      project.migrations.map(\.id.rawValue) == [
        "20250930080000_a", "20260104093000_b", "20260104_a", "20260122_c-1", "20260122_c",
      ])
  }

  @Test("Supabase: folders are left out, as its CLI leaves them out, and named")
  func supabaseFolders() throws {
    let project = try readProject([
      "supabase/migrations/20250101000000_a.sql": "SELECT 1",
      "supabase/migrations/20250102000000_b/migration.sql": "SELECT 1",
      "supabase/migrations/seeds/users.sql": "SELECT 1", "supabase/migrations/meta/_journal.json": "{}",
      "supabase/migrations/archive/20240101000000_old.sql": "SELECT 1",
    ])
    #expect(project.migrations.filter { $0.place == .active }.map(\.id) == ["20250101000000_a"])
    let named = project.warnings.filter { $0.code == "not-for-supabase" }.compactMap(\.location?.file)
    #expect(
      named == ["supabase/migrations/20250102000000_b/migration.sql", "supabase/migrations/seeds/users.sql"])
  }

  @Test("Supabase: migrations in folders alone are read as Prisma's, and that is said")
  func supabaseFoldersAlone() throws {
    let project = try readProject([
      "supabase/migrations/20250102_b/migration.sql": "SELECT 1",
      "supabase/migrations/20250101_a/migration.sql": "SELECT 1",
    ])
    #expect(project.layout == .prisma)
    #expect(project.migrations.map(\.id) == ["20250101_a", "20250102_b"])
    #expect(project.warnings.map(\.code) == ["not-for-supabase"])
  }

  @Test("the first file of an old Supabase project is skipped, as the CLI does")
  func oldInit() throws {
    let project = try readProject([
      "supabase/migrations/20210101000000_init.sql": "", "supabase/migrations/20220101000000_init.sql": "",
    ])
    #expect(project.migrations.map(\.place) == [.skipped, .active])
  }

  @Test("a single patch is read with its rollback script")
  func patch() throws {
    let project = try readProject(["PATCH.sql": "SELECT 1", "ROLLBACK.sql": "SELECT 2\nSELECT 3"])
    #expect(project.layout == .patch)
    #expect(project.migrations.map(\.id) == ["PATCH"])
    #expect(project.migrations.first?.revertFile == "ROLLBACK.sql")
    #expect(project.migrations.first?.revertScript?.statements.count == 2)
  }

  @Test("the usual directories are looked into", arguments: ["migrations", "db/migrations", "sql"])
  func usual(directory: String) throws {
    #expect(try ids(["\(directory)/001_a.sql": ""]) == ["001_a"])
  }

  @Test("a revert script beside a migration belongs to it")
  func revert() throws {
    let project = try readProject(["001_a.sql": "", "001_a.rollback.sql": "SELECT 1"])
    #expect(project.migrations.map(\.revertFile) == ["001_a.rollback.sql"])
  }

  @Test("a second directory of migrations is mentioned")
  func several() throws {
    let project = try readProject(["supabase/migrations/001_a.sql": "", "sql/001_b.sql": ""])
    #expect(project.migrations.map(\.id) == ["001_a"])
    #expect(project.warnings.map(\.code) == ["several-layouts"])
  }

  @Test("each file is read knowing what those before it have made, and where names are looked up")
  func context() throws {
    let files = MemoryFileSystem([
      "p/signalbox.toml": "search_path = ['app', 'public']",
      "p/001_a.sql": "CREATE SCHEMA app; CREATE TABLE t (a int);",
      "p/002_b.sql": "ALTER TABLE t ADD b int; CREATE TABLE public.u (c int); DROP TABLE u;",
    ])
    let project = try ProjectReader(fileSystem: files.fileSystem).read("p")
    let altered = project.migrations[1].script.statements.map { $0.effects.map(\.object.description) }
    #expect(altered[0].contains("column app.t.b"))
    #expect(altered[2].contains("table public.u"))
  }

  @Test("what only Supabase gives makes a project one of Supabase, unless its file says otherwise")
  func platform() throws {
    var files = MemoryFileSystem([
      "p/001_a.sql": "CREATE TABLE t (a uuid); CREATE POLICY p ON t USING (auth.uid() = a);"
    ])
    #expect(try ProjectReader(fileSystem: files.fileSystem).read("p").platform == .supabase)
    files.add("p/signalbox.toml", .file(Array("platform = 'none'".utf8)))
    #expect(try ProjectReader(fileSystem: files.fileSystem).read("p").platform == .none)
    files.add("p/signalbox.toml", .file([]))
    files.add("p/000_auth.sql", .file(Array("CREATE SCHEMA auth;".utf8)))
    #expect(try ProjectReader(fileSystem: files.fileSystem).read("p").platform == .none)
  }

  @Test("roles that only Supabase gives are such a sign, unless the files make them")
  func platformByRoles() throws {
    func platform(_ text: String) throws -> Platform {
      try ProjectReader(fileSystem: MemoryFileSystem(["p/001_a.sql": text]).fileSystem).read("p").platform
    }
    #expect(try platform("CREATE TABLE t (a int); GRANT SELECT ON t TO authenticated;") == .supabase)
    #expect(try platform("CREATE TABLE t (a int); GRANT SELECT ON t TO anon;") == .none)
    #expect(
      try platform("CREATE ROLE authenticated; CREATE TABLE t (a int); GRANT ALL ON t TO authenticated;")
        == .none)
  }

  @Test("a comment can require another migration")
  func requirement() throws {
    let project = try readProject(["001_a.sql": "", "002_b.sql": "-- requires: 001\nSELECT 1"])
    #expect(
      project.migrations[1].declaredRequirements == [
        DeclaredRequirement(
          id: "001_a",
          location: FileLocation(file: "002_b.sql", position: SourcePosition(line: 1, column: 14)))
      ])
  }

  @Test("the project file may be given in place of its directory")
  func byFile() throws {
    let files = MemoryFileSystem(["p/signalbox.toml": "name = 'x'", "p/001_a.sql": ""])
    let project = try ProjectReader(fileSystem: files.fileSystem, parse: parseForTests).read(
      "p/signalbox.toml")
    #expect(project.name == "x")
    #expect(project.root == "p")
  }
}
