import Migrations
import Postgres

/// Reads the runs that a target remembers of a project.
///
/// Never writes.
public struct RunReader: Sendable {
  let connection: Connection
  let project: String

  /// Makes a reader for one project over one connection.
  public init(connection: Connection, project: String) {
    self.connection = connection
    self.project = project
  }

  var look: HistoryLook { HistoryLook(connection: connection) }

  /// The kinds of event that say what became of a migration.
  private static let endings = ["migration-finished", "adopted", "repaired", "reverted"]

  /// The runs, the latest first; none where Signalbox has no history.
  ///
  /// - Throws: ``PostgresError``.
  public func runs() async throws -> [RunRecord] {
    guard try await installedVersion() != nil else { return [] }
    let entries = try await entries()
    let result = try await look.ask(
      """
      SELECT id, extract(epoch FROM started_at) AS started_at, extract(epoch FROM finished_at) AS finished_at,
             operator, host, client_version, mode, outcome
      FROM signalbox.run WHERE project = $1 ORDER BY id DESC
      """, [.text(project)])
    return try result.rows.map { row in
      let id = Int64(try row.int("id"))
      return RunRecord(
        id: id, startedAt: try row.optionalDouble("started_at") ?? 0,
        finishedAt: try row.optionalDouble("finished_at"), operatorName: try row.text("operator"),
        host: try row.text("host"), clientVersion: try row.text("client_version"), mode: try row.text("mode"),
        outcome: row["outcome"],
        migrations: entries[id] ?? [])
    }
  }

  /// What the runs that stayed have changed, the latest first; none where Signalbox has no history.
  ///
  /// - Throws: ``PostgresError``.
  public func changes() async throws -> [RecordedChanges] {
    guard let version = try await installedVersion() else { return [] }
    let objects = version >= 2 ? try await objects() : [:]
    let result = try await look.ask(
      """
      SELECT d.run_id, d.migration, extract(epoch FROM d.at) AS at,
             ARRAY(SELECT jsonb_array_elements_text(d.detail -> 'added')) AS created,
             ARRAY(SELECT jsonb_array_elements_text(d.detail -> 'changed')) AS altered,
             ARRAY(SELECT jsonb_array_elements_text(d.detail -> 'removed')) AS dropped
      FROM signalbox.event d JOIN signalbox.run r ON r.id = d.run_id
      WHERE r.project = $1 AND d.kind = 'difference' AND r.mode IN ('straight', 'step') AND EXISTS (
        SELECT FROM signalbox.event e
        WHERE e.run_id = d.run_id AND e.migration = d.migration AND e.kind = 'migration-finished'
          AND e.detail ->> 'outcome' = 'applied')
      ORDER BY d.run_id DESC, d.seq DESC
      """, [.text(project)])
    return try result.rows.map { row in
      let id = MigrationID(try row.text("migration"))
      let run = Int64(try row.int("run_id"))
      return RecordedChanges(
        migration: id, run: run,
        time: try row.optionalDouble("at") ?? 0,
        created: try row.optionalArray("created")?.compactMap { $0 } ?? [],
        altered: try row.optionalArray("altered")?.compactMap { $0 } ?? [],
        dropped: try row.optionalArray("dropped")?.compactMap { $0 } ?? [],
        objects: objects[ChangeKey(run: run, migration: id)] ?? [])
    }
  }

  /// The version of the tables, or nil if they are not there.
  func installedVersion() async throws -> Int? {
    guard try HistoryStore.isInstalled(try await connection.query(HistoryStore.presence)) else { return nil }
    return try await look.ask(HistoryStore.version.sql).rows.first?.optionalInt("version")
  }

  private func entries() async throws -> [Int64: [RunRecord.Entry]] {
    let result = try await look.ask(
      """
      SELECT e.run_id, e.migration, coalesce(e.detail ->> 'outcome', e.kind) AS outcome,
             (e.detail ->> 'milliseconds')::double precision AS milliseconds
      FROM signalbox.event e JOIN signalbox.run r ON r.id = e.run_id
      WHERE r.project = $1 AND e.kind = ANY ($2::text[]) AND e.migration IS NOT NULL
      ORDER BY e.run_id, e.seq
      """, [.text(project), .array(Self.endings)])
    var entries: [Int64: [RunRecord.Entry]] = [:]
    for row in result.rows {
      entries[Int64(try row.int("run_id")), default: []].append(
        RunRecord.Entry(
          id: MigrationID(try row.text("migration")), outcome: try row.text("outcome"),
          milliseconds: try row.optionalDouble("milliseconds")))
    }
    return entries
  }
}
