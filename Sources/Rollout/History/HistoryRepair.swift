import JSON
import Migrations
import Postgres
import Script

/// Settles what is inconsistent in the history of one project.
public struct HistoryRepair: Sendable {
  private let amendment: HistoryAmendment

  /// Makes a repair for one project over one connection.
  public init(connection: Connection, project: String, identity: OperatorIdentity) {
    amendment = HistoryAmendment(connection: connection, project: project, identity: identity)
  }

  /// The session that runs migrations of this project now; what it is at is not interrupted.
  public func runInProgress() async throws -> SessionDescription? {
    try await RunLock(connection: amendment.connection, project: amendment.project).holder()
  }

  /// Does the actions of the repairs, all or none, each only if its row is still as it was when it was judged.
  ///
  /// - Parameters:
  ///   - entries: the rows as they were when the repairs were decided on.
  ///   - files: the files of the project, for the rows that are realigned.
  /// - Throws: ``RolloutError``, ``PostgresError``; nothing is written then.
  public func perform(
    _ repairs: [Repair], entries: [MigrationID: HistoryEntry], files: [MigrationID: Migration]
  ) async throws {
    try await amendment.perform(as: "repair") { store, _ in
      var records: [HistoryAmendment.Record] = []
      for repair in repairs where repair.action != .nothing {
        guard let entry = entries[repair.id] else {
          throw RolloutError.notRunnable("there is no row of \(repair.id) to repair")
        }
        guard try await settle(repair, entry, file: files[repair.id], in: store) else {
          throw RolloutError.notRunnable(
            "the row of \(repair.id) has changed in the meantime: look again, then repair")
        }
        records.append(
          HistoryAmendment.Record(id: repair.id, kind: "repaired", detail: detail(repair, before: entry)))
      }
      return records
    }
  }

  /// Whether the row was still as it was.
  private func settle(
    _ repair: Repair, _ entry: HistoryEntry, file: Migration?, in store: HistoryStore
  ) async throws -> Bool {
    switch repair.action {
    case .realign:
      guard let file else { throw RolloutError.notRunnable("there is no file \(repair.id) to realign with") }
      return try await store.realign(entry, with: file)
    case .settle(let state, let done):
      let error = state == .failed ? repair.reason : nil
      guard try await store.settle(entry, as: state, statementsDone: done, error: error) else { return false }
      if state == .applied, let file {
        try await SupabaseHistory(connection: amendment.connection).record(file)
      }
      return true
    case .remove:
      return try await store.remove(entry)
    case .nothing:
      return true
    }
  }

  private func detail(_ repair: Repair, before entry: HistoryEntry) -> JSONValue {
    [
      "problem": .string(repair.problem.rawValue), "action": .string(repair.action.word),
      "reason": .string(repair.reason),
      "before": [
        "state": .string(entry.state.rawValue), "checksum": .string(entry.checksum),
        "statements_done": .integer(Int64(entry.statementsDone)),
        "statements_total": .integer(Int64(entry.statementsTotal)), "error": .optional(entry.error),
      ],
    ]
  }
}

extension HistoryStore {
  /// The row as it was judged: a repair must not undo what somebody else has written since.
  private static let unchanged = "project = $1 AND id = $2 AND state = $3 AND checksum = $4"

  private func unchanged(_ entry: HistoryEntry) -> [Parameter] {
    [.text(project), .text(entry.id.rawValue), .text(entry.state.rawValue), .text(entry.checksum)]
  }

  /// Records the file as it is now; false if the row has changed.
  fileprivate func realign(_ entry: HistoryEntry, with file: Migration) async throws -> Bool {
    let result = try await connection.query(
      """
      UPDATE signalbox.migration SET checksum = $5, statements = $6::text[], statements_done = $7::integer,
        statements_total = $7::integer
      WHERE \(Self.unchanged) RETURNING id
      """,
      unchanged(entry) + [
        .text(file.checksum), .array(file.script.statements.map(\.text)),
        .integer(file.script.statements.count),
      ])
    return !result.rows.isEmpty
  }

  /// Records how a migration stands; false if the row has changed.
  fileprivate func settle(
    _ entry: HistoryEntry, as state: HistoryEntry.State, statementsDone: Int, error: String?
  ) async throws -> Bool {
    let result = try await connection.query(
      """
      UPDATE signalbox.migration SET state = $5, statements_done = $6::integer, error = $7,
        applied_at = CASE WHEN $5 = 'applied' THEN coalesce(applied_at, clock_timestamp()) ELSE applied_at END
      WHERE \(Self.unchanged) RETURNING id
      """,
      unchanged(entry) + [.text(state.rawValue), .integer(statementsDone), .optional(error)])
    return !result.rows.isEmpty
  }

  /// Deletes the row; false if it has changed.
  fileprivate func remove(_ entry: HistoryEntry) async throws -> Bool {
    let result = try await connection.query(
      "DELETE FROM signalbox.migration WHERE \(Self.unchanged) RETURNING id", unchanged(entry))
    return !result.rows.isEmpty
  }
}
