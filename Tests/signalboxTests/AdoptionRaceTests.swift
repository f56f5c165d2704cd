import Testing

/// What is asked for in quick succession.
@Suite("Quick hands")
struct AdoptionRaceTests {
  @Test(
    "regression: a run that is asked for while an adoption is under way waits for it",
    .timeLimit(.minutes(15)))
  func adoptionThenRun() async throws {
    try await HelixDatabase.with { helix in
      let files = TemporaryProject([
        "script": """
        wait in the database without history
        rest
        keys A y :
        type apply pending
        keys enter
        wait Apply 5 migrations?
        keys y
        wait 5 of 5 migrations applied
        keys q q
        """
      ])
      let result = try await helix.run("console", "--script", "\(files.path)/script")
      #expect(result.status == 0, "\(result.errors)")
      #expect(try await helix.value("SELECT count(*) FROM signalbox.migration") == "70")
    }
  }
}
