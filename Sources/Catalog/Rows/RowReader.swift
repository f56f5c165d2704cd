public import Postgres
public import Schema

/// Reads some rows of a relation, to be looked at: never a whole table, never for long.
public struct RowReader: Sendable {
  /// How much is read at a time.
  public struct Limits: Sendable, Hashable {
    /// The rows of a page.
    public var rows: Int
    /// The characters of a value; longer ones are cut by the server, so that they are not sent.
    public var characters: Int
    /// How long the server may take, in seconds.
    public var seconds: Double

    /// Makes limits from their parts.
    public init(rows: Int = 200, characters: Int = 500, seconds: Double = 5) {
      self.rows = rows
      self.characters = characters
      self.seconds = seconds
    }
  }

  private let source: CatalogReader
  private let limits: Limits

  /// Reads over a connection that is in no transaction.
  public init(_ connection: Connection, limits: Limits = Limits()) {
    source = CatalogReader(connection)
    self.limits = limits
  }

  /// Reads over a lease in whose transaction nothing is written any more: it is read-only from then on.
  public init(_ lease: LeasedConnection, limits: Limits = Limits()) {
    source = CatalogReader(lease)
    self.limits = limits
  }

  /// Some rows of a table or view, in a transaction that cannot write.
  ///
  /// In the order of the primary key if there is one, for then that is cheap and pages do not overlap.
  ///
  /// - Throws: ``PostgresError``: if there is no such relation or the role may not read it, or if it takes too long.
  public func page(of relation: ObjectIdentity, offset: Int = 0) async throws -> RowPage {
    try await source.withLease { lease in
      let columns = try await columns(of: relation, lease)
      let script = [
        "SET TRANSACTION READ ONLY",
        "SELECT set_config('statement_timeout', '\(max(1, Int(limits.seconds * 1_000)))', true)",
        select(columns, from: relation, offset: offset),
      ]
      let results = try await lease.execute(script.joined(separator: ";\n"))
      let rows = results.last.map { Array($0.rows) } ?? []
      return RowPage(
        relation: relation, columns: columns.map(\.name),
        rows: rows.prefix(limits.rows).map { row in columns.indices.map { row[$0].map(cut) } },
        offset: offset, hasMore: rows.count > limits.rows, order: key(of: columns))
    }
  }

  private struct Column {
    var name: String
    var type: String
    var keyPlace: Int?
  }

  private func columns(of relation: ObjectIdentity, _ lease: LeasedConnection) async throws -> [Column] {
    let result = try await lease.query(
      """
      SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type,
        array_position(i.indkey::int2[], a.attnum) AS place
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
      WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      ORDER BY a.attnum
      """, [.text(relation.schema ?? ""), .text(relation.name)])
    let columns = try result.rows.map { row in
      Column(
        name: try row.text("name"), type: try row.text("type"), keyPlace: try row.optionalInt("place"))
    }
    guard !columns.isEmpty else {
      throw PostgresError(.misuse, "\(relation) is not there, or has no columns")
    }
    return columns
  }

  private func key(of columns: [Column]) -> [String] {
    columns.filter { $0.keyPlace != nil }.sorted { $0.keyPlace ?? 0 < $1.keyPlace ?? 0 }.map(\.name)
  }

  private func select(_ columns: [Column], from relation: ObjectIdentity, offset: Int) -> String {
    let values = columns.map { column in
      let name = Identifier.alwaysQuoted(column.name)
      // Two digits a byte: what is behind the limit need not even be written out.
      let value = column.type == "bytea" ? "substring(\(name) FOR \(limits.characters))" : name
      return "left(\(value)::text, \(limits.characters + 1))"
    }
    let table = [relation.schema, relation.name].compactMap { $0 }.map(Identifier.alwaysQuoted)
    let key = key(of: columns).map(Identifier.alwaysQuoted)
    let order = key.isEmpty ? "" : " ORDER BY \(key.joined(separator: ", "))"
    return """
      SELECT \(values.joined(separator: ", ")) FROM \(table.joined(separator: "."))\(order) \
      LIMIT \(limits.rows + 1) OFFSET \(max(0, offset))
      """
  }

  private func cut(_ value: String) -> String {
    value.unicodeScalars.count > limits.characters
      ? String(String.UnicodeScalarView(value.unicodeScalars.prefix(limits.characters))) + "…" : value
  }
}
