import Testing

@Suite("signalbox history")
struct HistoryCommandTests {
  @Test("lists runs, what happened in one, execution times, and says so where there is nothing")
  func runs() async throws {
    try await HelixDatabase.with { helix in
      let none = try await helix.run("history")
      #expect(none.status == 0)
      #expect(none.output.contains("Signalbox has run nothing on this database yet."))
      #expect(try await helix.value("SELECT to_regnamespace('signalbox') IS NULL") == "t")
      _ = try await helix.run("apply", "--yes", "070")
      let runs = try await helix.run("history")
      #expect(runs.output.contains("✓ done  #1"))
      #expect(runs.output.contains("070_user_equals_instance  applied"))
      let log = try await helix.run("history", "--run", "1")
      #expect(log.status == 0)
      #expect(log.output.contains("run begins, straight, with 1 migration"))
      #expect(log.output.contains("+ column public.telemetry.user_id"))
      #expect(log.output.contains("- text NOT NULL"))
      let json = try await helix.run("history", "--run", "1", "--json")
      #expect(json.output.contains(#""kind": "run-finished""#))
      #expect(json.output.contains(#""change": "changed""#))
      let times = try await helix.run("history", "--times")
      #expect(times.output.hasPrefix("070_user_equals_instance  "))
      let unknown = try await helix.run("history", "--run", "99")
      #expect(unknown.status == 2)
      #expect(unknown.errors.contains("the last runs are 1"))
    }
  }

  @Test("stands another tool's history beside ours, with what they disagree about")
  func tools() async throws {
    try await HelixDatabase.with { helix in
      _ = try await helix.value("CREATE TABLE public.schema_migrations (version varchar PRIMARY KEY)")
      _ = try await helix.value("INSERT INTO public.schema_migrations VALUES ('001'), ('002')")
      _ = try await helix.run("adopt", "001", "003", "--yes")
      let tools = try await helix.run("history", "--tools")
      #expect(tools.output.contains("dbmate  public.schema_migrations"))
      #expect(tools.output.contains("✓ 1 in both histories"))
      #expect(tools.output.contains("only dbmate has it:  002_telemetry_tables"))
      #expect(tools.output.contains("only Signalbox has it:  003_user_profiles"))
    }
  }
}
