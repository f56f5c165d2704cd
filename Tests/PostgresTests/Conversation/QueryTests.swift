import Postgres
import Testing

@Suite("A query")
struct QueryTests {
  @Test("gives back what its parameters hold")
  func parameters() async throws {
    try await withConnection { connection, _ async throws in
      let row = try await connection.query(
        """
        SELECT $1::int + 1 AS number, $2::text AS text, $3::bytea AS bytes, $4::text AS nothing,
          $5::bool AS truth, $6::text[] AS list, $7::float8 AS ratio
        """,
        [41, "naïve ☃", .bytes([0, 255, 10, 92]), nil, true, .array(["a,b", nil, "\""]), .double(0.1)]
      ).rows[0]
      #expect(try row.int("number") == 42)
      #expect(try row.text("text") == "naïve ☃")
      #expect(try row.text("bytes") == "\\x00ff0a5c")
      #expect(row["nothing"] == nil)
      #expect(try row.isNull("nothing"))
      #expect(try row.bool("truth"))
      #expect(try row.array("list") == ["a,b", nil, "\""])
      #expect(try row.double("ratio") == 0.1)
    }
  }

  @Test("describes its columns and counts its rows")
  func columns() async throws {
    try await withConnection { connection, _ async throws in
      try await connection.execute("CREATE TEMP TABLE t (id int, name varchar(20))")
      let inserted = try await connection.query("INSERT INTO t VALUES (1, 'a'), (2, NULL)")
      #expect(inserted.commandTag == "INSERT 0 2")
      #expect(inserted.affectedRows == 2)
      let selected = try await connection.query("SELECT id, name, id + 1 AS next FROM t ORDER BY id")
      #expect(selected.columns.map(\.name) == ["id", "name", "next"])
      #expect(selected.columns.map(\.type) == [23, 1043, 23])
      #expect(selected.columns.map(\.tableColumn) == [1, 2, nil])
      #expect(selected.rows.map { $0["name"] } == ["a", nil])
    }
  }

  @Test("refuses a NUL in a text parameter or in the statement, and nothing is sent")
  func nul() async throws {
    try await withConnection { connection, _ async throws in
      let parameter = try await failure {
        try await connection.query("SELECT $1::text, $2::text", ["a", "b\0c"])
      }
      #expect(parameter.code == .misuse)
      #expect(parameter.message.contains("$2"))
      let statement = try await failure { try await connection.execute("SELECT 1;\0 DROP TABLE t") }
      #expect(statement.code == .misuse)
      #expect(try await connection.query("SELECT 1").rows.count == 1)
    }
  }

  @Test("that fails carries every field that the server gives")
  func errorFields() async throws {
    try await withOwnDatabase { connection in
      try await connection.execute(
        "CREATE SCHEMA s; CREATE TABLE s.t (id int CONSTRAINT positive CHECK (id > 0) NOT NULL)")
      let syntax = try await failure { try await connection.query("SELECT naïve FRM t") }
      #expect(syntax.code == .server)
      #expect(syntax.sqlState == "42601")
      // Characters, not bytes: the ï before it has two.
      #expect(syntax.report?.position == 18)
      #expect(syntax.statement == "SELECT naïve FRM t")

      let check = try await failure { try await connection.query("INSERT INTO s.t VALUES ($1)", [-1]) }
      #expect(check.sqlState == "23514")
      #expect(check.report?.schema == "s")
      #expect(check.report?.table == "t")
      #expect(check.report?.constraint == "positive")
      #expect(check.report?.detail?.contains("-1") == true)

      let null = try await failure { try await connection.query("INSERT INTO s.t VALUES (NULL)") }
      #expect(null.report?.column == "id")

      let raised = try await failure {
        try await connection.execute(
          "DO $$ BEGIN RAISE EXCEPTION 'no' USING HINT = 'try yes', DETAIL = 'really', ERRCODE = 'SB001'; END $$"
        )
      }
      #expect(raised.sqlState == "SB001")
      #expect(raised.report?.hint == "try yes")
      #expect(raised.report?.context?.contains("inline_code_block") == true)

      let inner = try await failure { try await connection.execute("DO $$ BEGIN PERFORM nope(); END $$") }
      #expect(inner.report?.internalQuery == "SELECT nope()")
      #expect(inner.report?.internalPosition == 8)
    }
  }

  @Test("of several statements gives a result for each, or the first error")
  func script() async throws {
    try await withConnection { connection, _ async throws in
      let results = try await connection.execute(
        "CREATE TEMP TABLE t (id int); INSERT INTO t VALUES (1); TABLE t")
      #expect(results.map(\.commandTag) == ["CREATE TABLE", "INSERT 0 1", "SELECT 1"])
      let error = try await failure {
        try await connection.execute("INSERT INTO t VALUES (2); SELECT 1/0; SELECT 3")
      }
      #expect(error.sqlState == "22012")
      #expect(try await connection.query("TABLE t").rows.count == 1)
      #expect(try await connection.execute("").map(\.commandTag) == [""])
    }
  }

  @Test("of several statements over the extended protocol is refused by the server")
  func oneStatementOnly() async throws {
    try await withConnection { connection, _ async throws in
      let error = try await failure { try await connection.query("SELECT 1; SELECT 2") }
      #expect(error.sqlState == "42601")
    }
  }

  @Test("gives its rows one by one when streamed")
  func stream() async throws {
    try await withConnection { connection, _ async throws in
      var sum = 0
      let tag = try await connection.stream("SELECT n FROM generate_series(1, $1::int) n", [5000]) { row in
        sum += try row.int("n")
      }
      #expect(tag.affectedRows == 5000)
      #expect(sum == 12_502_500)
    }
  }

  @Test("that fails halfway gives the rows before it and then the error")
  func streamFailure() async throws {
    try await withConnection { connection, _ async throws in
      var rows = 0
      let error = try await failure {
        try await connection.stream("SELECT 1 / (1000 - n) FROM generate_series(1, 2000) n") { _ in rows += 1
        }
      }
      #expect(error.sqlState == "22012")
      #expect(rows == 999)
      #expect(try await connection.query("SELECT 1").rows.count == 1)
    }
  }

  @Test("whose reader fails is stopped, and the reader's error is the one that comes out")
  func streamReaderFails() async throws {
    struct Enough: Error {}
    try await withConnection { connection, _ async throws in
      await #expect(throws: Enough.self) {
        try await connection.stream("SELECT generate_series(1, 100000000)") { _ in throw Enough() }
      }
      #expect(try await connection.query("SELECT 7 AS n").rows[0].int("n") == 7)
      #expect(await connection.transactionStatus == .idle)
    }
  }

  @Test("says where the connection stands in a transaction")
  func transactionStatus() async throws {
    try await withConnection { connection, _ async throws in
      #expect(await connection.transactionStatus == .idle)
      try await connection.query("BEGIN")
      #expect(await connection.transactionStatus == .inTransaction)
      _ = try await failure { try await connection.query("SELECT 1/0") }
      #expect(await connection.transactionStatus == .failed)
      try await connection.query("ROLLBACK")
      #expect(await connection.transactionStatus == .idle)
    }
  }
}
