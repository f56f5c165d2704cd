import Migrations
import Postgres
import Schema
import Script

/// Reads and writes the history of one project in one target.
///
/// Every name is qualified, so that a migration's `search_path` cannot lead it astray.
struct HistoryStore: Sendable {
  /// The connection that it uses; inside a transaction its writes are part of it.
  let connection: Connection
  /// The project whose rows it reads and writes.
  let project: String

  /// Opens a run of any kind (`repair`, `adopt`, or a mode) and gives its number.
  func beginRun(as mode: String, by identity: OperatorIdentity) async throws -> Int64 {
    let request = beginning(of: mode, by: identity)
    return try Self.run(try await connection.query(request.sql, request.parameters))
  }

  /// What opens a run of any kind; the answer goes to ``run(_:)``.
  func beginning(of mode: String, by identity: OperatorIdentity) -> PipelineRequest {
    PipelineRequest(
      """
      INSERT INTO signalbox.run (project, operator, host, client_version, mode)
      VALUES ($1, $2, $3, $4, $5) RETURNING id
      """,
      [
        .text(project), .text(identity.user), .text(identity.host), .text(identity.clientVersion),
        .text(mode),
      ], synchronizes: true)
  }

  /// The number of the run that was opened.
  static func run(_ answer: QueryResult) throws -> Int64 {
    guard let row = answer.rows.first else { throw RolloutError.historyUnreadable("no run number came back") }
    return Int64(try row.int("id"))
  }

  /// Closes a run.
  func endRun(_ run: Int64, outcome: RunOutcome) async throws {
    let request = ending(of: run, outcome: outcome)
    _ = try await connection.query(request.sql, request.parameters)
  }

  /// What closes a run.
  func ending(of run: Int64, outcome: RunOutcome) -> PipelineRequest {
    PipelineRequest(
      "UPDATE signalbox.run SET finished_at = clock_timestamp(), outcome = $2 WHERE id = $1",
      [.integer(run), .text(outcome.rawValue)], synchronizes: true)
  }

  /// Writes how a migration stands; a row that is there already is replaced.
  func record(_ row: HistoryRow) async throws {
    let request = request(for: row)
    _ = try await connection.query(request.sql, request.parameters)
  }

  /// What writes how a migration stands, to be sent along with something else.
  func request(for row: HistoryRow) -> PipelineRequest {
    PipelineRequest(
      """
      INSERT INTO signalbox.migration AS m
        (project, id, version, name, checksum, state, run_id, applied_at, duration, statements_done,
         statements_total, statements_skipped, unverified, xid, error, statements)
      VALUES ($1, $2, $3, $4, $5, $6, $7::bigint,
              CASE WHEN $6 IN ('applied', 'adopted', 'failed') THEN clock_timestamp() END,
              $8::double precision * interval '1 millisecond', $9::integer, $10::integer, $11::integer[],
              $12::boolean, pg_current_xact_id_if_assigned(), $13, $14::text[])
      ON CONFLICT (project, id) DO UPDATE SET
        version = excluded.version, name = excluded.name, checksum = excluded.checksum,
        state = excluded.state, run_id = excluded.run_id, applied_at = excluded.applied_at,
        duration = excluded.duration, statements_done = excluded.statements_done,
        statements_total = excluded.statements_total, statements_skipped = excluded.statements_skipped,
        unverified = excluded.unverified, xid = excluded.xid, error = excluded.error,
        statements = excluded.statements,
        under_way = CASE WHEN excluded.state IN ('running', 'failed') THEN m.under_way END
      """,
      [
        .text(project), .text(row.migration.id.rawValue), .text(row.migration.version),
        .text(row.migration.name), .text(row.migration.checksum), .text(row.state.rawValue),
        row.run.map { .integer($0) } ?? .null,
        row.milliseconds.map { .double($0) } ?? .null, .integer(row.statementsDone),
        .integer(row.statementsTotal),
        .array(row.statementsSkipped.map(String.init)), .boolean(row.isUnverified), .optional(row.error),
        .array(row.migration.script.statements.map(\.text)),
      ])
  }

  /// Writes how far a migration has come that runs statement by statement; nothing is under way any more.
  func recordProgress(of id: MigrationID, statementsDone: Int) async throws {
    _ = try await connection.query(
      """
      UPDATE signalbox.migration SET statements_done = $3::integer, under_way = NULL
      WHERE project = $1 AND id = $2
      """, [.text(project), .text(id.rawValue), .integer(statementsDone)])
  }

  /// Writes what a migration did to each object, in the transaction of its row.
  ///
  /// - Parameter count: how many events the run has had; no two migrations of a run have the same.
  func record(_ changes: [ObjectChange], by id: MigrationID, in run: Int64, after count: Int) async throws {
    guard !changes.isEmpty else { return }
    let request = request(forEvents: nil, ChangeList(changes, by: id), of: run, number: -count)
    _ = try await connection.query(request.sql, request.parameters)
  }

  /// Stores records of what happened in a run; those that are there already stay.
  func store(_ backlog: EventBacklog, of run: Int64) async throws {
    for request in requests(for: backlog, of: run) {
      _ = try await connection.query(request.sql, request.parameters)
    }
  }

  /// What stores records of a run, to be sent along with something else.
  ///
  /// - Parameters:
  ///   - changes: what the migration did whose transaction the records are stored in.
  ///   - name: the name under which what stores new records was prepared, if it was.
  func requests(
    for backlog: EventBacklog, _ changes: ChangeList? = nil, of run: Int64, preparedAs name: String? = nil
  ) -> [PipelineRequest] {
    backlog.texts.enumerated().map { place, text in
      let request = request(
        forEvents: text.json, place == 0 ? changes : nil, of: run, number: text.first,
        mayBeStored: backlog.mayBeStored)
      guard let name, !backlog.mayBeStored else { return request }
      return request.prepared(as: name)
    }
  }

  /// What stores one text of a backlog, and what a migration did to each object.
  ///
  /// To look out for rows that are there already takes the server longer.
  func request(
    forEvents events: String?, _ changes: ChangeList?, of run: Int64, number: Int, mayBeStored: Bool = false
  ) -> PipelineRequest {
    PipelineRequest(
      """
      INSERT INTO signalbox.record (run_id, seq, migration, events, changes)
      VALUES ($1::bigint, $2::integer, $3, $4::json, $5::json)
      \(mayBeStored ? "ON CONFLICT DO NOTHING" : "")
      """,
      [
        .integer(run), .integer(number), .optional(changes?.migration.rawValue), .optional(events),
        .optional(changes?.json),
      ])
  }
}

/// One row of `signalbox.migration` to be written.
struct HistoryRow: Sendable {
  /// The migration that it is about.
  var migration: Migration
  /// How the migration stands.
  var state: HistoryEntry.State
  /// The run that writes it; nil for an adoption.
  var run: Int64?
  /// How long it took, in milliseconds.
  var milliseconds: Double?
  /// How many statements were done.
  var statementsDone = 0
  /// How many there are.
  var statementsTotal = 0
  /// The statements that the operator skipped.
  var statementsSkipped: [Int] = []
  /// Whether the operator committed it although its verification failed.
  var isUnverified = false
  /// What went wrong.
  var error: String?
}

/// Who runs migrations, as the history remembers it.
public struct OperatorIdentity: Sendable, Hashable {
  /// The name of the operator's account.
  public var user: String
  /// The name of the operator's machine.
  public var host: String
  /// The version of Signalbox.
  public var clientVersion: String

  /// Makes an identity from its parts.
  public init(user: String, host: String, clientVersion: String) {
    self.user = user
    self.host = host
    self.clientVersion = clientVersion
  }
}
