import Postgres
import Testing

@Suite("Listening")
struct ListenTests {
  @Test("hears what others send, while idle and while statements run")
  func others() async throws {
    try await withConnection { connection, configuration in
      let sender = try await Connection.connect(configuration)
      var heard = try await connection.listen("Odd \"channel\"").makeAsyncIterator()
      try await sender.query("SELECT pg_notify($1, 'idle')", ["Odd \"channel\""])
      let first = await heard.next()
      #expect(first?.payload == "idle")
      #expect(first?.channel == "Odd \"channel\"")
      #expect(first?.processID == sender.server.processID)

      async let running = connection.query("SELECT pg_sleep(0.05)")
      try await sender.query("SELECT pg_notify($1, 'busy')", ["Odd \"channel\""])
      #expect(await heard.next()?.payload == "busy")
      _ = try await running
      try await sender.query("SELECT pg_notify($1, 'idle again')", ["Odd \"channel\""])
      #expect(await heard.next()?.payload == "idle again")
      await sender.close()
    }
  }

  @Test("hears nothing of other channels, and ends with the connection")
  func ends() async throws {
    try await withConnection { connection, _ async throws in
      let stream = try await connection.listen("own")
      try await connection.execute("NOTIFY elsewhere; NOTIFY own, 'own'")
      await connection.close()
      #expect(await stream.reduce(into: []) { $0.append($1.payload) } == ["own"])
    }
  }

  @Test("ends, and says why, when the server ends the session")
  func terminated() async throws {
    try await withConnection { connection, configuration in
      let other = try await Connection.connect(configuration)
      let stream = try await connection.listen("here")
      try await other.query("SELECT pg_terminate_backend($1)", [.integer(connection.server.processID)])
      for await _ in stream {}
      let error = try await failure { try await connection.query("SELECT 1") }
      #expect(error.code == .connectionLost)
      #expect(error.sqlState == "57P01")
      await other.close()
    }
  }

  @Test("to an impossible channel is refused", arguments: ["", String(repeating: "c", count: 64), "a\0b"])
  func impossible(channel: String) async throws {
    try await withConnection { connection, _ async throws in
      let error = try await failure { _ = try await connection.listen(channel) }
      #expect(error.code == .misuse)
    }
  }
}
