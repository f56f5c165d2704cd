import Postgres
import Schema
import TestServer
import Testing

@testable import Catalog

@Suite("The moment of a snapshot")
struct CatalogMomentTests {
  private func moment(_ text: String) throws -> CatalogMoment {
    try CatalogMoment(QueryResult(rows: Rows(columns: ["moment"], [[text]])))
  }

  @Test("is the same later only if no transaction was under way, and none has been given a number since")
  func comparison() throws {
    let quiet = try moment("740:740:")
    #expect(quiet.isUnchanged(at: try moment("740:740:")))
    #expect(!quiet.isUnchanged(at: try moment("740:741:")))
    #expect(!quiet.isUnchanged(at: try moment("741:741:")))
    let busy = try moment("738:740:738")
    #expect(!busy.isUnchanged(at: try moment("738:740:738")))
    #expect(throws: PostgresError.self) { try CatalogMoment(QueryResult()) }
  }

  @Test("comes with the snapshot, and is another once somebody has changed the catalog")
  func change() async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      let before = try await CatalogReader(connection).snapshot(.everything, asking: ["SELECT 7 AS seven"])
      #expect(try before.answers.map { try $0.rows.first?.int("seven") } == [7])
      #expect(!before.snapshot.contains(.table("public", "later")))
      _ = try await connection.execute("CREATE TABLE public.later ()")
      let outcomes = try await connection.pipeline([CatalogMoment.request])
      #expect(!before.moment.isUnchanged(at: try CatalogMoment(try outcomes[0].get())))
      await connection.close()
    }
  }
}
