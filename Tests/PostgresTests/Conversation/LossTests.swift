import Postgres
import Testing

@Suite("A lost connection")
struct LossTests {
  @Test("during a statement is told with the server's last words")
  func duringStatement() async throws {
    try await withConnection { connection, configuration in
      let observer = try await Connection.connect(configuration)
      let task = Task { try await connection.query("SELECT pg_sleep(600)") }
      try await waitUntilActive(connection.server.processID, observer)
      try await observer.query("SELECT pg_terminate_backend($1)", [.integer(connection.server.processID)])
      let error = try await failure { _ = try await task.value }
      #expect(error.code == .connectionLost)
      #expect(error.sqlState == "57P01")
      #expect(error.statement == "SELECT pg_sleep(600)")
      #expect(error.endpoint?.database == configuration.parameters["dbname"])
      let next = try await failure { try await connection.query("SELECT 1") }
      #expect(next.code == .connectionLost)
      #expect(await connection.transactionStatus == .unknown)
      await observer.close()
    }
  }

  @Test("between statements is told by the next one")
  func betweenStatements() async throws {
    try await withConnection { connection, configuration in
      let observer = try await Connection.connect(configuration)
      let processID = connection.server.processID
      try await observer.query("SELECT pg_terminate_backend($1)", [.integer(processID)])
      while try await !observer.query("SELECT 1 FROM pg_stat_activity WHERE pid = $1", [.integer(processID)])
        .rows.isEmpty
      {}
      let error = try await failure { try await connection.query("SELECT 1") }
      #expect(error.code == .connectionLost)
      await observer.close()
    }
  }

  @Test("that somebody gives up ends its statement at once, without waiting for the server")
  func givenUp() async throws {
    try await withConnection { connection, configuration in
      let observer = try await Connection.connect(configuration)
      let task = Task { try await connection.query("SELECT pg_sleep(600)") }
      try await waitUntilActive(connection.server.processID, observer)
      #expect(try #require(await connection.silence) >= .zero)
      await connection.giveUp(because: "nobody waits any more")
      let error = try await failure { _ = try await task.value }
      #expect(error.code == .connectionLost)
      #expect(error.message == "nobody waits any more")
      let next = try await failure { try await connection.query("SELECT 1") }
      #expect(next.code == .connectionLost)
      #expect(await connection.silence == nil)
      try await observer.query("SELECT pg_terminate_backend($1)", [.integer(connection.server.processID)])
      await observer.close()
    }
  }

  @Test("that somebody gives up between statements is told by the next one")
  func givenUpWhileIdle() async throws {
    try await withConnection { connection, _ in
      #expect(await connection.silence == nil)
      await connection.giveUp(because: "nobody waits any more")
      let error = try await failure { try await connection.query("SELECT 1") }
      #expect(error.code == .connectionLost)
    }
  }

  @Test("during a pipeline gives every request an outcome")
  func duringPipeline() async throws {
    try await withConnection { connection, _ async throws in
      let outcomes = try await connection.pipeline([
        PipelineRequest("SELECT 1", synchronizes: true),
        PipelineRequest("SELECT pg_terminate_backend(pg_backend_pid())"),
        PipelineRequest("SELECT 2"),
      ])
      #expect(try outcomes[0].get().rows.count == 1)
      let codes = outcomes.dropFirst().map { outcome -> PostgresError.Code? in
        if case .failure(let error) = outcome { error.code } else { nil }
      }
      // What stood behind the fatal error was not run, which libpq knows.
      #expect(codes == [.connectionLost, .pipelineAborted])
      #expect(await connection.transactionStatus == .unknown)
    }
  }
}
