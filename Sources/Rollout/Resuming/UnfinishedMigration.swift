import JSON
import Migrations
import Postgres
import Script

/// What the history knows of a migration that began outside a transaction and did not come to its end.
struct UnfinishedMigration: Sendable {
  /// How many statements are done.
  var statementsDone: Int
  /// The statements that the operator left out.
  var statementsSkipped: [Int]
  /// The texts of the statements as they were when it ran.
  var statements: [String]
  /// The statement that was sent last, if its end is not recorded.
  var underWay: UnderWay?

  /// A statement that cannot run in a transaction, noted in the history before it is sent.
  struct UnderWay: Sendable, Hashable {
    /// Its place in the file, from 0.
    var statement: Int
    /// Whether it is known to have failed.
    var hasFailed: Bool
    /// The numbers of the indexes that its table had before it.
    var indexes: [String]
  }

  /// Whether the statements that ran are still the first ones of a file.
  func agrees(with statements: [Statement]) -> Bool {
    statements.count >= statementsDone
      && zip(self.statements.prefix(statementsDone), statements).allSatisfy { $0 == $1.text }
  }
}

extension HistoryStore {
  /// Where an earlier run has left a migration; nil if it has nothing of it, or all.
  func unfinished(_ id: MigrationID) async throws -> UnfinishedMigration? {
    let result = try await connection.query(
      """
      SELECT statements_done, statements_skipped, statements, (under_way ->> 'statement')::integer AS statement,
             coalesce((under_way ->> 'failed')::boolean, false) AS has_failed,
             ARRAY(SELECT jsonb_array_elements_text(under_way -> 'indexes')) AS indexes
      FROM signalbox.migration WHERE project = $1 AND id = $2 AND state IN ('running', 'failed')
      """, [.text(project), .text(id.rawValue)])
    guard let row = result.rows.first else { return nil }
    let underWay = try row.optionalInt("statement").map { statement in
      UnfinishedMigration.UnderWay(
        statement: statement, hasFailed: try row.bool("has_failed"),
        indexes: try row.array("indexes").compactMap { $0 })
    }
    return UnfinishedMigration(
      statementsDone: try row.int("statements_done"),
      statementsSkipped: try row.array("statements_skipped").compactMap { $0.flatMap { Int($0) } },
      statements: try row.optionalArray("statements")?.compactMap { $0 } ?? [], underWay: underWay)
  }

  /// Notes, before it is sent, a statement that cannot be in one transaction with its own record.
  func recordIntent(of id: MigrationID, statement: Int, indexes: [String]) async throws {
    let note: JSONValue = [
      "statement": .integer(Int64(statement)), "indexes": .array(indexes.map { .string($0) }),
    ]
    _ = try await connection.query(
      "UPDATE signalbox.migration SET under_way = $3::jsonb WHERE project = $1 AND id = $2",
      [.text(project), .text(id.rawValue), .text(note.text)])
  }

  /// Notes that the statement that was under way has failed before our eyes.
  func recordFailureUnderWay(of id: MigrationID) async throws {
    _ = try await connection.query(
      """
      UPDATE signalbox.migration SET under_way = under_way || '{"failed": true}'
      WHERE project = $1 AND id = $2 AND under_way IS NOT NULL
      """, [.text(project), .text(id.rawValue)])
  }
}
