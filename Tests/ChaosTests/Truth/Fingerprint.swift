import Catalog
import Postgres
import Schema

/// All that migrations have left in a database: its schema, and the rows of its tables.
struct Fingerprint: Sendable {
  var snapshot: Snapshot
  /// A digest of each table's rows, whatever their order.
  var rows: [String: String]

  /// Takes it.
  static func take(of connection: Connection) async throws -> Fingerprint {
    var snapshot = try await CatalogReader(connection).snapshot()
    snapshot.objects = snapshot.objects.filter { $0.key.schema != "signalbox" && $0.key.name != "signalbox" }
    let tables = try await connection.query(
      """
      SELECT format('%I.%I', n.nspname, c.relname) AS name
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'side') ORDER BY 1
      """)
    var rows: [String: String] = [:]
    for table in tables.rows {
      let name = try table.text("name")
      let digest = try await connection.query(
        "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, ';' ORDER BY t::text)), '') AS digest FROM \(name) t"
      )
      rows[name] = digest.rows.first?["digest"]
    }
    return Fingerprint(snapshot: snapshot, rows: rows)
  }

  /// What is different in another one, in words; empty if nothing is.
  func differences(in other: Fingerprint) -> [String] {
    let change = SnapshotDifference(from: snapshot, to: other.snapshot)
    return change.added.map { "\($0.identity) is there too much" }
      + change.removed.map { "\($0.identity) is missing" }
      + change.changed.map { "\($0.after.identity) is different" }
      + Set(rows.keys).union(other.rows.keys).sorted().compactMap { table in
        rows[table] == other.rows[table]
          ? nil : "rows of \(table): \(rows[table] ?? "none") became \(other.rows[table] ?? "none")"
      }
  }
}
