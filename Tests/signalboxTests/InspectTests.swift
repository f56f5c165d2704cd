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
}
