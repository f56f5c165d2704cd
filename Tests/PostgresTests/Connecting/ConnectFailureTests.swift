import Testing

@testable import Postgres

@Suite("A failed attempt to connect")
struct ConnectFailureTests {
  private let endpoint = PostgresError.Endpoint(host: "h", port: "5432")

  private func error(_ message: String) -> PostgresError {
    ConnectFailure.error(message, needsPassword: false, endpoint: endpoint)
  }

  @Test("is told in the server's words, in one line")
  func words() {
    let refused = error(
      "connection to server at \"127.0.0.1\", port 1 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?"
    )
    #expect(refused.code == .connectionFailed)
    #expect(
      refused.message
        == "Connection refused. Is the server running on that host and accepting TCP/IP connections?")
    #expect(!ConnectFailure.isFinal(refused))
  }

  @Test("ends the search when the server was there and said no")
  func final() {
    let missing = error(
      "connection to server on socket \"/tmp/.s.PGSQL.5432\" failed: FATAL:  database \"x\" does not exist")
    #expect(missing.code == .connectionFailed)
    #expect(missing.message == "database \"x\" does not exist")
    #expect(ConnectFailure.isFinal(missing))
    let password = error(
      "connection to server at \"h\", port 5432 failed: FATAL:  password authentication failed for user \"me\""
    )
    #expect(password.code == .authentication)
    #expect(ConnectFailure.isFinal(password))
  }

  @Test("goes on to the next address when the server is only starting up")
  func startingUp() {
    #expect(
      !ConnectFailure.isFinal(
        error("connection to server at \"h\", port 5432 failed: FATAL:  the database system is starting up")))
  }

  @Test("of several addresses names each reason once and keeps all")
  func summary() {
    let refused = PostgresError(.connectionFailed, "refused")
    let summary = ConnectFailure.summary([refused, refused, PostgresError(.timedOut, "silent")])
    #expect(summary.code == .connectionFailed)
    #expect(summary.message == "none of 3 addresses could be connected to: refused; silent")
    #expect(summary.causes.count == 3)
    #expect(ConnectFailure.summary([refused, refused]).code == .connectionFailed)
  }
}
