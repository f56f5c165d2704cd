import JSON
import Migrations
import Postgres
import Schema

/// What is read of one run, or of all, when somebody looks closer.
extension RunReader {
  /// One migration in one run.
  struct ChangeKey: Hashable {
    var run: Int64
    var migration: MigrationID
  }

  /// How many rows of events are asked for at once: a run of a million statements has two million events.
  private static let pageSize = 10_000
  /// How many records of many events are asked for at once; each is a quarter of a megabyte at most.
  private static let recordPageSize = 100

  /// Everything that happened in a run, in order, as it was stored.
  ///
  /// - Throws: ``PostgresError``.
  public func events(of run: Int64) async throws -> [EventRecord] {
    guard let version = try await installedVersion() else { return [] }
    return version >= 5 ? try await recordedEvents(of: run) : try await events(rowByRowOf: run)
  }

  private func recordedEvents(of run: Int64) async throws -> [EventRecord] {
    var events: [EventRecord] = []
    var last = -1
    while true {
      let result = try await look.ask(
        """
        SELECT r.seq, r.events::text AS events FROM signalbox.record r JOIN signalbox.run n ON n.id = r.run_id
        WHERE n.project = $1 AND r.run_id = $2::bigint AND r.seq > $3::integer AND r.events IS NOT NULL
        ORDER BY r.seq LIMIT \(Self.recordPageSize)
        """, [.text(project), .integer(run), .integer(last)])
      for row in result.rows {
        last = try row.int("seq")
        events += try records(row.text("events"), of: run, from: last)
      }
      guard result.rows.count == Self.recordPageSize else { return events }
    }
  }

  private func records(_ text: String, of run: Int64, from first: Int) throws -> [EventRecord] {
    let unreadable = RolloutError.historyUnreadable(
      "the events of run \(run) from \(first) on are not as Signalbox writes them")
    guard case .array(let values) = JSONReader.read(Array(text.utf8)) else { throw unreadable }
    return try values.map { value in
      guard let record = EventRecord(stored: value) else { throw unreadable }
      return record
    }
  }

  /// The events as versions before 5 have kept them.
  private func events(rowByRowOf run: Int64) async throws -> [EventRecord] {
    var events: [EventRecord] = []
    while true {
      let next = try await page(of: run, after: events.last?.sequence)
      events += next
      guard next.count == Self.pageSize else { return events }
    }
  }

  private func page(of run: Int64, after last: Int?) async throws -> [EventRecord] {
    let result = try await look.ask(
      """
      SELECT e.seq, extract(epoch FROM e.at) AS at, e.kind, e.migration, e.statement, e.detail::text AS detail
      FROM signalbox.event e JOIN signalbox.run r ON r.id = e.run_id
      WHERE r.project = $1 AND e.run_id = $2::bigint AND e.seq > $3::integer ORDER BY e.seq
      LIMIT \(Self.pageSize)
      """, [.text(project), .integer(run), .integer(last ?? -1)])
    return try result.rows.map { row in
      let detail = try row.optionalText("detail").flatMap { JSONReader.read(Array($0.utf8)) }
      return EventRecord(
        sequence: try row.int("seq"), time: try row.double("at"), kind: try row.text("kind"),
        migration: try row.optionalText("migration").map { MigrationID($0) },
        statement: try row.optionalInt("statement"), stored: detail ?? [:])
    }
  }

  /// The statements as a run sent them, for the migrations whose last run it was.
  ///
  /// - Throws: ``PostgresError``.
  public func statements(of run: Int64) async throws -> [MigrationID: [String]] {
    let result = try await look.ask(
      """
      SELECT id, statements FROM signalbox.migration
      WHERE project = $1 AND run_id = $2::bigint AND statements IS NOT NULL
      """, [.text(project), .integer(run)])
    var statements: [MigrationID: [String]] = [:]
    for row in result.rows {
      statements[MigrationID(try row.text("id"))] = try row.array("statements").map { $0 ?? "" }
    }
    return statements
  }

  /// What runs did to each object, where the tables have it: since their version 2.
  func objects() async throws -> [ChangeKey: [ObjectChange]] {
    let result = try await look.ask(
      """
      SELECT c.run_id, c.migration, c.change, c.kind, c.schema, c.parent, c.name, c.signature, c.before, c.after
      FROM signalbox.change c JOIN signalbox.run r ON r.id = c.run_id
      WHERE r.project = $1 ORDER BY c.run_id, c.migration, c.seq
      """, [.text(project)])
    var objects: [ChangeKey: [ObjectChange]] = [:]
    for row in result.rows {
      // What a newer version knows and this one does not is left to the words of the events.
      guard let kind = ObjectKind(rawValue: try row.text("kind")),
        let change = ObjectChange.Kind(rawValue: try row.text("change"))
      else { continue }
      let identity = ObjectIdentity(
        kind, schema: row["schema"], parent: row["parent"], name: try row.text("name"),
        signature: row["signature"])
      let key = ChangeKey(
        run: Int64(try row.int("run_id")), migration: MigrationID(try row.text("migration")))
      objects[key, default: []].append(
        ObjectChange(
          object: identity.description, identity: identity, kind: change, before: row["before"],
          after: row["after"]))
    }
    return objects
  }
}
