import Catalog
import Postgres
import Schema
import TestServer
import Testing

@Suite("Server")
struct ServerTests {
  @Test("the facts are those of the session")
  func facts() async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      let facts = try await CatalogReader(connection).serverFacts()
      #expect(facts.versionNumber == connection.server.version)
      #expect(facts.database == connection.server.database)
      #expect(facts.isSuperuser && facts.canCreateSchemas && !facts.isInRecovery && !facts.isReadOnly)
      #expect(facts.encoding == "UTF8")
      #expect(facts.databaseBytes.map { $0 > 0 } == true)
      #expect(facts.extensions["plpgsql"]?.installedVersion != nil)
      #expect(facts.extensions["no such extension"] == nil)
      await connection.close()
    }
  }

  @Test("tables come with their size, the largest first")
  func sizes() async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute(
        """
        CREATE TABLE small (a int); CREATE TABLE large (a int PRIMARY KEY);
        INSERT INTO large SELECT generate_series(1, 5000)
        """)
      try await connection.query("ANALYZE large")
      let sizes = try await CatalogReader(connection).tableSizes()
      #expect(sizes.map(\.table.name) == ["large", "small"])
      #expect(sizes.first?.estimatedRows == 5000)
      #expect(sizes.last?.estimatedRows == nil)
      #expect(sizes.first.map { $0.tableBytes > 0 && $0.indexBytes > 0 } == true)
      await connection.close()
    }
  }
}
