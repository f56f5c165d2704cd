import Postgres
import Schema

/// A look at some objects alone: prepared once a session, then asked in the message of the migration that touches them.
///
/// What a whole snapshot costs grows with the database; this costs what the migration touches. The statements stand in
/// the migration's own transaction, without a savepoint around them: one that fails lets the migration fail, which is
/// what a verification that cannot be done must do.
///
/// It is taken in two steps. The first, *plain* one shows usual tables in full and says of all others that it does not;
/// then the second, *complete* one is asked for, in the same transaction.
public struct TouchedLook: Sendable {
  private let server: ServerInformation
  private let scope: SnapshotScope
  private let parts: [Part: CatalogQuery]
  private let plainParts: [Part: CatalogQuery]
  /// What the server calls things; nil until the preparation was answered.
  private var names: ServerNames?

  /// The queries, by what they read; the name is part of the prepared statement's.
  private enum Part: String, CaseIterable {
    case touched, relations, columns, sequences, constraints, indexes, routines, triggers, policies, comments
    case partComments = "part_comments"
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
    plainParts = [
      .touched: dialect.plainTouched, .relations: dialect.plainRelations, .columns: dialect.plainColumns,
      .sequences: dialect.plainSequences, .constraints: dialect.plainConstraints,
      .indexes: dialect.plainIndexes, .routines: dialect.routines, .triggers: dialect.triggers,
      .policies: dialect.policies, .comments: dialect.plainComments,
      .partComments: dialect.plainCommentsOnParts,
    ]
  }

  /// What prepares the session, once; to be sent in a transaction of its own, and its answers to be learnt.
  public var preparation: [PipelineRequest] {
    [.prepare(Self.beginningName, Self.beginningText), Self.planning, PipelineRequest(ServerNames.sql)]
      + Self.preparing(plainParts) { "signalbox_\($0.rawValue)" }
  }

  /// The place of the answer to ``ServerNames/sql``.
  private static let placeOfNames = 2

  /// Takes in the answers to ``preparation``.
  ///
  /// - Throws: ``PostgresError`` if they are not what was asked for.
  public mutating func learn(_ answers: [QueryResult]) throws(PostgresError) {
    guard answers.indices.contains(Self.placeOfNames) else {
      throw PostgresError(.unexpectedValue, "the preparation of the looks was not answered")
    }
    names = try ServerNames(answers[Self.placeOfNames])
  }

  /// What prepares the complete look, once a session, where the first is asked for.
  public var completePreparation: [PipelineRequest] {
    [Self.planning] + Self.preparing(parts) { "signalbox_complete_\($0.rawValue)" }
  }

  /// The settings under which plans are made, and the path under which the queries are asked.
  ///
  /// For a catalog of any size: by index, as a catalog that is small now would not be read. ``beginning`` is prepared
  /// before, under the session's own path.
  private static let planning = PipelineRequest(
    """
    SELECT set_config('search_path', 'pg_catalog, pg_temp', true), set_config('enable_seqscan', 'off', true),
      set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
      set_config('plan_cache_mode', 'force_generic_plan', true), set_config('jit', 'off', true)
    """)

  /// Prepares queries, and asks each of them once, which makes its plan.
  private static func preparing(
    _ parts: [Part: CatalogQuery], _ name: (Part) -> String
  ) -> [PipelineRequest] {
    Part.allCases.flatMap { part -> [PipelineRequest] in
      guard let query = parts[part] else { return [] }
      return [
        .prepare(name(part), query.sql, types: [textArray, textArray]),
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

  /// What is asked about the objects first.
  public func requests(for objects: TouchedObjects) -> [PipelineRequest] {
    let parameters = parameters(for: objects)
    return chosen(objects, isPlain: true).map {
      .prepared("signalbox_\($0.rawValue)", plainParts[$0]?.sql ?? "", parameters)
    }
  }

  /// What the answers to ``requests(for:)`` say, as a snapshot of these objects alone; nil if they do not say all, and
  /// ``completeRequests(for:)`` are needed.
  ///
  /// - Throws: ``PostgresError`` if an answer is not what was asked for.
  public func read(_ results: [QueryResult], of objects: TouchedObjects) throws(PostgresError) -> Snapshot? {
    var builder = SnapshotBuilder()
    builder.plain.names = names
    for (part, result) in try asked(chosen(objects, isPlain: true), results) {
      guard let query = plainParts[part] else { continue }
      for row in result.rows { try query.read(row, &builder) }
      if !builder.plain.isPlain { return nil }
    }
    // A sequence of no table that is looked at.
    if !builder.plain.unseenSequences.isEmpty { return nil }
    return snapshot(builder)
  }

  /// What is asked about objects that a plain look does not show in full; ``completePreparation`` must have been sent.
  public func completeRequests(for objects: TouchedObjects) -> [PipelineRequest] {
    let parameters = parameters(for: objects)
    return chosen(objects, isPlain: false).map {
      .prepared("signalbox_complete_\($0.rawValue)", parts[$0]?.sql ?? "", parameters)
    }
  }

  /// What the answers to ``completeRequests(for:)`` say, as a snapshot of these objects alone.
  ///
  /// - Throws: ``PostgresError`` if an answer is not what was asked for.
  public func readComplete(
    _ results: [QueryResult], of objects: TouchedObjects
  ) throws(PostgresError) -> Snapshot {
    var builder = SnapshotBuilder()
    for (part, result) in try asked(chosen(objects, isPlain: false), results) {
      guard let query = parts[part] else { continue }
      for row in result.rows { try query.read(row, &builder) }
    }
    return snapshot(builder)
  }

  private func asked(
    _ parts: [Part], _ results: [QueryResult]
  ) throws(PostgresError) -> Zip2Sequence<[Part], [QueryResult]> {
    guard results.count == parts.count else {
      throw PostgresError(
        .unexpectedValue, "\(parts.count) looks at the catalog were answered with \(results.count) results")
    }
    return zip(parts, results)
  }

  private func snapshot(_ builder: SnapshotBuilder) -> Snapshot {
    Snapshot(
      database: server.database, serverVersion: server.version, platformSchemas: scope.platformSchemas,
      objects: builder.objects.values, access: builder.access)
  }

  private func parameters(for objects: TouchedObjects) -> [Parameter] {
    [
      .array(objects.relations.filter { isRead($0.schema ?? "") }.map(\.qualifiedName).sorted()),
      .array(Set(objects.routines.map(\.name)).sorted()),
    ]
  }

  private func chosen(_ objects: TouchedObjects, isPlain: Bool) -> [Part] {
    var chosen: [Part] = [.touched]
    if !objects.relations.isEmpty { chosen += [.relations, .columns, .sequences, .constraints, .indexes] }
    if !objects.routines.isEmpty { chosen.append(.routines) }
    if objects.kinds.contains(.trigger) { chosen.append(.triggers) }
    if objects.kinds.contains(.policy) { chosen.append(.policies) }
    if objects.kinds.contains(.comment) {
      chosen.append(isPlain && objects.hasCommentsOnParts ? .partComments : .comments)
    }
    return chosen
  }

  /// Whether a schema is read at all, as a whole snapshot reads it.
  private func isRead(_ schema: String) -> Bool {
    !schema.hasPrefix("pg_") && schema != "information_schema" && !scope.excludedSchemas.contains(schema)
  }

  /// The OID of `text[]` (`src/include/catalog/pg_type.dat`).
  private static let textArray: UInt32 = 1009
}
