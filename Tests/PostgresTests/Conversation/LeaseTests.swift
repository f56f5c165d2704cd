import Postgres
import Testing

@Suite("A lease")
struct LeaseTests {
  @Test("keeps a thousand queries of concurrent tasks from interleaving")
  func thousandQueries() async throws {
    try await withConnection { connection, _ async throws in
      let answers = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
        for number in 0..<1000 {
          group.addTask {
            (number, try await connection.query("SELECT $1::int AS n", [.integer(number)]).rows[0].int("n"))
          }
        }
        return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      #expect(answers.count == 1000)
      #expect(answers.allSatisfy { $0.key == $0.value })
    }
  }

  @Test("keeps transactions of concurrent tasks apart")
  func transactions() async throws {
    try await withConnection { connection, _ async throws in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<100 {
          group.addTask {
            try await connection.withLease { lease in
              try await lease.query("BEGIN")
              try await lease.query("SELECT set_config('signalbox.test', $1, true)", [.text("\(number)")])
              await Task.yield()
              let seen = try await lease.query("SELECT current_setting('signalbox.test') AS s").rows[0]["s"]
              try await lease.query("COMMIT")
              return seen == "\(number)"
            }
          }
        }
        for try await isOwn in group { #expect(isOwn) }
      }
    }
  }

  @Test("lets its own child tasks speak at once, one after the other")
  func children() async throws {
    try await withConnection { connection, _ async throws in
      try await connection.withLease { lease in
        async let one = lease.query("SELECT 1 AS n, pg_sleep(0.01)")
        async let two = lease.query("SELECT 2 AS n")
        let numbers = try await [one, two].map { try $0.rows[0].int("n") }
        #expect(numbers == [1, 2])
      }
    }
  }

  @Test("refuses its own connection, which would wait for it for ever")
  func nested() async throws {
    try await withConnection { connection, _ async throws in
      try await connection.withLease { lease in
        let error = try await failure { try await connection.query("SELECT 1") }
        #expect(error.code == .misuse)
        #expect(try await lease.query("SELECT 1").rows.count == 1)
      }
      #expect(try await connection.query("SELECT 1").rows.count == 1)
    }
  }

  @Test("is of no use after its end")
  func ended() async throws {
    try await withConnection { connection, _ async throws in
      let lease = try await connection.withLease { $0 }
      let error = try await failure { try await lease.query("SELECT 1") }
      #expect(error.code == .misuse)
    }
  }

  @Test("is not waited for by a task that is cancelled")
  func cancelledWaiter() async throws {
    try await withConnection { connection, _ async throws in
      try await connection.withLease { lease in
        let waiter = Task.detached { try await connection.query("SELECT 1") }
        waiter.cancel()
        let error = try await failure { _ = try await waiter.value }
        #expect(error.code == .cancelled)
        #expect(try await lease.query("SELECT 1").rows.count == 1)
      }
    }
  }

  @Test("that is closed under others tells them so")
  func closed() async throws {
    try await withConnection { connection, _ async throws in
      await connection.close()
      await connection.close()
      let error = try await failure { try await connection.query("SELECT 1") }
      #expect(error.code == .misuse)
      #expect(await connection.transactionStatus == .unknown)
    }
  }

  @Test("can be closed by its holder")
  func closedByHolder() async throws {
    try await withConnection { connection, _ async throws in
      try await connection.withLease { lease in
        await connection.close()
        let error = try await failure { try await lease.query("SELECT 1") }
        #expect(error.code == .misuse)
      }
    }
  }
}
