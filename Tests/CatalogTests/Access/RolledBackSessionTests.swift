import Catalog
import Postgres
import Schema
import TestServer
import Testing

@Suite("Rolled-back session")
struct RolledBackSessionTests {
  @Test("preparations build on each other, trials see them and not each other, and nothing stays")
  func isolation() async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute("CREATE TABLE t (a int PRIMARY KEY)")
      let outcomes = try await RolledBackSession(connection).run(
        preparing: [
          RoleStatement("INSERT INTO t VALUES (1)"), RoleStatement("INSERT INTO t VALUES (1)"),
          RoleStatement("INSERT INTO t VALUES (2)"),
        ],
        trying: [
          RoleStatement("DELETE FROM t"), RoleStatement("SELECT a FROM t"), RoleStatement("SELECT 1/0"),
          RoleStatement("SELECT a FROM t"),
        ])
      #expect(outcomes.preparations[0] == .rows(1))
      #expect(outcomes.preparations[2] == .rows(1))
      guard case .failure(let duplicate) = outcomes.preparations[1] else {
        Issue.record("the second row with one key was made")
        return
      }
      #expect(duplicate.sqlState == "23505")
      #expect(outcomes.trials[0] == .rows(2))
      #expect(outcomes.trials[1] == .rows(2))
      guard case .failure(let division) = outcomes.trials[2] else {
        Issue.record("1/0 was no failure")
        return
      }
      #expect(division.sqlState == "22012")
      #expect(outcomes.trials[3] == .rows(2))
      #expect(try await connection.query("SELECT a FROM t").rows.isEmpty)
      #expect(await connection.transactionStatus == .idle)
      await connection.close()
    }
  }

  @Test("role and settings last as long as their trial; a role that cannot be taken on is no refusal")
  func roles() async throws {
    try await TestServer.withDatabase(platform: true) { configuration in
      let connection = try await Connection.connect(configuration)
      let who =
        "SELECT 1 WHERE current_user = 'anon' AND current_setting('request.jwt.claim.sub', true) = 'x'"
      let outcomes = try await RolledBackSession(connection).run(
        preparing: [],
        trying: [
          RoleStatement(who, role: "anon", settings: [.init("request.jwt.claim.sub", "x")]),
          RoleStatement(who), RoleStatement("SELECT 1", role: "nobody at all"),
        ])
      #expect(outcomes.trials[0] == .rows(1))
      #expect(outcomes.trials[1] == .rows(0))
      guard case .untried = outcomes.trials[2] else {
        Issue.record("a role that is not there was taken on")
        return
      }
      await connection.close()
    }
  }

  @Test("an open transaction is not touched")
  func openTransaction() async throws {
    try await TestServer.withDatabase { configuration in
      let connection = try await Connection.connect(configuration)
      try await connection.execute("BEGIN; CREATE TABLE kept (a int)")
      let error = await #expect(throws: PostgresError.self) {
        try await RolledBackSession(connection).run(preparing: [], trying: [])
      }
      #expect(error?.code == .misuse)
      try await connection.execute("COMMIT")
      #expect(try await connection.query("SELECT a FROM kept").rows.isEmpty)
      await connection.close()
    }
  }
}
