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

  /// Writes what a migration did to each object; best in the transaction of its row.
  func record(_ changes: [ObjectChange], by id: MigrationID, in run: Int64) async throws {
    guard !changes.isEmpty else { return }
    let request = request(for: changes, by: id, in: run)
    _ = try await connection.query(request.sql, request.parameters)
  }

  /// What writes what a migration did to each object, to be sent along with something else.
  func request(for changes: [ObjectChange], by id: MigrationID, in run: Int64) -> PipelineRequest {
    let known = changes.compactMap { change in change.identity.map { (change, $0) } }
    func column(_ value: ((ObjectChange, ObjectIdentity)) -> String?) -> Parameter {
      .array(known.map(value))
    }
    return PipelineRequest(
      """
      INSERT INTO signalbox.change
        (run_id, migration, seq, change, kind, schema, parent, name, signature, before, after)
      SELECT $1::bigint, $2, c.seq - 1, c.change, c.kind, c.schema, c.parent, c.name, c.signature, c.before, c.after
      FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
        WITH ORDINALITY AS c(change, kind, schema, parent, name, signature, before, after, seq)
      """,
      [
        .integer(run), .text(id.rawValue), column { $0.0.kind.rawValue }, column { $0.1.kind.rawValue },
        column { $0.1.schema }, column { $0.1.parent }, column { $0.1.name }, column { $0.1.signature },
        column { $0.0.before }, column { $0.0.after },
      ])
  }

  /// Stores records of what happened in a run; those that are there already stay.
  func store(_ backlog: EventBacklog, of run: Int64) async throws {
    for request in requests(for: backlog, of: run) {
      _ = try await connection.query(request.sql, request.parameters)
    }
  }

  /// What stores records of a run, to be sent along with something else.
  ///
  /// - Parameter name: the name under which what stores new records was prepared, if it was.
  func requests(
    for backlog: EventBacklog, of run: Int64, preparedAs name: String? = nil
  ) -> [PipelineRequest] {
    backlog.texts.map { text in
      let request = request(forEvents: text, of: run, mayBeStored: backlog.mayBeStored)
      guard let name, !backlog.mayBeStored else { return request }
      return request.prepared(as: name)
    }
  }

  /// What stores one text of a backlog.
  ///
  /// To look out for rows that are there already takes the server half as long again as to write them.
  func request(forEvents text: String, of run: Int64, mayBeStored: Bool = false) -> PipelineRequest {
    PipelineRequest(
      """
      INSERT INTO signalbox.event (run_id, seq, at, kind, migration, statement, detail)
      SELECT $1::bigint, e.seq, to_timestamp(e.at), e.kind, e.migration, e.statement, e.detail
      FROM jsonb_to_recordset($2::jsonb)
        AS e(seq integer, at double precision, kind text, migration text, statement integer, detail jsonb)
      \(mayBeStored ? "ON CONFLICT DO NOTHING" : "")
      """, [.integer(run), .text(text)])
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
