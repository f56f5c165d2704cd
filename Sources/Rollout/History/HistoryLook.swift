import Postgres

/// Asks about the tables of histories, which somebody may hold as any other table.
struct HistoryLook: Sendable {
  /// The connection that is asked over.
  let connection: Connection

  /// A look waits as long as one at the catalog does; then the server answers with SQLSTATE 55P03.
  private static let patience = PipelineRequest(
    "SELECT pg_catalog.set_config('lock_timeout', '2000', true)")

  /// Asks in one round trip, all of it in one transaction of the pipeline's own, or in the one that is open.
  ///
  /// - Throws: ``PostgresError`` of the first request that fails.
  func ask(_ requests: [PipelineRequest]) async throws -> [QueryResult] {
    // What stands between two Syncs is one transaction, to whose end the setting counts.
    let questions = requests.map { request in
      var request = request
      request.synchronizes = false
      return request
    }
    return try await connection.pipeline([Self.patience] + questions).dropFirst().map { try $0.get() }
  }

  /// Asks one thing.
  ///
  /// - Throws: ``PostgresError``.
  func ask(_ sql: String, _ parameters: [Parameter] = []) async throws -> QueryResult {
    try await ask([PipelineRequest(sql, parameters)]).first ?? QueryResult()
  }
}
