import Postgres
import Testing

@Suite("A canceller of statements", .serialized)
struct StatementCancellerTests {
  @Test("ends the statement that runs, and lets none of its own begin afterwards", .timeLimit(.minutes(15)))
  func cancels() async throws {
    try await withConnection { connection, _ in
      let canceller = StatementCanceller()
      let running = Task {
        try await Connection.cancellable(by: canceller) { try await connection.query("SELECT pg_sleep(600)") }
      }
      while await connection.transactionStatus != .active { await Task.yield() }
      canceller.request()
      let error = await #expect(throws: PostgresError.self) { _ = try await running.value }
      #expect(error?.code == .cancelled)
      let later = await #expect(throws: PostgresError.self) {
        try await Connection.cancellable(by: canceller) {
          _ = try await connection.query("CREATE TEMPORARY TABLE never (x int)")
        }
      }
      #expect(later?.code == .cancelled)
      let result = try await connection.query("SELECT to_regclass('never') IS NULL AS is_gone")
      #expect(try result.rows.first?.bool("is_gone") == true)
    }
  }
}
