import Catalog
import Postgres
import Schema
import TestServer
import Testing

@Suite("A look into an open transaction")
struct OpenTransactionTests {
  private func withTransaction(
    _ sql: String, _ body: @Sendable (Connection, OpenTransaction) async throws -> Void
  ) async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute("CREATE TABLE a (x int); INSERT INTO a VALUES (1)")
      try await connection.execute("BEGIN; \(sql)")
      try await body(connection, OpenTransaction(connection))
      await connection.close()
    }
  }

  private static let column: ObjectIdentity = .column("public", "a", "y")

  @Test("sees what is not committed, in the catalog and in rows, and leaves the transaction open")
  func seeing() async throws {
    try await withTransaction("ALTER TABLE a ADD COLUMN y int DEFAULT 7") { connection, transaction in
      let snapshot = try await transaction.look { try await CatalogReader($0).snapshot() }
      #expect(snapshot.contains(Self.column))
      let page = try await transaction.look { try await RowReader($0).page(of: .table("public", "a")) }
      #expect(page.rows == [["1", "7"]])
      #expect(await connection.transactionStatus == .inTransaction)
      try await connection.execute("INSERT INTO a VALUES (2); COMMIT")
      #expect(try await connection.query("SELECT sum(y) FROM a").rows.first?[0] == "14")
    }
  }

  @Test("does no harm when it fails")
  func failing() async throws {
    try await withTransaction("CREATE TABLE b (x int)") { connection, transaction in
      await #expect(throws: PostgresError.self) {
        try await transaction.look { try await $0.query("SELECT * FROM nowhere") }
      }
      #expect(await connection.transactionStatus == .inTransaction)
      try await connection.execute("COMMIT")
      #expect(try await connection.query("SELECT to_regclass('b') IS NOT NULL").rows.first?[0] == "t")
    }
  }

  @Test("writes nothing, and leaves no setting behind")
  func leavingNothing() async throws {
    try await withTransaction("SET LOCAL search_path = pg_temp; SET LOCAL lock_timeout = '7s'") {
      connection, transaction in
      await #expect(throws: PostgresError.self) {
        try await transaction.look { try await $0.query("INSERT INTO public.a VALUES (9)") }
      }
      try await transaction.look { _ = try await $0.query("SELECT 1") }
      let settings = try await connection.query(
        """
        SELECT current_setting('search_path') || ' ' || current_setting('lock_timeout') || ' '
               || current_setting('transaction_read_only')
        """)
      #expect(settings.rows.first?[0] == "pg_temp 7s off")
      try await connection.execute("INSERT INTO public.a VALUES (3); ROLLBACK")
    }
  }

  @Test("is refused where none is open, and where it has failed")
  func refusing() async throws {
    try await withTransaction("") { connection, transaction in
      await #expect(throws: PostgresError.self) { try await connection.query("SELECT * FROM nowhere") }
      await #expect(throws: PostgresError.self) { try await transaction.look { _ in } }
      try await connection.execute("ROLLBACK")
      await #expect(throws: PostgresError.self) { try await transaction.look { _ in } }
    }
  }
}
