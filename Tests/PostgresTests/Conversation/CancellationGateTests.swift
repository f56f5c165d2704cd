import Testing

@testable import Postgres

@Suite("A cancellation gate")
struct CancellationGateTests {
  @Test("whose request cannot be sent says so, once the statement was sent")
  func failing() async {
    let gate = CancellationGate(nil)
    gate.request()
    #expect(gate.isRequestedBeforeSend)
    gate.sent()
    #expect(await gate.settle() == .failed("the connection has no means to cancel"))
    #expect(gate.wasSent)
  }

  @Test("has nothing to settle when nobody asked")
  func quiet() async {
    let gate = CancellationGate(nil)
    gate.sent()
    #expect(await gate.settle() == .notSent)
    gate.request()
    #expect(!gate.wasSent)
  }

  @Test("whose request fails gives the connection up: nothing else would end the statement")
  func givenUp() async throws {
    try await withConnection { connection, configuration in
      let observer = try await Connection.connect(configuration)
      let gate = CancellationGate(nil)
      let task = Task { try await connection.query("SELECT pg_sleep(600)", [], gate) }
      try await waitUntilActive(connection.server.processID, observer)
      gate.request()
      let error = try await failure { _ = try await task.value }
      #expect(error.code == .connectionLost)
      #expect(error.message == "the statement could not be cancelled: the connection has no means to cancel")
      try await observer.query("SELECT pg_terminate_backend($1)", [.integer(connection.server.processID)])
      await observer.close()
    }
  }
}
