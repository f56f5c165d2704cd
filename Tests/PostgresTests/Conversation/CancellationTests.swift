import Postgres
import Testing

@Suite("Cancellation")
struct CancellationTests {
  @Test("ends the statement on the server and leaves the connection usable")
  func running() async throws {
    try await withConnection { connection, configuration in
      let observer = try await Connection.connect(configuration)
      let task = Task { try await connection.query("SELECT pg_sleep(600)") }
      try await waitUntilActive(connection.server.processID, observer)
      task.cancel()
      let error = try await failure { _ = try await task.value }
      #expect(error.code == .cancelled)
      #expect(error.sqlState == "57014")
      #expect(error.statement == "SELECT pg_sleep(600)")
      #expect(
        try await observer.query(
          "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND state = 'active'",
          [.integer(connection.server.processID)]
        ).rows.isEmpty)
      #expect(try await connection.query("SELECT 5 AS n").rows[0].int("n") == 5)
      await observer.close()
    }
  }

  @Test("before the statement is sent sends nothing")
  func beforeSend() async throws {
    try await withConnection { connection, _ async throws in
      try await connection.execute("CREATE TEMP TABLE t (id int)")
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        try await connection.query("INSERT INTO t VALUES (1)")
      }
      task.cancel()
      let error = try await failure { _ = try await task.value }
      #expect(error.code == .cancelled)
      #expect(error.report == nil)
      #expect(try await connection.query("TABLE t").rows.isEmpty)
    }
  }

  @Test("that comes late never hits the next statement")
  func late() async throws {
    try await withConnection { connection, _ async throws in
      var cancelled = 0
      for iteration in 0..<400 {
        let task = Task { try await connection.query("SELECT pg_sleep(0.0005)") }
        for _ in 0..<(iteration % 60) { await Task.yield() }
        task.cancel()
        switch await task.result {
        case .success: break
        case .failure(let error):
          if (error as? PostgresError)?.code == .cancelled { cancelled += 1 } else { throw error }
        }
        let next = try await connection.query("SELECT $1::int AS n", [.integer(iteration)])
        #expect(try next.rows[0].int("n") == iteration)
      }
      #expect(cancelled > 0)
    }
  }

  @Test("by the operator ends the statement of whoever runs it")
  func byOperator() async throws {
    try await withConnection { connection, configuration in
      let observer = try await Connection.connect(configuration)
      let task = Task { try await connection.query("SELECT pg_sleep(600)") }
      try await waitUntilActive(connection.server.processID, observer)
      await connection.cancelCurrentStatement()
      let error = try await failure { _ = try await task.value }
      #expect(error.code == .cancelled)
      // With nothing running there is nothing to cancel.
      await connection.cancelCurrentStatement()
      #expect(try await connection.query("SELECT 1").rows.count == 1)
      await observer.close()
    }
  }

  @Test("is told from the server's own timeout")
  func statementTimeout() async throws {
    try await withConnection { connection, _ async throws in
      try await connection.execute("SET statement_timeout = '10ms'")
      let error = try await failure { try await connection.query("SELECT pg_sleep(600)") }
      #expect(error.sqlState == "57014")
      #expect(error.code == .server)
    }
  }

  @Test("does not keep a rollback from being sent")
  func rollback() async throws {
    try await withConnection { connection, configuration in
      let observer = try await Connection.connect(configuration)
      let task = Task {
        try await connection.withLease { lease in
          try await lease.query("BEGIN")
          do {
            try await lease.query("SELECT pg_sleep(600)")
          } catch {
            try await Connection.ignoringCancellation { try await lease.query("ROLLBACK") }
            throw error
          }
        }
      }
      while try await observer.query(
        "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND state = 'active' AND query LIKE 'SELECT pg_sleep%'",
        [.integer(connection.server.processID)]
      ).rows.isEmpty {}
      task.cancel()
      let error = try await failure { try await task.value }
      #expect(error.code == .cancelled)
      #expect(await connection.transactionStatus == .idle)
      await observer.close()
    }
  }

  @Test("ends a pipeline, and what was behind the statement is not run")
  func pipeline() async throws {
    try await withConnection { connection, configuration in
      let observer = try await Connection.connect(configuration)
      try await connection.execute("CREATE TEMP TABLE t (id int)")
      let task = Task {
        try await connection.pipeline([
          PipelineRequest("SELECT pg_sleep(600)"), PipelineRequest("INSERT INTO t VALUES (1)"),
        ])
      }
      try await waitUntilActive(connection.server.processID, observer)
      task.cancel()
      let codes = try await task.value.map { outcome -> PostgresError.Code? in
        if case .failure(let error) = outcome { error.code } else { nil }
      }
      #expect(codes == [.cancelled, .pipelineAborted])
      #expect(try await connection.query("TABLE t").rows.isEmpty)
      await observer.close()
    }
  }
}
