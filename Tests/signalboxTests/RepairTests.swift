import Postgres
import TestServer
import Testing

@Suite("The command repair")
struct RepairTests {
  /// A project of two migrations that are applied to a fresh database.
  private struct Applied {
    let project: TemporaryProject
    let database: HelixDatabase

    func run(_ arguments: String...) async throws -> Program.Result {
      try await Program.run(arguments + ["--project", project.path, "--database", database.address])
    }

    func write(_ name: String, _ text: String) { project.write(name, Array(text.utf8)) }
  }

  private func withApplied(_ body: (Applied) async throws -> Void) async throws {
    let project = TemporaryProject([
      "001_a.sql": "CREATE TABLE a (x int);\n", "002_b.sql": "CREATE TABLE b (x int);\n",
    ])
    try await TestServer.withDatabase { configuration in
      let applied = Applied(project: project, database: HelixDatabase(configuration: configuration))
      #expect(try await applied.run("apply", "--yes").status == 0)
      try await body(applied)
    }
  }

  @Test("says that there is nothing to do where there is nothing")
  func nothing() async throws {
    try await withApplied { applied in
      let result = try await applied.run("repair")
      #expect(result.status == 0)
      #expect(result.output.contains("Nothing to repair"))
    }
  }

  @Test("a change of comments stays applied, and is realigned without a word against it")
  func comments() async throws {
    try await withApplied { applied in
      applied.write("001_a.sql", "-- the first\nCREATE TABLE a (\n  x integer\n);\n")
      let status = try await applied.run("status")
      #expect(status.output.contains("2 applied"))
      #expect(status.output.contains("only in comments and white space"))
      #expect(try await applied.run("repair", "--yes").status == 0)
      #expect(try await applied.run("repair").output.contains("Nothing to repair"))
      #expect(!(try await applied.run("status").output.contains("comments")))
    }
  }

  @Test("a changed file is shown with its difference, and against the catalog not realigned")
  func changed() async throws {
    try await withApplied { applied in
      applied.write("001_a.sql", "CREATE TABLE a (x int);\nCREATE TABLE c (x int);\n")
      #expect(try await applied.run("status").output.contains("1 statement came to it (line 2)"))
      let refused = try await applied.run("repair", "--yes")
      #expect(refused.status == 1)
      #expect(refused.output.contains("+CREATE TABLE c (x int);"))
      #expect(refused.output.contains("table public.c"))
      #expect(try await applied.run("status").output.contains("1 applied · 1 changed"))
      _ = try await applied.database.value("CREATE TABLE c (x int)")
      #expect(try await applied.run("repair", "--yes").status == 0)
      #expect(try await applied.run("status").output.contains("2 applied"))
    }
  }

  @Test("a missing file's row is retired, or forgotten, by its name")
  func missing() async throws {
    try await withApplied { applied in
      applied.project.remove("002_b.sql")
      let other = try await applied.run("repair", "001_a")
      #expect(other.output.contains("Nothing to repair"))
      #expect(try await applied.run("repair", "002", "--list").output.contains("002_b  missing"))
      #expect(try await applied.run("repair", "002_b", "--yes").status == 0)
      #expect(
        try await applied.database.value("SELECT state FROM signalbox.migration WHERE id = '002_b'")
          == "retired")
      #expect(!(try await applied.run("status").output.contains("002_b")))
      applied.write("002_b.sql", "CREATE TABLE b (x int);\n")
      #expect(try await applied.run("status").output.contains("2 applied"))
    }
  }

  @Test("an interrupted migration is settled by what is there")
  func interrupted() async throws {
    try await withApplied { applied in
      _ = try await applied.database.value("UPDATE signalbox.migration SET state = 'running'")
      _ = try await applied.database.value("DROP TABLE b")
      _ = try await applied.database.value(
        "UPDATE signalbox.migration SET statements_done = 0 WHERE id = '002_b'")
      let json = try await applied.run("repair", "--json")
      #expect(json.output.contains(#""action": "applied""#))
      #expect(json.output.contains(#""action": "remove""#))
      #expect(json.output.contains(#""done": false"#))
      #expect(try await applied.run("repair", "--yes", "--json").output.contains(#""done": true"#))
      #expect(try await applied.run("status").output.contains("1 applied · 1 pending"))
    }
  }

  @Test("read-only lists and changes nothing, and without anybody to ask it says so")
  func careful() async throws {
    try await withApplied { applied in
      applied.project.remove("002_b.sql")
      let readOnly = try await applied.run("repair", "--yes", "--read-only")
      #expect(readOnly.status == 0)
      #expect(readOnly.output.contains("retire its row"))
      #expect(try await applied.run("repair").status == 2)
      #expect(try await applied.run("repair", "--list").status == 0)
      #expect(
        try await applied.database.value("SELECT count(*) FROM signalbox.migration WHERE state = 'applied'")
          == "2")
    }
  }

  @Test("adopt shows why, takes another tool's word, and refuses what the catalog contradicts")
  func adopt() async throws {
    let project = TemporaryProject([
      "001_a.sql": "CREATE TABLE a (x int);\n", "002_b.sql": "CREATE TABLE b (x int);\n",
      "003_c.sql": "INSERT INTO a VALUES (1);\n",
    ])
    try await TestServer.withDatabase { configuration in
      let applied = Applied(project: project, database: HelixDatabase(configuration: configuration))
      for sql in [
        "CREATE TABLE a (x int)", "CREATE SCHEMA supabase_migrations",
        "CREATE TABLE supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text)",
        "INSERT INTO supabase_migrations.schema_migrations VALUES ('001'), ('002'), ('003')",
      ] {
        _ = try await applied.database.value(sql)
      }
      let listed = try await applied.run("adopt", "--json")
      #expect(listed.output.contains(#""done": false"#))
      #expect(listed.output.contains(#""recorded_by": ["#))
      #expect(listed.output.contains(#""contradiction": "table public.b and 1 more missing""#))
      let result = try await applied.run("adopt", "--yes")
      #expect(result.status == 0)
      #expect(result.errors.contains("2 of 2 objects are there; recorded by supabase"))
      #expect(result.errors.contains("not 002_b"))
      #expect(
        try await applied.database.value("SELECT string_agg(id, ' ' ORDER BY id) FROM signalbox.migration")
          == "001_a 003_c")
      #expect(try await applied.run("adopt", "--yes", "--contradicting").status == 0)
      #expect(try await applied.database.value("SELECT count(*) FROM signalbox.migration") == "3")
      #expect(
        try await applied.database.value("SELECT count(*) FROM signalbox.run WHERE mode = 'adopt'") == "2")
    }
  }
}
