import Catalog
import Postgres
import Schema
import TestServer
import Testing

@Suite("Access facts")
struct AccessFactsTests {
  @Test("a snapshot knows roles, memberships, privileges in effect, and what views read")
  func facts() async throws {
    try await TestServer.withDatabase(platform: true) { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute(
        """
        CREATE TABLE t (a int, b int); REVOKE ALL ON t FROM anon; GRANT SELECT (a) ON t TO anon;
        CREATE VIEW v WITH (security_barrier) AS SELECT a FROM t; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
        """)
      let facts = try await CatalogReader(connection).snapshot(.supabase).access
      let user = connection.server.user
      #expect(facts.roles["service_role"]?.bypassesRowSecurity == true)
      #expect(facts.roles["anon"]?.bypassesRowSecurity == false)
      #expect(
        facts.memberships.contains { $0.role == "anon" && $0.member == "authenticator" && !$0.isInherited })
      let table = facts.privileges[.table("public", "t")] ?? []
      #expect(table.contains(.init("SELECT", to: user)))
      #expect(!table.contains { $0.grantee == "anon" })
      #expect(facts.privileges[.column("public", "t", "a")] == [.init("SELECT", to: "anon")])
      #expect(
        facts.privileges[.function("public", "f", "")]?.contains(.init("EXECUTE", to: AccessFacts.everyone))
          == true)
      let view = facts.views[ObjectIdentity(.view, schema: "public", name: "v")]
      #expect(view?.reads == [.table("public", "t")])
      #expect(view?.isSecurityBarrier == true)
      #expect(view?.updatableCommands == ["INSERT", "UPDATE", "DELETE"])
      #expect(facts.privileges[.table("auth", "users")]?.isEmpty == false)
      await connection.close()
    }
  }
}
