import Postgres
import Sandbox
import TestServer
import Testing

@Suite("the platform of a host")
struct PlatformInstallerTests {
  @Test("a bare database has none of it, and installing it twice changes nothing")
  func installsTwice() async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      #expect(try await schemas(connection) == ["public"])
      try await PlatformInstaller(.none).install(on: connection)
      #expect(try await schemas(connection) == ["public"])

      try await PlatformInstaller(.supabase).install(on: connection)
      let once = try await schemas(connection)
      #expect(Set(["auth", "extensions", "public", "realtime", "storage"]).isSubset(of: once))
      try await PlatformInstaller(.supabase).install(on: connection)
      #expect(try await schemas(connection) == once)
      await connection.close()
    }
  }

  @Test("a test's copy is the whole platform, the database's settings with it")
  func copy() async throws {
    try await TestServer.withDatabase(platform: true) { configuration in
      let connection = try await Connection.connect(configuration)
      let path = try await connection.query("SHOW search_path")
      #expect(path.rows.first?[0] == "\"$user\", public, extensions")
      let user = try await connection.query(
        "SELECT auth.uid() IS NULL, to_regrole('authenticated') IS NOT NULL")
      #expect(user.rows.first?[0] == "t")
      #expect(user.rows.first?[1] == "t")
      await connection.close()
    }
  }

  @Test("two tests never share a database, and nothing of theirs is left")
  func apart() async throws {
    let names = try await TestServer.withDatabase { first in
      try await TestServer.withDatabase { second in
        [first, second].map { $0.parameters["dbname"] }
      }
    }
    #expect(Set(names).count == 2)
    let connection = try await Connection.connect(try await TestServer.configuration())
    for name in names {
      let found = try await connection.query(
        "SELECT 1 FROM pg_database WHERE datname = $1", [.text(name ?? "")])
      #expect(found.rows.isEmpty)
    }
    await connection.close()
  }

  private func schemas(_ connection: Connection) async throws -> [String] {
    let result = try await connection.query(
      """
      SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1
      """)
    return result.rows.compactMap { $0[0] }
  }
}
