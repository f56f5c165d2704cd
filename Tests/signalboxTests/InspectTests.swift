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
}
