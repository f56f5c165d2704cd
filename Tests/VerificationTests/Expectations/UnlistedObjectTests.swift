import Catalog
import Migrations
import Postgres
import Schema
import TestServer
import Testing

@testable import Verification

@Suite("Expectations of what no snapshot lists")
struct UnlistedObjectTests {
  /// `met`, `missing`, … for a claim on the database.
  private func code(
    _ claim: Migrations.Expectation.Claim, _ connection: Connection
  ) async throws -> Substring {
    let snapshot = try await CatalogReader(connection).snapshot()
    let judgement = try await ExpectationJudge(snapshot: snapshot).judge(claim) { query in
      do { return .text(try await connection.query(query).rows.first?[0]) } catch let error as PostgresError
        where error.code == .server
      { return .refused(error.message) }
    }
    return (judgement.code ?? FindingCode.expectationMet).dropFirst("expectation.".count)
  }

  @Test("the server is asked for each")
  func kinds() async throws {
    let role = TestServer.uniqueName("unlisted")
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      let database = connection.server.database
      _ = try await connection.execute(
        """
        CREATE ROLE \(role);
        ALTER ROLE \(role) SET statement_timeout = '8s';
        ALTER ROLE \(role) IN DATABASE \(database) SET search_path = public, pg_temp;
        ALTER DATABASE \(database) SET timezone = 'UTC';
        CREATE TEXT SEARCH PARSER words (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end,
          LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
        CREATE TEXT SEARCH TEMPLATE plain (INIT = dsimple_init, LEXIZE = dsimple_lexize);
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO \(role);
        CREATE FOREIGN DATA WRAPPER wrapper;
        CREATE SERVER remote FOREIGN DATA WRAPPER wrapper;
        CREATE USER MAPPING FOR \(role) SERVER remote;
        """)
      func setting(_ name: String, _ owner: String) -> ObjectIdentity {
        ObjectIdentity(.setting, name: name, signature: owner)
      }
      let present: [ObjectIdentity] = [
        ObjectIdentity(.database, name: database), ObjectIdentity(.tablespace, name: "pg_default"),
        setting("statement_timeout", "role \(role)"),
        setting("search_path", "role \(role) in database \(database)"),
        setting("timezone", "database \(database)"),
        ObjectIdentity(.textSearchParser, schema: "public", name: "words"),
        ObjectIdentity(.textSearchTemplate, schema: "public", name: "plain"),
        ObjectIdentity(.defaultPrivilege, schema: "public", name: "tables", signature: "SELECT to \(role)"),
        ObjectIdentity(.userMapping, parent: "remote", name: role),
      ]
      for object in present {
        #expect(try await code(.exists(object), connection) == "met", "\(object)")
        #expect(try await code(.absent(object), connection) == "absent", "\(object)")
      }
      let absent: [ObjectIdentity] = [
        ObjectIdentity(.database, name: "nowhere"), ObjectIdentity(.tablespace, name: "nowhere"),
        ObjectIdentity(.subscription, name: "nowhere"), ObjectIdentity(.transform, name: "integer FOR sql"),
        setting("work_mem", "role \(role)"), setting("statement_timeout", "database \(database)"),
        setting("search_path", "role \(role)"),
        ObjectIdentity(.textSearchParser, schema: "public", name: "plain"),
        ObjectIdentity(.textSearchTemplate, schema: "pg_catalog", name: "plain"),
        ObjectIdentity(.defaultPrivilege, schema: "public", name: "tables", signature: "DELETE to \(role)"),
        ObjectIdentity(.userMapping, parent: "remote", name: "nobody"),
      ]
      for object in absent {
        #expect(try await code(.exists(object), connection) == "missing", "\(object)")
        #expect(try await code(.absent(object), connection) == "met", "\(object)")
      }
      let timeout = setting("statement_timeout", "role \(role)")
      #expect(try await code(.setting(timeout, value: "8s"), connection) == "met")
      #expect(try await code(.setting(timeout, value: "9s"), connection) == "setting")
      let path = setting("search_path", "role \(role) in database \(database)")
      #expect(try await code(.setting(path, value: "public,pg_temp"), connection) == "met")
      #expect(
        try await code(.setting(setting("work_mem", "role \(role)"), value: "1MB"), connection) == "missing")
      _ = try await connection.execute("DROP OWNED BY \(role); DROP ROLE \(role)")
      await connection.close()
    }
  }
}
