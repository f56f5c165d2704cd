import TestServer
import Testing

@Suite("How access changes, in a plan")
struct PlanAccessTests {
  @Test("is foretold of many migrations only where it is asked for")
  func unasked() async throws {
    let files = (100...200).map {
      ("\($0)_t.sql", "CREATE TABLE t\($0) (x int);\nGRANT SELECT ON t\($0) TO PUBLIC;\n")
    }
    let project = TemporaryProject(Dictionary(uniqueKeysWithValues: files))
    try await TestServer.withDatabase { configuration in
      let database = HelixDatabase(configuration: configuration)
      func plan(_ words: String...) async throws -> Program.Result {
        try await Program.run(
          ["plan", "--json"] + words + ["--project", project.path, "--database", database.address])
      }
      let unasked = try await plan()
      #expect(
        unasked.errors.contains("how access changes is not foretold of 101 migrations unasked: --access"))
      #expect(unasked.output.contains("\"access\": null"))
      let asked = try await plan("--access")
      #expect(asked.errors.isEmpty)
      let few = try await plan("100..199")
      #expect(few.errors.isEmpty)
      #expect(asked.output.contains("\"access\"") && few.output.contains("\"access\""))
    }
  }
}
