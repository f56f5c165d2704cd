import Postgres
import TestServer
import Testing

@Suite("identra: one migration with vectors")
struct IdentraTests {
  private static let project = HelixDatabase.repository + "/migrations/identra"

  @Test("where the server has pgvector, the four queries of the document hold; else exactly that is said")
  func document() async throws {
    try await TestServer.withDatabase(platform: true) { configuration in
      let database = HelixDatabase(configuration: configuration)
      func run(_ arguments: String...) async throws -> Program.Result {
        try await Program.run(arguments + ["--project", Self.project, "--database", database.address])
      }
      let hasVector = try await database.value(
        "SELECT count(*) FROM pg_available_extensions WHERE name = 'vector'")
      let applied = try await run("apply", "--yes")
      let verified = try await run("verify", "--all")
      guard hasVector == "1" else {
        let sentence =
          "extension `vector` is not available on this server, and `20250214_complete_mvp_schema` installs it"
        #expect(applied.status == 2)
        #expect(applied.errors.contains(sentence))
        #expect(applied.errors.contains("pgvector"))
        #expect(verified.status == 1)
        #expect(
          verified.output.contains("✗ \(sentence) requirement.extension\n    install pgvector on the server"))
        #expect(verified.output.contains("expectations wait for extension `vector` expectation.waiting"))
        #expect(verified.output.contains("✗ Failed:   1\n"))
        #expect(try await database.value("SELECT to_regclass('public.memories') IS NULL") == "t")
        return
      }
      #expect(applied.status == 0)
      #expect(verified.status == 0)
      #expect(verified.output.contains("! Warnings: 0"))
      for query in [
        "FROM information_schema.tables WHERE table_schema = 'public'",
        "SELECT extname FROM pg_extension WHERE extname = 'vector'",
        "FROM pg_tables WHERE schemaname = 'public' AND rowsecurity = true",
        "FROM feature_flags",
      ] {
        #expect(verified.output.contains(query), "\(query)")
      }
    }
  }
}
