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
  /// - Parameter migrations: the files as they are now; what ran is read where it was another file.
  /// - Throws: ``RolloutError/historyTooNew(installed:known:)``, ``PostgresError``.
  public func read(comparedWith migrations: [Migration] = []) async throws -> History {
    let store = HistoryStore(connection: connection, project: project)
    let version = try await store.installedVersion()
    var history = History(isInstalled: version != nil)
    if let version {
      guard version <= HistorySchema.version else {
        throw RolloutError.historyTooNew(installed: version, known: HistorySchema.version)
      }
      history.entries = try await entries(comparedWith: migrations)
      if history.entries.values.contains(where: { $0.state == .running }) {
        history.runInProgress = try await RunLock(connection: connection, project: project).holder()
      }
    }
    history.others = try await OtherHistoryReader(connection: connection).read()
    return history
  }

  /// Signalbox's own rows.
  func entries(comparedWith migrations: [Migration] = []) async throws -> [MigrationID: HistoryEntry] {
    let result = try await connection.query(
      """
      SELECT id, m.checksum, state, extract(epoch FROM applied_at) AS applied_at,
             extract(epoch FROM duration) * 1000 AS milliseconds,
             statements_done, statements_total, error,
             CASE WHEN file.checksum <> m.checksum THEN m.statements END AS statements
      FROM signalbox.migration m
        LEFT JOIN unnest($2::text[], $3::text[]) AS file(id, checksum) USING (id)
      WHERE project = $1 ORDER BY id
      """,
      [
        .text(project), .array(migrations.map(\.id.rawValue)), .array(migrations.map(\.checksum)),
      ])
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
        error: row["error"], statements: try row.optionalArray("statements")?.compactMap { $0 })
    }
    return entries
  }
}
