import Migrations
import Postgres

/// Reads what a target remembers of a project: Signalbox's own rows and those of other tools.
///
/// Never writes.
public struct HistoryReader: Sendable {
  private let connection: Connection
  private let project: String

  /// Makes a reader for one project over one connection.
  public init(connection: Connection, project: String) {
    self.connection = connection
    self.project = project
  }

  /// Reads all histories.
  ///
  /// - Throws: ``RolloutError/historyTooNew(installed:known:)``, ``PostgresError``.
  public func read() async throws -> History {
    let store = HistoryStore(connection: connection, project: project)
    let version = try await store.installedVersion()
    var history = History(isInstalled: version != nil)
    if let version {
      guard version <= HistorySchema.version else {
        throw RolloutError.historyTooNew(installed: version, known: HistorySchema.version)
      }
      history.entries = try await entries()
    }
    history.others = try await OtherHistoryReader(connection: connection).read()
    return history
  }

  private func entries() async throws -> [MigrationID: HistoryEntry] {
    let result = try await connection.query(
      """
      SELECT id, checksum, state, extract(epoch FROM applied_at) AS applied_at,
             extract(epoch FROM duration) * 1000 AS milliseconds,
             statements_done, statements_total, error
      FROM signalbox.migration WHERE project = $1 ORDER BY id
      """, [.text(project)])
    var entries: [MigrationID: HistoryEntry] = [:]
    for row in result.rows {
      let id = MigrationID(try row.text("id"))
      let word = try row.text("state")
      guard let state = HistoryEntry.State(rawValue: word) else {
        throw RolloutError.historyUnreadable("\(id) has the unknown state \"\(word)\"")
      }
      entries[id] = HistoryEntry(
        id: id, checksum: try row.text("checksum"), state: state,
        appliedAt: try row.optionalDouble("applied_at"),
        durationMilliseconds: try row.optionalDouble("milliseconds"),
        statementsDone: try row.int("statements_done"), statementsTotal: try row.int("statements_total"),
        error: row["error"])
    }
    return entries
  }
}
