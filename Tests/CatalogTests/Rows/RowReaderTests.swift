import Catalog
import Postgres
import Schema
import TestServer
import Testing

@Suite("Reading rows")
struct RowReaderTests {
  private func with(
    _ sql: String, _ limits: RowReader.Limits = RowReader.Limits(), _ body: (RowReader) async throws -> Void
  ) async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute(sql)
      try await body(RowReader(connection, limits: limits))
      #expect(await connection.transactionStatus == .idle)
      await connection.close()
    }
  }

  private static let numbers: ObjectIdentity = .table("public", "numbers")

  @Test("pages follow the primary key and say whether there is more")
  func pages() async throws {
    let sql = """
      CREATE TABLE numbers (name text, id int PRIMARY KEY);
      INSERT INTO numbers SELECT 'n' || i, i FROM generate_series(5, 1, -1) i
      """
    try await with(sql, RowReader.Limits(rows: 2)) { reader in
      let first = try await reader.page(of: Self.numbers)
      #expect(first.columns == ["name", "id"])
      #expect(first.rows == [["n1", "1"], ["n2", "2"]])
      #expect(first.hasMore)
      #expect(first.order == ["id"])
      let last = try await reader.page(of: Self.numbers, offset: 4)
      #expect(last.rows == [["n5", "5"]])
      #expect(!last.hasMore)
      #expect(last.offset == 4)
    }
  }

  @Test("long values are cut, NULL is none, and names of any kind are read")
  func values() async throws {
    let sql = #"""
      CREATE SCHEMA "S.""1";
      CREATE TABLE "S.""1"."T'x" ("A ""b" text, empty text, nothing text, bytes bytea, list int[], doc jsonb);
      INSERT INTO "S.""1"."T'x" VALUES (repeat('ä', 50), '', NULL, '\x00ff', '{1,2}', '{"a": [1]}')
      """#
    try await with(sql, RowReader.Limits(characters: 10)) { reader in
      let page = try await reader.page(of: .table("S.\"1", "T'x"))
      #expect(page.columns == ["A \"b", "empty", "nothing", "bytes", "list", "doc"])
      #expect(page.rows == [["ääääääääää…", "", nil, #"\x00ff"#, "{1,2}", #"{"a": [1]}"#]])
      #expect(page.order == [])
    }
  }

  @Test("what takes too long, writes, or is not there fails, and leaves no transaction open")
  func failures() async throws {
    let sql = """
      CREATE TABLE log (a int);
      CREATE FUNCTION note() RETURNS int LANGUAGE sql AS 'INSERT INTO log VALUES (1) RETURNING a';
      CREATE VIEW writing AS SELECT note();
      CREATE VIEW slow AS SELECT pg_sleep(600)::text
      """
    try await with(sql, RowReader.Limits(seconds: 0.05)) { reader in
      for (name, state) in [("writing", "25006"), ("slow", "57014")] {
        await #expect {
          _ = try await reader.page(of: ObjectIdentity(.view, schema: "public", name: name))
        } throws: { error in
          (error as? PostgresError)?.report?.sqlState == state
        }
      }
      await #expect(throws: PostgresError.self) {
        _ = try await reader.page(of: .table("public", "nowhere"))
      }
    }
  }
}
