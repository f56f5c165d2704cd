import Postgres

/// Which transactions a look at the catalog has seen, in the server's own account of it (`pg_current_snapshot()`).
///
/// Whoever changes the catalog has a transaction number. If none was under way at one moment, and none has been given
/// since, the catalog is the same: what is known of it need not be read again.
public struct CatalogMoment: Sendable, Hashable {
  /// `xmin:xmax:` and the transactions between them that were under way (PostgreSQL documentation, 9.27.8).
  private let text: String
  /// Whether the session that answered is another than the one that was connected to: a pooler stands in between.
  public let isPooled: Bool

  /// What asks for it.
  static let sql =
    "SELECT pg_catalog.pg_current_snapshot()::text AS moment, pg_catalog.pg_backend_pid() AS process"

  /// What asks for it as part of a pipeline.
  public static let request = PipelineRequest(sql, synchronizes: true)

  /// Reads the answer.
  ///
  /// - Parameter process: the number of the process that was connected to, if somebody asks whether it is the same.
  /// - Throws: ``PostgresError`` if it is not what was asked for.
  public init(_ answer: QueryResult, connectedTo process: Int32? = nil) throws(PostgresError) {
    guard let row = answer.rows.first else {
      throw PostgresError(.unexpectedValue, "the server does not say which transactions it shows")
    }
    text = try row.text("moment")
    isPooled = if let process { try row.int("process") != Int(process) } else { false }
  }

  init(_ text: String) {
    self.text = text
    isPooled = false
  }

  /// Whether the catalog is the same at a later moment, for sure.
  public func isUnchanged(at later: CatalogMoment) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0] == parts[1] && text == later.text
  }
}
