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

  /// What finds out which histories there are, to be asked along with something else; the answers go to
  /// ``read(found:comparedWith:)``.
  public static let questions = [HistoryStore.presence, OtherHistoryReader.search]

  /// Reads all histories.
  ///
  /// - Parameter migrations: the files as they are now; what ran is read where it was another file.
  /// - Throws: ``RolloutError/historyTooNew(installed:known:)``, ``PostgresError``.
  public func read(comparedWith migrations: [Migration] = []) async throws -> History {
    let found = try await connection.execute(Self.questions.joined(separator: ";\n"))
    return try await read(found: found, comparedWith: migrations)
  }

  /// Reads the histories that are known to be there, in one round trip; in none if there are none.
  ///
  /// - Parameter found: the answers to ``questions``.
  /// - Throws: ``RolloutError/historyTooNew(installed:known:)``, ``PostgresError``.
  public func read(found: [QueryResult], comparedWith migrations: [Migration] = []) async throws -> History {
    guard found.count == Self.questions.count else {
      throw RolloutError.historyUnreadable("\(found.count) answers came to \(Self.questions.count) questions")
    }
    let isInstalled = try HistoryStore.isInstalled(found[0])
    let others = try OtherHistoryReader.sources(found[1])
    var requests = isInstalled ? [HistoryStore.version, entriesRequest(comparedWith: migrations)] : []
    requests += others.map(\.request)
    var history = History(isInstalled: isInstalled)
    guard !requests.isEmpty else { return history }
    var results = try await HistoryLook(connection: connection).ask(requests)[...]
    if isInstalled {
      try HistoryStore.refuseNewer(results.removeFirst())
      history.entries = try Self.entries(results.removeFirst())
      if history.entries.values.contains(where: { $0.state == .running }) {
        history.runInProgress = try await RunLock(connection: connection, project: project).holder()
      }
    }
    history.others = try zip(others, results).map { other, result in try other.history(result) }
    return history
  }

  /// Signalbox's own rows.
  func entries() async throws -> [MigrationID: HistoryEntry] {
    let request = entriesRequest(comparedWith: [])
    return try Self.entries(try await connection.query(request.sql, request.parameters))
  }

  /// What asks for Signalbox's own rows.
  func entriesRequest(comparedWith migrations: [Migration]) -> PipelineRequest {
    PipelineRequest(
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
      ], synchronizes: true)
  }

  /// Signalbox's own rows, from the answer to ``entriesRequest(comparedWith:)``.
  static func entries(_ result: QueryResult) throws -> [MigrationID: HistoryEntry] {
    var entries: [MigrationID: HistoryEntry] = [:]
    entries.reserveCapacity(result.rows.count)
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
