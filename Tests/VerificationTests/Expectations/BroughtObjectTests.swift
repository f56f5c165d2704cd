import Catalog
import Migrations
import Postgres
import Schema
import TestServer
import Testing

@testable import Verification

@Suite("Expectations of what the server or an extension brings along")
struct BroughtObjectTests {
  @Test("what no snapshot lists for that reason is there all the same, and cannot be claimed to be gone")
  func present() async throws {
    try await onDatabase { connection in
      for object in Self.brought {
        let codes = [
          try await code(.exists(object), connection), try await code(.absent(object), connection),
        ]
        #expect(codes == ["met", "absent"], "\(object)")
      }
    }
  }

  @Test("what is nowhere is missing, whatever its kind")
  func missing() async throws {
    try await onDatabase { connection in
      for var object in Self.brought {
        object.name = object.kind == .cast ? "integer AS point" : object.kind == .operator ? "<<<" : "nowhere"
        let codes = [
          try await code(.exists(object), connection), try await code(.absent(object), connection),
        ]
        #expect(codes == ["missing", "met"], "\(object)")
      }
      let other = ObjectIdentity(.function, schema: "public", name: "citextin", signature: "integer")
      let wrong = try await code(.exists(other), connection)
      #expect(wrong == "missing")
    }
  }

  private static let brought: [ObjectIdentity] = [
    .table("pg_catalog", "pg_class"), ObjectIdentity(.view, schema: "pg_catalog", name: "pg_stat_activity"),
    ObjectIdentity(.index, schema: "pg_catalog", name: "pg_class_oid_index"),
    ObjectIdentity(.type, schema: "public", name: "citext"),
    ObjectIdentity(.domain, schema: "information_schema", name: "sql_identifier"),
    ObjectIdentity(.function, schema: "public", name: "citextin", signature: "cstring"),
    ObjectIdentity(.function, schema: "public", name: "citextin"),
    ObjectIdentity(.aggregate, schema: "public", name: "max", signature: "citext"),
    ObjectIdentity(.operator, schema: "public", name: "=", signature: "citext, citext"),
    ObjectIdentity(.operatorClass, schema: "public", name: "citext_ops", signature: "btree"),
    ObjectIdentity(.operatorFamily, schema: "public", name: "citext_ops", signature: "hash"),
    ObjectIdentity(.collation, schema: "pg_catalog", name: "C"),
    ObjectIdentity(.textSearchConfiguration, schema: "pg_catalog", name: "english"),
    ObjectIdentity(.cast, name: "integer AS bigint"), ObjectIdentity(.schema, name: "pg_catalog"),
    ObjectIdentity(.role, name: "pg_monitor"), ObjectIdentity(.language, name: "plpgsql"),
    ObjectIdentity(.accessMethod, name: "heap"),
  ]

  private func onDatabase(_ body: (Connection) async throws -> Void) async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      _ = try await connection.execute("CREATE EXTENSION citext")
      try await body(connection)
      await connection.close()
    }
  }

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
}
