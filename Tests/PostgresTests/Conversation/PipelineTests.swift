import Postgres
import Synchronization
import Testing

@Suite("A pipeline")
struct PipelineTests {
  @Test("gives an outcome for each request, and an error skips the rest up to the next Sync")
  func errorInTheMiddle() async throws {
    try await withConnection { connection, _ async throws in
      let outcomes = try await connection.pipeline([
        PipelineRequest("CREATE TEMP TABLE kept (id int)", synchronizes: true),
        PipelineRequest("CREATE TEMP TABLE lost (id int)"),
        PipelineRequest("SELECT $1::int / 0", [1]),
        PipelineRequest("SELECT 'skipped'", synchronizes: true),
        PipelineRequest("SELECT to_regclass('kept') AS kept, to_regclass('lost') AS lost"),
      ])
      let codes = outcomes.map { outcome -> PostgresError.Code? in
        if case .failure(let error) = outcome { error.code } else { nil }
      }
      #expect(codes == [nil, nil, .server, .pipelineAborted, nil])
      guard case .failure(let error) = outcomes[2] else { return }
      #expect(error.sqlState == "22012")
      #expect(error.statement == "SELECT $1::int / 0")
      let row = try outcomes[4].get().rows[0]
      #expect(row["kept"] == "kept")
      #expect(row["lost"] == nil)
      #expect(await connection.transactionStatus == .idle)
      #expect(try await connection.execute("SELECT 1; SELECT 2").count == 2)
    }
  }

  @Test("keeps what is committed before an error, with one Sync at its end")
  func commits() async throws {
    try await withConnection { connection, _ async throws in
      try await connection.withLease { lease in
        _ = try await lease.pipeline(
          [
            "BEGIN", "CREATE TEMP TABLE a ()", "COMMIT", "BEGIN", "CREATE TEMP TABLE b ()", "SELECT 1/0",
            "COMMIT",
            "BEGIN",
          ].map { PipelineRequest($0) })
        #expect(await lease.transactionStatus == .failed)
        try await lease.query("ROLLBACK")
        let row = try await lease.query("SELECT to_regclass('a') AS a, to_regclass('b') AS b").rows[0]
        #expect(row["a"] == "a")
        #expect(row["b"] == nil)
      }
    }
  }

  @Test("tells each outcome as it comes, and each notice after the outcome of the request before")
  func outcomesAsTheyCome() async throws {
    let told = Mutex<[String]>([])
    try await withConnection { connection, _ async throws in
      let requests = ["SELECT 1", "DROP TABLE IF EXISTS nowhere", "SELECT 2"]
        .map { PipelineRequest($0, flushes: true) }
      let outcomes = try await connection.pipeline(requests) { place, outcome in
        let notices = (try? outcome.get().notices.map(\.message)) ?? ["failed"]
        told.withLock { $0.append("\(place) \(notices.joined())") }
      }
      #expect(outcomes.count == 3)
    }
    #expect(
      told.withLock { $0 } == ["0 ", "1 table \"nowhere\" does not exist, skipping", "2 "])
  }

  @Test("prepares statements and runs them by their names")
  func prepared() async throws {
    try await withConnection { connection, _ async throws in
      let sql = "SELECT cardinality($1) AS n"
      let outcomes = try await connection.pipeline([
        .prepare("count_of", sql, types: [1009]), .prepared("count_of", sql, [.array(["a", "b"])]),
        PipelineRequest("SELECT 1").prepared(as: "nobody"),
      ])
      #expect(try outcomes[1].get().rows.first?.int("n") == 2)
      guard case .failure(let error) = outcomes[2] else {
        Issue.record("a name that nothing was prepared under was taken")
        return
      }
      #expect(error.sqlState == "26000")
    }
  }

  @Test("with large data both ways does not block")
  func largeVolume() async throws {
    try await withConnection { connection, _ async throws in
      let text = String(repeating: "x", count: 20_000)
      let requests = (0..<400).map { number in
        PipelineRequest("SELECT repeat($1, 5) AS t, $2::int AS n", [.text(text), .integer(number)])
      }
      let outcomes = try await connection.pipeline(requests)
      #expect(outcomes.count == 400)
      for (number, outcome) in outcomes.enumerated() {
        let row = try outcome.get().rows[0]
        #expect(try row.int("n") == number)
        #expect(row.bytes(0)?.count == 100_000)
      }
    }
  }

  @Test("of many small requests keeps their order")
  func manyRequests() async throws {
    try await withConnection { connection, _ async throws in
      let outcomes = try await connection.pipeline(
        (0..<5000).map { PipelineRequest("SELECT $1::int AS n", [.integer($0)], synchronizes: $0 % 7 == 0) })
      #expect(try outcomes.map { try $0.get().rows[0].int("n") } == Array(0..<5000))
    }
  }

  @Test("of nothing gives nothing")
  func empty() async throws {
    try await withConnection { connection, _ async throws in
      #expect(try await connection.pipeline([]).isEmpty)
    }
  }

  @Test("with a NUL in one request sends none")
  func nul() async throws {
    try await withConnection { connection, _ async throws in
      let error = try await failure {
        _ = try await connection.pipeline([PipelineRequest("SELECT 1"), PipelineRequest("SELECT $1", ["\0"])])
      }
      #expect(error.code == .misuse)
      #expect(try await connection.query("SELECT 1").rows.count == 1)
    }
  }

  @Test("with COPY in it gives the connection up and says so")
  func copy() async throws {
    try await withConnection { connection, _ async throws in
      let outcomes = try await connection.pipeline([
        PipelineRequest("SELECT 1"), PipelineRequest("COPY (SELECT 1) TO STDOUT"),
        PipelineRequest("SELECT 2"),
      ])
      #expect(outcomes.count == 3)
      guard case .failure(let error) = outcomes[1] else {
        Issue.record("the COPY did not fail")
        return
      }
      #expect(error.code == .connectionLost)
      let next = try await failure { try await connection.query("SELECT 1") }
      #expect(next.code == .connectionLost)
    }
  }
}
