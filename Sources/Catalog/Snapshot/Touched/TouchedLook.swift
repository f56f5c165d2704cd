import Postgres
import Schema

/// A look at some objects alone: prepared once a session, then asked in the message of the migration that touches them.
///
/// What a whole snapshot costs grows with the database; this costs what the migration touches. The statements stand in
/// the migration's own transaction, without a savepoint around them: one that fails lets the migration fail, which is
/// what a verification that cannot be done must do.
public struct TouchedLook: Sendable {
  private let server: ServerInformation
  private let scope: SnapshotScope
  private let parts: [Part: CatalogQuery]

  /// The queries, by what they read; the name is part of the prepared statement's.
  private enum Part: String, CaseIterable {
    case touched, relations, columns, sequences, indexes, constraints, routines, triggers, policies, comments
  }

  /// Makes the look for a server.
  public init(server: ServerInformation, scope: SnapshotScope) {
    self.server = server
    self.scope = scope
    var narrow = scope
    narrow.includesSizes = false
    narrow.includesDependencies = false
    let dialect = CatalogDialect(version: server.version, scope: narrow, isNarrow: true)
    parts = [
      .touched: dialect.touched, .relations: dialect.relations, .columns: dialect.columns,
      .sequences: dialect.sequences,
      .indexes: dialect.indexes, .constraints: dialect.constraints, .routines: dialect.routines,
      .triggers: dialect.triggers, .policies: dialect.policies, .comments: dialect.commentsOnObjects,
    ]
  }

  /// What prepares the session, once; to be sent in a transaction of its own.
  ///
  /// The plans are made here, for a catalog of any size: by index, as a catalog that is small now would not be read.
  public var preparation: [PipelineRequest] {
    [
      // Prepared under the session's own path, under which it is asked.
      .prepare(Self.beginningName, Self.beginningText),
      PipelineRequest(
        """
        SELECT set_config('search_path', 'pg_catalog, pg_temp', true), set_config('enable_seqscan', 'off', true),
          set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
          set_config('plan_cache_mode', 'force_generic_plan', true), set_config('jit', 'off', true)
        """),
    ]
      + Part.allCases.flatMap { part -> [PipelineRequest] in
        guard let query = parts[part] else { return [] }
        return [
          .prepare(name(part), query.sql, types: [Self.textArray, Self.textArray]),
          .prepared(name(part), query.sql, [.array([]), .array([])]),
        ]
      }
  }

  /// What puts the session into the state in which definitions are read, to the end of the transaction; it gives the
  /// number of that transaction as `transaction`.
  public static let beginning = PipelineRequest.prepared(beginningName, beginningText, [])

  private static let beginningName = "signalbox_look"
  private static let beginningText =
    SnapshotScript.settings
    + ", set_config('plan_cache_mode', 'force_generic_plan', true), pg_current_xact_id() AS transaction"

  /// What is asked about the objects.
  public func requests(for objects: TouchedObjects) -> [PipelineRequest] {
    let parameters = [
      Parameter.array(objects.relations.filter { isRead($0.schema ?? "") }.map(\.qualifiedName).sorted()),
      Parameter.array(Set(objects.routines.map(\.name)).sorted()),
    ]
    return chosen(objects).map { .prepared(name($0), parts[$0]?.sql ?? "", parameters) }
  }

  /// What the answers to ``requests(for:)`` say, as a snapshot of these objects alone.
  ///
  /// - Throws: ``PostgresError`` if an answer is not what was asked for.
  public func read(_ results: [QueryResult], of objects: TouchedObjects) throws(PostgresError) -> Snapshot {
    let chosen = chosen(objects)
    guard results.count == chosen.count else {
      throw PostgresError(
        .unexpectedValue, "\(chosen.count) looks at the catalog were answered with \(results.count) results")
    }
    var builder = SnapshotBuilder()
    for (part, result) in zip(chosen, results) {
      guard let query = parts[part] else { continue }
      for row in result.rows { try query.read(row, &builder) }
    }
    return Snapshot(
      database: server.database, serverVersion: server.version, platformSchemas: scope.platformSchemas,
      objects: builder.objects.values, access: builder.access)
  }

  private func chosen(_ objects: TouchedObjects) -> [Part] {
    var chosen: [Part] = [.touched]
    if !objects.relations.isEmpty { chosen += [.relations, .columns, .sequences, .indexes, .constraints] }
    if !objects.routines.isEmpty { chosen.append(.routines) }
    if objects.kinds.contains(.trigger) { chosen.append(.triggers) }
    if objects.kinds.contains(.policy) { chosen.append(.policies) }
    if objects.kinds.contains(.comment) { chosen.append(.comments) }
    return chosen
  }

  /// Whether a schema is read at all, as a whole snapshot reads it.
  private func isRead(_ schema: String) -> Bool {
    !schema.hasPrefix("pg_") && schema != "information_schema" && !scope.excludedSchemas.contains(schema)
  }

  private func name(_ part: Part) -> String { "signalbox_\(part.rawValue)" }

  /// The OID of `text[]` (`src/include/catalog/pg_type.dat`).
  private static let textArray: UInt32 = 1009
}
