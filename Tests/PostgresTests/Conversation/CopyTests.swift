import Postgres
import Testing

@Suite("COPY")
struct CopyTests {
  @Test("carries bytes that are not UTF-8, in and out")
  func bytes() async throws {
    try await withConnection { connection, _ async throws in
      try await connection.execute("CREATE TEMP TABLE t (name text)")
      let data: [[UInt8]] = [[0x6e, 0x61], [0xef, 0x76, 0x65, 0x0a, 0xe9], [0x0a]]
      let tag = try await connection.copyIn("COPY t FROM STDIN (ENCODING 'LATIN1')", data: data)
      #expect(tag.affectedRows == 2)
      #expect(try await connection.query("TABLE t").rows.map { $0["name"] } == ["naïve", "é"])
      var out: [UInt8] = []
      let outTag = try await connection.copyOut("COPY t TO STDOUT (ENCODING 'LATIN1')") { out += $0 }
      #expect(outTag.text == "COPY 2")
      #expect(out == data.flatMap { $0 })
    }
  }

  @Test("takes large data from an asynchronous sequence and gives it back")
  func large() async throws {
    try await withConnection { connection, _ async throws in
      try await connection.execute("CREATE TEMP TABLE t (id int, filler text)")
      let filler = String(repeating: "f", count: 1000)
      let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
      for id in 0..<5000 { continuation.yield(Array("\(id)\t\(filler)\n".utf8)) }
      continuation.finish()
      #expect(try await connection.copyIn("COPY t FROM STDIN", data: stream).affectedRows == 5000)
      var (chunks, size) = (0, 0)
      try await connection.copyOut("COPY t TO STDOUT") { chunk in
        chunks += 1
        size += chunk.count
      }
      #expect(chunks == 5000)
      #expect(size > 5_000_000)
    }
  }

  @Test("with wrong data says what the server says, and where")
  func wrongData() async throws {
    try await withConnection { connection, _ async throws in
      try await connection.execute("CREATE TEMP TABLE t (id int)")
      let error = try await failure {
        try await connection.copyIn("COPY t FROM STDIN", data: [Array("1\n".utf8), Array("two\n".utf8)])
      }
      #expect(error.sqlState == "22P02")
      #expect(error.report?.context?.contains("line 2") == true)
      #expect(try await connection.query("TABLE t").rows.isEmpty)
    }
  }

  @Test("whose data cannot be read is broken off on the server")
  func failingSource() async throws {
    struct Unreadable: Error {}
    try await withConnection { connection, _ async throws in
      try await connection.execute("CREATE TEMP TABLE t (id int)")
      let data = AsyncThrowingStream<[UInt8], any Error> { continuation in
        continuation.yield(Array("1\n".utf8))
        continuation.finish(throwing: Unreadable())
      }
      await #expect(throws: Unreadable.self) { try await connection.copyIn("COPY t FROM STDIN", data: data) }
      #expect(try await connection.query("TABLE t").rows.isEmpty)
      #expect(await connection.transactionStatus == .idle)
    }
  }

  @Test("of a cancelled task keeps nothing, even when its data just ends")
  func cancelled() async throws {
    try await withConnection { connection, _ async throws in
      try await connection.execute("CREATE TEMP TABLE t (id int)")
      let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
      let task = Task { try await connection.copyIn("COPY t FROM STDIN", data: stream) }
      continuation.yield(Array("1\n".utf8))
      while await connection.transactionStatus != .active { await Task.yield() }
      task.cancel()
      let error = try await failure { _ = try await task.value }
      #expect(error.code == .cancelled)
      #expect(try await connection.query("TABLE t").rows.isEmpty)
      withExtendedLifetime(continuation) {}
    }
  }

  @Test("whose reader fails is stopped")
  func failingReader() async throws {
    struct Enough: Error {}
    try await withConnection { connection, _ async throws in
      await #expect(throws: Enough.self) {
        try await connection.copyOut("COPY (SELECT generate_series(1, 100000000)) TO STDOUT") { _ in
          throw Enough()
        }
      }
      #expect(try await connection.query("SELECT 1").rows.count == 1)
    }
  }

  @Test(
    "asked for as an ordinary statement is refused, and the connection stays usable",
    arguments: ["COPY t FROM STDIN", "COPY t TO STDOUT"])
  func misplaced(sql: String) async throws {
    try await withConnection { connection, _ async throws in
      try await connection.execute(
        "CREATE TEMP TABLE t (id int); INSERT INTO t SELECT generate_series(1, 1000)")
      #expect(try await failure { try await connection.query(sql) }.code == .misuse)
      #expect(try await failure { try await connection.execute(sql) }.code == .misuse)
      #expect(try await connection.query("TABLE t").rows.count == 1000)
    }
  }

  @Test("functions refuse other statements")
  func notCopy() async throws {
    try await withConnection { connection, _ async throws in
      #expect(try await failure { try await connection.copyIn("SELECT 1", data: [[1]]) }.code == .misuse)
      #expect(try await failure { try await connection.copyOut("SELECT 1") { _ in } }.code == .misuse)
      #expect(
        try await failure { try await connection.copyOut("COPY nope TO STDOUT") { _ in } }.sqlState == "42P01"
      )
      #expect(try await connection.query("SELECT 1").rows.count == 1)
    }
  }
}
