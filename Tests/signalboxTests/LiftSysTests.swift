import Postgres
import TestServer
import Testing

@Suite("lift-sys: every count of its document is verified")
struct LiftSysTests {
  private static let project = HelixDatabase.repository + "/migrations/lift-sys"

  @Test("seven migrations, and what they were confirmed by")
  func document() async throws {
    try await TestServer.withDatabase(platform: true) { configuration in
      let database = HelixDatabase(configuration: configuration)
      let place = ["--project", Self.project, "--database", database.address]
      #expect(try await Program.run(["apply", "--yes"] + place).status == 0)
      let verified = try await Program.run(["verify", "--all"] + place)
      #expect(verified.status == 0)
      #expect(verified.output.contains("✗ Failed:   0"))
      #expect(verified.output.contains("! Warnings: 0"))
      for line in [
        "schema public has 4 of kind table", "schema public has 36 of kind index", "answers 28",
        "schema public has 4 of kind view", "schema public has 0 of kind materialized view",
        "schema public has 16 of kind policy", "schema public has 7 of kind trigger",
        "answers current_ir, ir_content, metadata, resolved_value, validation_result",
      ] {
        #expect(verified.output.contains(line), "\(line)")
      }
      for table in ["sessions", "session_revisions", "session_drafts", "hole_resolutions"] {
        #expect(verified.output.contains("row security on public.\(table) is on"), "\(table)")
      }
      #expect(try await Program.run(["status"] + place).output.contains("7 applied"))
    }
  }

  @Test("a count that is wrong fails")
  func wrongCount() async throws {
    try await TestServer.withDatabase(platform: true) { configuration in
      let database = HelixDatabase(configuration: configuration)
      let place = ["--project", Self.project, "--database", database.address]
      #expect(try await Program.run(["apply", "--yes"] + place).status == 0)
      _ = try await database.value("DROP INDEX public.idx_sessions_metadata")
      let verified = try await Program.run(["verify"] + place)
      #expect(verified.status == 1)
      #expect(verified.output.contains("expectation.count"))
    }
  }
}
