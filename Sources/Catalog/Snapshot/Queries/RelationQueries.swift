import Postgres
import Schema

/// Tables of all kinds, views, and the row security flags of tables.
extension CatalogDialect {
  var relations: CatalogQuery {
    // Servers before 14 store 0 for a table that was never analysed, later ones -1.
    let estimate =
      version < 140000
      ? "CASE WHEN c.relpages = 0 AND c.reltuples = 0 THEN NULL ELSE c.reltuples END"
      : "CASE WHEN c.reltuples >= 0 THEN c.reltuples END"
    let bytes =
      scope.includesSizes ? "CASE WHEN c.relkind IN ('r', 'm') THEN pg_total_relation_size(c.oid) END" : "0"
    return CatalogQuery(
      sql: """
        SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind,
          pg_get_userbyid(c.relowner) AS owner, \(estimate)::float8 AS rows, \(bytes) AS bytes,
          c.relpersistence AS persistence, c.reloptions AS options, toast.reloptions AS toast_options, c.relreplident AS replica_identity,
          marked.replica_index, marked.clustered_on, \(Self.tablespace("c")) AS tablespace, method.amname AS method,
          c.relrowsecurity AS row_security, c.relforcerowsecurity AS forced_row_security,
          parent.schemas AS parent_schemas, parent.names AS parent_names,
          pg_get_expr(c.relpartbound, c.oid) AS bound,
          CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
          CASE WHEN c.reloftype <> 0 THEN format_type(c.reloftype, NULL) END AS row_type,
          CASE WHEN c.relkind IN ('v', 'm') AND NOT \(isPlatform("n")) THEN pg_get_viewdef(c.oid) END AS query,
          server.srvname AS server, \(Self.foreignOptions("foreign_table.ftoptions")) AS foreign_options\(held("coalesce(c.relacl, acldefault('r', c.relowner))"))
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          LEFT JOIN LATERAL (
            SELECT array_agg(pn.nspname ORDER BY i.inhseqno) AS schemas, array_agg(p.relname ORDER BY i.inhseqno) AS names
            FROM (SELECT * FROM pg_inherits WHERE inhrelid = c.oid\(isNarrow ? " OFFSET 0" : "")) i
              JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace) parent ON true
          LEFT JOIN LATERAL (
            SELECT min(r.relname::text) FILTER (WHERE i.indisreplident) AS replica_index,
              min(r.relname::text) FILTER (WHERE i.indisclustered) AS clustered_on
            FROM pg_index i JOIN pg_class r ON r.oid = i.indexrelid
            WHERE c.relhasindex AND i.indrelid = c.oid AND (i.indisreplident OR i.indisclustered)) marked ON true
          LEFT JOIN pg_am method ON method.oid = c.relam
          LEFT JOIN \(lookedUp("pg_class", as: "toast", by: "toast.oid = c.reltoastrelid"))
          LEFT JOIN \(lookedUp("pg_foreign_table", as: "foreign_table", by: "foreign_table.ftrelid = c.oid"))
          LEFT JOIN pg_foreign_server server ON server.oid = foreign_table.ftserver
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND \(isRead(relation: "c.oid", in: "n"))
        """
    ) { row, builder throws(PostgresError) in
      let identity = ObjectIdentity(
        ObjectKind(relationKind: try row.text("kind")), schema: try row.text("schema"),
        name: try row.text("name"))
      let options = try storageParameters(of: row)
      let parents = zip(
        try row.optionalArray("parent_schemas") ?? [], try row.optionalArray("parent_names") ?? []
      ).compactMap { pair in
        if let schema = pair.0, let name = pair.1 { ObjectIdentity.table(schema, name) } else { nil }
      }
      let detail = RelationDetail(
        estimatedRows: try row.optionalDouble("rows"), bytes: try row.optionalInt("bytes") ?? 0,
        isPartitioned: try row.text("kind") == "p", parent: parents.first,
        isSecurityInvoker: options.makesSecurityInvoker,
        storage: RelationStorage(
          tablespace: try row.optionalText("tablespace"), accessMethod: try row.optionalText("method"),
          clusteredOn: try row.optionalText("clustered_on")))
      let definition = try relationDefinition(row, options: options, parents: parents)
      try addRelation(row, identity, definition: definition, detail, &builder)
    }
  }

  /// Adds a relation, with who holds what on it and its row security.
  func addRelation(
    _ row: Row, _ identity: ObjectIdentity, definition: String, _ detail: RelationDetail,
    _ builder: inout SnapshotBuilder
  ) throws(PostgresError) {
    let (schema, owner) = (identity.schema ?? "", try row.text("owner"))
    builder.add(
      SchemaObject(identity: identity, definition: definition, detail: .relation(detail), owner: owner),
      at: .init(catalog: "pg_class", oid: try row.text("oid")))
    try addHeld(row, on: identity, owner: owner, &builder)
    if try row.bool("row_security") {
      builder.add(SchemaObject(identity: .rowSecurity(schema, identity.name)))
    }
    if try row.bool("forced_row_security") {
      builder.add(SchemaObject(identity: .forcedRowSecurity(schema, identity.name)))
    }
  }

  /// The storage parameters of a relation, those of its TOAST table with `toast.` before them.
  func storageParameters(of row: Row) throws(PostgresError) -> [String] {
    let own = try row.optionalArray("options") ?? []
    let toast = try row.optionalArray("toast_options") ?? []
    return own.compactMap { $0 } + toast.compactMap { $0.map { "toast.\($0)" } }
  }
}

extension [String] {
  /// Whether these storage parameters make a view look at its tables as whoever asks.
  var makesSecurityInvoker: Bool {
    contains { $0 == "security_invoker=true" || $0 == "security_invoker=on" }
  }
}

extension CatalogDialect {
  /// The tablespace of a relation, empty for the database's own; `alias` names a `pg_class`.
  ///
  /// NULL where the database's own is not `pg_default`: then its name does not tell whether a relation was put there.
  static func tablespace(_ alias: String) -> String {
    """
    CASE WHEN (SELECT dattablespace FROM pg_database WHERE datname = current_database()) = 1663 THEN coalesce(
      (SELECT spcname FROM pg_tablespace WHERE oid = nullif(\(alias).reltablespace, 0)), '') END
    """
  }
}

/// What defines a relation apart from its columns, which are objects of their own.
private func relationDefinition(
  _ row: Row, options: [String], parents: [ObjectIdentity]
) throws(PostgresError) -> String {
  var parts: [String] = []
  if try row.text("persistence") == "u" { parts.append("UNLOGGED") }
  if let type = try row.optionalText("row_type") { parts.append("OF \(type)") }
  let parentNames = parents.map(\.qualifiedName).joined(separator: ", ")
  if let bound = try row.optionalText("bound") {
    parts.append("PARTITION OF \(parentNames) \(bound)")
  } else if !parents.isEmpty {
    parts.append("INHERITS (\(parentNames))")
  }
  if let key = try row.optionalText("partition_key") { parts.append("PARTITION BY \(key)") }
  if let server = try row.optionalText("server") {
    parts.append("SERVER \(Identifier.quoted(server))")
    if let options = try row.optionalText("foreign_options") { parts.append(options) }
  }
  if !options.isEmpty { parts.append("WITH (\(options.sorted().joined(separator: ", ")))") }
  let isTable = try ["r", "p"].contains(row.text("kind"))
  switch try row.text("replica_identity") {
  case "f": parts.append("REPLICA IDENTITY FULL")
  // Views and foreign tables have none either, and cannot be given one.
  case "n" where isTable: parts.append("REPLICA IDENTITY NOTHING")
  case "i":
    let index = try row.optionalText("replica_index").map { " \(Identifier.quoted($0))" } ?? ""
    parts.append("REPLICA IDENTITY USING INDEX\(index)")
  default: break
  }
  if let query = try row.optionalText("query") { parts.append("AS\n\(query)") }
  return parts.joined(separator: " ")
}
