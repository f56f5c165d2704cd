import TestServer
import Testing

@Suite("What apply says of migrations that leave the catalog as it is")
struct UnchangedCatalogTests {
  @Test("rows alone change nothing in it; what is there already is counted")
  func rows() async throws {
    let project = TemporaryProject([
      "001_table.sql": "CREATE TABLE a (id int PRIMARY KEY);\n",
      "002_rows.sql": "INSERT INTO a VALUES (1);\n",
      "003_again.sql": "CREATE TABLE IF NOT EXISTS a (id int PRIMARY KEY);\n",
    ])
    try await TestServer.withDatabase { configuration in
      let database = HelixDatabase(configuration: configuration)
      let result = try await Program.run([
        "apply", "--yes", "--project", project.path, "--database", database.address,
      ])
      #expect(result.status == 0, "\(result.errors)")
      let lines = result.output.split(separator: "\n").map(String.init)
      #expect(lines.filter { $0.contains("nothing in the catalog changed") }.count == 1, "\(result.output)")
      let rows = try #require(lines.firstIndex { $0.hasPrefix("002_rows") })
      let said = try #require(lines.firstIndex { $0.contains("nothing in the catalog changed") })
      let again = try #require(lines.firstIndex { $0.hasPrefix("003_again") })
      #expect(rows < said && said < again)
      #expect(lines[again...].contains { $0.contains("there already, as it leaves them") })
    }
  }
}
