import Postgres
import TestServer

/// Gives a test a connection to the database that all tests share: what it makes there must be temporary.
func withConnection(
  onNotice: (@Sendable (Notice) -> Void)? = nil,
  _ body: (Connection, ConnectionConfiguration) async throws -> Void
) async throws {
  let configuration = try await TestServer.configuration()
  let connection = try await Connection.connect(configuration, onNotice: onNotice)
  try await closing(connection) { try await body(connection, configuration) }
}

/// Gives a test a connection to a database of its own.
func withOwnDatabase(_ body: (Connection) async throws -> Void) async throws {
  try await TestServer.withDatabase { configuration in
    let connection = try await Connection.connect(configuration)
    try await closing(connection) { try await body(connection) }
  }
}

private func closing(_ connection: Connection, _ body: () async throws -> Void) async throws {
  do {
    try await body()
  } catch {
    await connection.close()
    throw error
  }
  await connection.close()
}

/// Runs something that must fail, and gives its error.
func failure(_ body: () async throws -> Void) async throws -> PostgresError {
  do {
    try await body()
  } catch let error as PostgresError {
    return error
  }
  throw NoFailure()
}

struct NoFailure: Error {}

/// Returns once the server itself says that a session is busy with a statement.
func waitUntilActive(_ processID: Int32, _ observer: Connection) async throws {
  while try await observer.query(
    "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND state = 'active'", [.integer(processID)]
  ).rows.isEmpty {}
}
