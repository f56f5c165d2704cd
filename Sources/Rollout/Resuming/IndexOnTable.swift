import Migrations
import Postgres
import Schema
import Script

/// An index as the catalog has it now.
struct IndexOnTable: Sendable, Hashable {
  /// Its number in the catalog.
  var oid: String
  /// Its name as SQL writes it, with its schema.
  var name: String
  /// Its own name.
  var bareName: String
  /// Whether queries may use it; a build that did not end leaves one that they may not.
  var isValid: Bool
  /// The session that builds it at this moment.
  var builder: Int32?

  /// The indexes of the table that a statement builds an index on.
  ///
  /// The name is looked up as the statement's session does it.
  static func all(for statement: Statement, over connection: Connection) async throws -> [IndexOnTable] {
    guard let table = statement.effects.first(where: { $0.action == .uses && isRelation($0.object) })?.object
    else { return [] }
    return try await read("i.indrelid", table, over: connection)
  }

  /// The index of a name, if there is one.
  static func named(_ index: ObjectIdentity, over connection: Connection) async throws -> IndexOnTable? {
    try await read("i.indexrelid", index, over: connection).first
  }

  private static func isRelation(_ object: ObjectIdentity) -> Bool {
    [.table, .materializedView, .view].contains(object.kind)
  }

  /// Reads the indexes of which a column of `pg_index` is the relation; its name is looked up in its schema, or else as
  /// the session does it.
  private static func read(
    _ column: String, _ relation: ObjectIdentity, over connection: Connection
  ) async throws -> [IndexOnTable] {
    let bare = Identifier.quoted(relation.name)
    var name = bare
    if let schema = relation.schema, !schema.isEmpty { name = "\(Identifier.quoted(schema)).\(bare)" }
    let result = try await connection.query(
      """
      SELECT i.indexrelid::oid::text AS oid, format('%I.%I', n.nspname, c.relname) AS name, c.relname,
             i.indisvalid AND i.indisready AS is_valid,
             (SELECT min(p.pid) FROM pg_stat_progress_create_index p
              WHERE p.index_relid = i.indexrelid AND p.datid = (SELECT oid FROM pg_database
                                                                WHERE datname = current_database())) AS builder
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE \(column) = coalesce(to_regclass($1), to_regclass($2)) ORDER BY 2
      """, [.text(name), .text(bare)])
    return try result.rows.map { row in
      IndexOnTable(
        oid: try row.text("oid"), name: try row.text("name"), bareName: try row.text("relname"),
        isValid: try row.bool("is_valid"), builder: try row.optionalInt("builder").map { Int32(clamping: $0) }
      )
    }
  }
}
