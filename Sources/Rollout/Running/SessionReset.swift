import Postgres
import Schema

extension Runner {
  /// Makes the session as a new one is: settings, and what an earlier script has left in it (temporary tables, which hide
  /// others of their names; prepared statements, cursors, channels).
  func beginSession() async throws {
    try await resetSession()
    _ = try await connection.execute(Self.sessionCleaning.map(\.sql).joined(separator: "; "))
  }

  /// Undoes what an earlier script has set, so that every migration begins in the same session.
  func resetSession() async throws {
    if canCheckClient == nil { canCheckClient = try await noticesLostClient() }
    _ = try await connection.execute(
      "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; \(sessionSettings)")
  }

  /// What puts the settings back, as part of a pipeline; they count once the transaction that it stands in is committed.
  var sessionReset: [PipelineRequest] {
    ["RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL", sessionSettings].map { PipelineRequest($0) }
  }

  /// What removes what a script has left in the session (temporary tables, which hide others of their names; prepared
  /// statements, cursors, channels), as part of a pipeline.
  static let sessionCleaning = [
    PipelineRequest("CLOSE ALL"), PipelineRequest("UNLISTEN *"), PipelineRequest("DEALLOCATE ALL"),
    PipelineRequest("DISCARD TEMP", synchronizes: true),
  ]

  /// What finds out, as part of a pipeline, whether the server can look for its client; nothing where it cannot.
  var clientCheck: [PipelineRequest] {
    guard connection.server.version >= 140_000 else { return [] }
    return [
      PipelineRequest(
        "SELECT pg_catalog.set_config('client_connection_check_interval', '2s', false)", synchronizes: true)
    ]
  }

  /// The settings in which every migration begins, as one statement.
  var sessionSettings: String {
    var settings = [
      ("statement_timeout", "0"), ("idle_in_transaction_session_timeout", "0"),
      ("client_min_messages", "notice"), ("lock_timeout", "\(request.lockTimeoutMilliseconds)"),
    ]
    if canCheckClient == true { settings.append(("client_connection_check_interval", "2s")) }
    return "SELECT "
      + (settings + request.settings.sorted { $0.key < $1.key })
      .map { "pg_catalog.set_config(\(SQLLiteral.text($0.0)), \(SQLLiteral.text($0.1)), false)" }
      .joined(separator: ", ")
  }

  /// Whether the server can look, while a statement runs, whether its client is still there (from version 14, and not on
  /// every system): a killed run would otherwise hold its locks to the statement's end.
  private func noticesLostClient() async throws -> Bool? {
    guard connection.server.version >= 140_000 else { return false }
    guard await connection.transactionStatus == .idle else { return nil }
    do {
      _ = try await connection.query("SET client_connection_check_interval = '2s'")
      return true
    } catch let error as PostgresError where error.code == .server {
      return false
    }
  }
}
