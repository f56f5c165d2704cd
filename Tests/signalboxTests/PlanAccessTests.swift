import JSON
import TestServer
import Testing

@Suite("How access changes, in a plan")
struct PlanAccessTests {
  @Test("is foretold of many migrations, and left out where it is not wanted")
  func many() async throws {
    let files = (100...350).map { ("\($0)_t.sql", "CREATE TABLE t\($0) (x int);\n") }
    let project = TemporaryProject(Dictionary(uniqueKeysWithValues: files))
    try await TestServer.withDatabase { configuration in
      let database = HelixDatabase(configuration: configuration)
      func access(_ words: String...) async throws -> JSONValue? {
        let plan = try await Program.run(
          ["plan", "--json"] + words + ["--project", project.path, "--database", database.address])
        #expect(plan.errors.isEmpty)
        return try #require(JSONReader.read(Array(plan.output.utf8)))["access"]
      }
      let steps = try await access()?["steps"]?.elements ?? []
      #expect(steps.count == 251)
      #expect(try await access("--no-access") == .null)
    }
  }
}
