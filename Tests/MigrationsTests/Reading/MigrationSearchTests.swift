import Testing

@testable import Migrations

@Suite("The search for the directory of migrations")
struct MigrationSearchTests {
  @Test(
    "the only directory below is taken",
    arguments: [
      "backend/internal/db/migrations/001_a.sql", "services/api/sql/schema/001_a.sql",
      "src/main/resources/db/migration/V1__a.sql", "crates/store/migrations/20240101000000_a.up.sql",
      "packages/app/prisma/migrations/2024_a/migration.sql", "db/versions/pgsql/1.sql",
    ])
  func only(path: String) throws {
    let project = try readProject([path: "", "README.md": "", "db/seed.sql": ""])
    #expect(project.migrations.count == 1)
    #expect(project.warnings.map(\.code) == ["found-below"])
  }

  @Test("what everybody expects need not be said")
  func usual() throws {
    #expect(try readProject(["supabase/migrations/1_a.sql": "", "supabase/seed.sql": ""]).warnings.isEmpty)
  }

  @Test("several directories are named, and nothing is guessed")
  func several() {
    do {
      _ = try readProject(["packages/a/migrations/1_a.sql": "", "packages/b/migrations/1_b.sql": ""])
      Issue.record("it was read")
    } catch {
      #expect(error.problems.map(\.code) == ["several-directories"])
      #expect(
        error.problems[0].message
          == "there are 2 directories of migrations: `packages/a/migrations` (flat, 1 file), "
          + "`packages/b/migrations` (flat, 1 file)")
      #expect(
        error.problems[0].advice
          == "choose one with --project p/packages/a/migrations, or in signalbox.toml: "
          + "migrations = \"packages/a/migrations\"; for one database built from several, list them in their order: "
          + "migrations = [\"packages/a/migrations\", \"packages/b/migrations\"]")
    }
  }

  @Test("a tool's directory goes before a plain one, and one for PostgreSQL before those for others")
  func ranks() throws {
    let tool = try readProject(["prisma/migrations/1_a/migration.sql": "", "scripts/sql/001_b.sql": ""])
    #expect(tool.layout == .prisma)
    #expect(tool.warnings.map(\.code) == ["several-layouts"])
    let own = try readProject(["migrations/sqlite/1_a.sql": "", "migrations/postgres/1_b.sql": ""])
    #expect(own.migrations.map(\.file) == ["migrations/postgres/1_b.sql"])
  }

  @Test("examples, tests and what others wrote count only if there is nothing else")
  func besides() throws {
    let project = try readProject([
      "db/001_a.sql": "", "tests/migrations/001_t.sql": "", "node_modules/x/migrations/001_n.sql": "",
    ])
    #expect(project.migrations.map(\.file) == ["db/001_a.sql"])
    #expect(try readProject(["examples/one/migrations/001_e.sql": ""]).migrations.count == 1)
  }

  @Test("a project file may list several directories for one database, in their order")
  func listed() throws {
    let project = try readProject([
      "signalbox.toml": "migrations = ['b', 'a']", "a/001_x.sql": "", "b/002_y.sql": "", "b/003_z.sql": "",
    ])
    #expect(project.migrations.map(\.id) == ["002_y", "003_z", "001_x"])
    let same = try readProject([
      "signalbox.toml": "migrations = ['b', 'a']", "a/001_x.sql": "", "b/001_x.sql": "",
    ])
    #expect(same.migrations.map(\.id) == ["b/001_x", "a/001_x"])
  }

  @Test("Prisma files for another database system are refused")
  func otherProvider() {
    do {
      _ = try readProject([
        "prisma/migrations/1_a/migration.sql": "",
        "prisma/migrations/migration_lock.toml": "provider = \"mysql\"",
      ])
      Issue.record("it was read")
    } catch {
      #expect(error.problems.map(\.code) == ["other-system"])
      #expect(error.problems[0].location?.description == "prisma/migrations/migration_lock.toml:1:12")
    }
  }
}
