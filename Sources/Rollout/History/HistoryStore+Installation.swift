import Migrations
import Postgres

/// How the tables come into being, and how it is found out which there are.
extension HistoryStore {
  /// What asks whether the tables are there.
  static let presence =
    "SELECT pg_catalog.to_regclass('signalbox.schema_version') IS NOT NULL AS is_there"

  /// What asks, where they are there, of which version they are.
  static let version = PipelineRequest(
    "SELECT max(version) AS version FROM signalbox.schema_version", synchronizes: true)

  /// Whether the tables are there, from the answer to ``presence``.
  static func isInstalled(_ answer: QueryResult) throws -> Bool {
    try answer.rows.first?.bool("is_there") ?? false
  }

  /// The version of the tables, from the answer to ``version``; one that a newer client has made is refused.
  ///
  /// - Throws: ``RolloutError/historyTooNew(installed:known:)``.
  @discardableResult
  static func refuseNewer(_ answer: QueryResult) throws -> Int {
    try refuseNewer(try answer.rows.first?.optionalInt("version") ?? 0)
  }

  private static func refuseNewer(_ installed: Int) throws(RolloutError) -> Int {
    guard installed <= HistorySchema.version else {
      throw .historyTooNew(installed: installed, known: HistorySchema.version)
    }
    return installed
  }

  /// Makes the tables if they are not there, or brings those of an older client up to date, in one transaction.
  ///
  /// - Throws: ``RolloutError`` if a newer client has made them or the role lacks the right, ``PostgresError``.
  func install() async throws {
    if try await checkedVersion() == HistorySchema.version { return }
    do {
      _ = try await connection.query("BEGIN")
      _ = try await connection.query(HistorySchema.lock)
      let installed = try await checkedVersion()
      for request in Self.upgrades(from: installed) {
        _ = try await connection.query(request.sql, request.parameters)
      }
      _ = try await connection.query("COMMIT")
    } catch {
      // The first error says what went wrong; a session that is gone has lost its transaction anyway.
      try? await connection.endTransaction()
      throw explained(error)
    }
  }

  /// What makes the tables where there are none, as one transaction that stands in a pipeline.
  ///
  /// Another client that makes them at the same time comes first or after: what is there already is left alone. The last
  /// request but the COMMIT asks for the version that there is then. If one fails, the transaction stays open, failed.
  static var installation: [PipelineRequest] {
    [PipelineRequest("BEGIN"), PipelineRequest(HistorySchema.lock)] + upgrades(from: 0)
      + [
        PipelineRequest("SELECT max(version) AS version FROM signalbox.schema_version"),
        PipelineRequest("COMMIT", synchronizes: true),
      ]
  }

  private static func upgrades(from installed: Int) -> [PipelineRequest] {
    let statements =
      installed == 0 ? HistorySchema.whole : HistorySchema.upgrades.dropFirst(installed).flatMap(\.self)
    return statements.map { PipelineRequest($0) } + [
      PipelineRequest(
        """
        INSERT INTO signalbox.schema_version (version)
        SELECT pg_catalog.generate_series($1::integer, $2::integer) ON CONFLICT DO NOTHING
        """, [.integer(installed + 1), .integer(HistorySchema.version)])
    ]
  }

  /// An error of making the tables, in terms of what the operator can do about it.
  func explained(_ error: any Error) -> any Error {
    guard let error = error as? PostgresError, error.report?.sqlState == "42501" else { return error }
    return RolloutError.historyNotAllowed(
      user: connection.server.user, database: connection.server.database,
      reason: error.report?.message ?? error.message)
  }

  /// The version of the tables in the target, 0 if they are not there; one that a newer client has made is refused.
  private func checkedVersion() async throws -> Int {
    try Self.refuseNewer(try await installedVersion() ?? 0)
  }

  /// The version of the tables in the target, or nil if they are not there.
  func installedVersion() async throws -> Int? {
    guard try Self.isInstalled(try await connection.query(Self.presence)) else { return nil }
    let version = try await connection.query(Self.version.sql)
    return try version.rows.first?.optionalInt("version")
  }
}
