import TestServer
import Testing

@Suite("signalbox inspect access")
struct InspectTests {
  @Test("shows the matrix, explains a table, and the probe agrees and leaves nothing")
  func helix() async throws {
    try await HelixDatabase.with { database in
      let matrix = try await database.run("inspect", "access")
      #expect(matrix.status == 0)
      #expect(matrix.output.contains("anon"))
      #expect(matrix.output.contains("public.telemetry"))
      let cell = try await database.run("inspect", "access", "public.telemetry", "--role", "anon")
      #expect(cell.status == 0)
      #expect(cell.output.contains("SELECT is granted to anon"))
      let refused = try await database.run("inspect", "access", "--probe", "--yes", "--read-only")
      #expect(refused.status == 2)
      let probe = try await database.run("inspect", "access", "telemetry", "--probe", "--yes", "--json")
      #expect(probe.status == 0)
      #expect(probe.output.contains("\"verdict\""))
      #expect(try await database.value("SELECT count(*) FROM public.telemetry") == "0")
      #expect(try await database.value("SELECT count(*) FROM auth.users") == "0")
      let unknown = try await database.run("inspect", "access", "no_such_table")
      #expect(unknown.status == 2)
    }
  }

  @Test("shows the policies as people review them, with the migrations that made them")
  func policies() async throws {
    try await HelixDatabase.with { database in
      let text = try await database.run("inspect", "policies", "telemetry")
      #expect(text.status == 0)
      #expect(text.output.contains("public.telemetry  row security on"))
      #expect(text.output.contains("Instance owners can view telemetry"))
      #expect(text.output.contains("SELECT to"))
      #expect(text.output.contains("USING"))
      let markdown = try await database.run("inspect", "policies", "--markdown")
      #expect(markdown.output.contains("| Policy | Command | Roles | USING | WITH CHECK | Migration |"))
      let json = try await database.run("inspect", "policies", "public.telemetry", "--json")
      #expect(json.output.contains("\"migration\": \"0"), "\(json.output)")
      #expect(try await database.run("inspect", "policies", "telemetri").status == 2)
      #expect(try await database.run("inspect", "policies", "--json", "--markdown").status == 2)
      let why = try await database.run("inspect", "access", "--why", "--role", "anon")
      #expect(why.output.contains("table public.telemetry"))
      #expect(why.output.contains("none (no policy)"))
    }
  }

  @Test("lists findings, and writes what settles them into a new file, never over another")
  func findings() async throws {
    try await HelixDatabase.with { database in
      let text = try await database.run("inspect", "access", "--findings")
      #expect(text.output.contains("performance.auth-call-per-row"))
      #expect(text.output.contains("Taken as shown by the API: graphql_public, public."))
      let json = try await database.run("inspect", "access", "--findings", "--json")
      #expect(json.output.contains("\"code\": \"performance.auth-call-per-row\""))
      let both = try await database.run("inspect", "access", "--findings", "--probe")
      #expect(both.status == 2)
      let directory = TemporaryProject()
      let file = "\(directory.path)/fix.sql"
      let written = try await database.run("inspect", "access", "--write-fix", file)
      #expect(written.output.contains("settled"))
      let again = try await database.run("inspect", "access", "--write-fix", file)
      #expect(again.status == 2)
      let verified = try await database.run("verify", "--access")
      #expect(verified.output.contains("performance.auth-call-per-row"))
    }
  }

  @Test("--write-fix NAME makes the project's next migration")
  func nextMigration() async throws {
    try await TestServer.withDatabase(platform: true) { configuration in
      let project = TemporaryProject([
        "signalbox.toml": "platform = \"supabase\"\n", "007_t.sql": "CREATE TABLE t (id int PRIMARY KEY);",
      ])
      let database = HelixDatabase(configuration: configuration)
      let place = ["--project", project.path, "--database", database.address]
      #expect(try await Program.run(["apply", "all", "--yes"] + place).status == 0)
      let found = try await Program.run(["inspect", "access", "--findings"] + place)
      #expect(found.status == 1)
      #expect(found.output.contains("access.row-security-missing"))
      let written = try await Program.run(["inspect", "access", "--write-fix", "close tables"] + place)
      #expect(written.output.contains("/008_close_tables.sql"))
      #expect(try await Program.run(["apply", "all", "--yes"] + place).status == 0)
      #expect(try await Program.run(["inspect", "access", "--findings"] + place).status == 0)
    }
  }

  @Test("a protected target is not probed on --yes alone")
  func protected() async throws {
    try await TestServer.withDatabase(platform: true) { configuration in
      let address = HelixDatabase(configuration: configuration).address
      let project = TemporaryProject([
        "signalbox.toml":
          "platform = \"supabase\"\n[target.live]\nurl = \"$LIVE\"\nprotected = true\n",
        "001_t.sql": "CREATE TABLE t (id int PRIMARY KEY);",
      ])
      let refused = try await Program.run(
        ["inspect", "access", "--probe", "--yes", "--project", project.path, "--database", "live"],
        environment: ["LIVE": address])
      #expect(refused.status == 2)
      #expect(refused.errors.contains("typed out"))
    }
  }
}
