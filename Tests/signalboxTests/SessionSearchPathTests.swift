import TestServer
import Testing

@Suite("Sessions that look up unqualified names elsewhere than in public")
struct SessionSearchPathTests {
  private static let files = [
    "001_schema.sql": "CREATE SCHEMA IF NOT EXISTS app;\n",
    "002_table.sql": "CREATE TABLE locations (id int PRIMARY KEY);\n",
  ]

  @Test("mean the schema that the database has them look in, for what is run and for what is looked up")
  func ofDatabase() async throws {
    let project = TemporaryProject(Self.files)
    try await TestServer.withDatabase { configuration in
      let database = HelixDatabase(configuration: configuration)
      _ = try await database.value(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = app', current_database()); END $$")
      let place = ["--project", project.path, "--database", database.address]
      let applied = try await Program.run(["apply", "-y"] + place)
      #expect(applied.status == 0, "\(applied.errors)")
      #expect(applied.output.contains("table app.locations"), "\(applied.output)")
      let drift = try await Program.run(["drift", "--exit-code"] + place)
      #expect(drift.status == 0, "\(drift.output)")
      _ = try await database.value("DROP SCHEMA signalbox CASCADE")
      let status = try await Program.run(["status"] + place)
      #expect(status.output.contains("2 applied"), "\(status.output)")
    }
  }

  @Test("make objects in public where the schema is not there, and no file makes it")
  func ofNobody() async throws {
    let project = TemporaryProject(["001_table.sql": "CREATE TABLE locations (id int PRIMARY KEY);\n"])
    try await TestServer.withDatabase { configuration in
      let database = HelixDatabase(configuration: configuration)
      _ = try await database.value(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = nowhere, public', current_database()); END $$"
      )
      let applied = try await Program.run(
        ["apply", "-y", "--project", project.path, "--database", database.address])
      #expect(applied.status == 0, "\(applied.errors)")
      #expect(applied.output.contains("table public.locations"), "\(applied.output)")
    }
  }

  @Test("do as the project file says, where it says so")
  func ofProject() async throws {
    var files = Self.files
    files["signalbox.toml"] = "search_path = [\"public\"]\n"
    let project = TemporaryProject(files)
    try await TestServer.withDatabase { configuration in
      let database = HelixDatabase(configuration: configuration)
      _ = try await database.value(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = app', current_database()); END $$")
      let applied = try await Program.run(
        ["apply", "-y", "--project", project.path, "--database", database.address])
      #expect(applied.status == 0, "\(applied.errors)")
      #expect(applied.output.contains("table public.locations"), "\(applied.output)")
    }
  }
}
