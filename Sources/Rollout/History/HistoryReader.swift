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
    var requests = isInstalled ? [HistoryStore.version, entriesRequest] : []
    requests += others.map(\.request)
    var history = History(isInstalled: isInstalled)
    guard !requests.isEmpty else { return history }
    var results = try await HistoryLook(connection: connection).ask(requests)[...]
    if isInstalled {
      try HistoryStore.refuseNewer(results.removeFirst())
      history.entries = try Self.entries(results.removeFirst())
      try await addStatements(to: &history.entries, comparedWith: migrations)
      if history.entries.values.contains(where: { $0.state == .running }) {
        history.runInProgress = try await RunLock(connection: connection, project: project).holder()
      }
    }
    history.others = try zip(others, results).map { other, result in try other.history(result) }
    return history
  }

  /// Signalbox's own rows.
  func entries() async throws -> [MigrationID: HistoryEntry] {
    try Self.entries(try await connection.query(entriesRequest.sql, entriesRequest.parameters))
  }

  /// What asks for Signalbox's own rows, without the statements that ran; ``entries(_:)`` knows the order of its columns.
  ///
  /// Times are in microseconds, as the server keeps them: to write and read thousands of decimal numbers costs more than
  /// the rest of the question.
  var entriesRequest: PipelineRequest {
    PipelineRequest(
      """
      SELECT id, checksum, state, (date_part('epoch', applied_at) * 1000000)::bigint AS applied_at,
             (date_part('epoch', duration) * 1000000)::bigint AS duration,
             statements_done, statements_total, error
      FROM signalbox.migration
      WHERE project = $1
      """, [.text(project)], synchronizes: true)
  }

  /// Signalbox's own rows, from the answer to ``entriesRequest``.
  static func entries(_ result: QueryResult) throws -> [MigrationID: HistoryEntry] {
    var entries: [MigrationID: HistoryEntry] = [:]
    entries.reserveCapacity(result.rows.count)
    for row in result.rows {
      guard let name = row[0], let checksum = row[1], let word = row[2] else {
        throw RolloutError.historyUnreadable("a migration has no id, checksum or state")
      }
      let id = MigrationID(name)
      guard let state = HistoryEntry.State(rawValue: word) else {
        throw RolloutError.historyUnreadable("\(id) has the unknown state \"\(word)\"")
      }
      guard let done = row.int(at: 5), let total = row.int(at: 6) else {
        throw RolloutError.historyUnreadable("\(id) has no count of its statements")
      }
      entries[id] = HistoryEntry(
        id: id, checksum: checksum, state: state, appliedAt: row.int(at: 3).map { Double($0) / 1_000_000 },
        durationMilliseconds: row.int(at: 4).map { Double($0) / 1_000 }, statementsDone: done,
        statementsTotal: total,
        error: row[7])
    }
    return entries
  }

  /// The same history with what ran of those files that are others now.
  ///
  /// - Parameter migrations: the files as they are now.
  /// - Throws: ``PostgresError``.
  public func addingStatements(
    to history: History, comparedWith migrations: [Migration]
  ) async throws -> History {
    var history = history
    try await addStatements(to: &history.entries, comparedWith: migrations)
    return history
  }

  /// Reads what ran of those files that are others now: a second question, as mostly there are none.
  private func addStatements(
    to entries: inout [MigrationID: HistoryEntry], comparedWith migrations: [Migration]
  ) async throws {
    let changed = migrations.filter { migration in
      entries[migration.id].map { $0.checksum != migration.checksum } ?? false
    }
    guard !changed.isEmpty else { return }
    let answer = try await HistoryLook(connection: connection).ask(
      "SELECT id, checksum, statements FROM signalbox.migration WHERE project = $1 AND id = ANY ($2::text[])",
      [.text(project), .array(changed.map(\.id.rawValue))])
    for row in answer.rows {
      let id = MigrationID(try row.text("id"))
      guard entries[id]?.checksum == row["checksum"] else { continue }
      entries[id]?.statements = try row.optionalArray("statements")?.compactMap { $0 }
    }
  }
}
