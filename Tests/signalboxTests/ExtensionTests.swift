import Postgres
import TestServer
import Testing

@Suite("An extension that the server has not")
struct ExtensionTests {
  private static let files = [
    "001_a.sql": "CREATE TABLE public.a (id integer);",
    "002_b.sql": "CREATE TABLE public.b (id integer);\nCREATE EXTENSION IF NOT EXISTS nowhere_to_be_had;",
  ]

  @Test("is told by plan, status and verify before anything runs, and apply refuses")
  func refused() async throws {
    let project = TemporaryProject(Self.files)
    try await TestServer.withDatabase { configuration in
      let database = HelixDatabase(configuration: configuration)
      func run(_ arguments: String...) async throws -> Program.Result {
        try await Program.run(arguments + ["--project", project.path, "--database", database.address])
      }
      let sentence =
        "extension `nowhere_to_be_had` is not available on this server, and `002_b` installs it"
      let plan = try await run("plan")
      #expect(plan.status == 2)
      #expect(plan.output.contains("002_b.sql:2:1: \(sentence)"))
      #expect(try await run("plan", "--json").output.contains("\"extension-unavailable\""))
      let status = try await run("status")
      #expect(status.status == 0)
      #expect(status.output.contains(sentence))
      #expect(try await run("status", "--json").output.contains("\"extension-unavailable\""))
      let verified = try await run("verify")
      #expect(verified.status == 1)
      #expect(verified.output.contains("\(sentence) requirement.extension"))

      let refused = try await run("apply", "--yes")
      #expect(refused.status == 2)
      #expect(refused.errors.contains(sentence))
      #expect(try await database.value("SELECT to_regclass('public.a') IS NULL") == "t")
      #expect(try await database.value("SELECT to_regnamespace('signalbox') IS NULL") == "t")
      // What does not need it runs.
      #expect(try await run("apply", "001", "--yes").status == 0)
    }
  }
}
