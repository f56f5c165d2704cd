import Postgres
import Schema

/// The text of a whole snapshot: what prepares the session, the queries, and what puts the session back.
///
/// It is sent as one message of the simple protocol, so that it costs one round trip whatever it asks.
struct SnapshotScript: Sendable {
  /// The text to send.
  let text: String
  /// The queries, each with the place of its result among all results.
  let queries: [(result: Int, query: CatalogQuery)]
  /// The places of the results of what was asked along with the snapshot.
  private let others: Range<Int>
  /// The place of the result that has the session's own settings.
  private let own: Int
  /// What to send after an error, if anything.
  let recovery: String?

  /// - Parameter questions: what is asked along with it, of the same moment.
  init(
    dialect: CatalogDialect, isInTransaction: Bool, lockTimeoutMilliseconds: Int, questions: [String] = []
  ) {
    let frame = LookFrame(
      isInTransaction: isInTransaction, savepoint: "signalbox_snapshot",
      lockTimeoutMilliseconds: lockTimeoutMilliseconds)
    let prologue = frame.before + [Self.ownSearchPath + ", " + Self.settings.dropFirst("SELECT ".count)]
    let catalogQueries = dialect.queries
    text = (prologue + catalogQueries.map(\.sql) + questions + frame.after).joined(separator: ";\n")
    queries = catalogQueries.enumerated().map { (prologue.count + $0.offset, $0.element) }
    let first = prologue.count + catalogQueries.count
    others = first..<(first + questions.count)
    own = prologue.count - 1
    recovery = frame.recovery
  }

  /// What the results of ``text`` stand for.
  func read(_ results: [QueryResult]) throws(PostgresError) -> SnapshotBuilder {
    var builder = SnapshotBuilder()
    for (place, query) in queries {
      guard results.indices.contains(place) else {
        throw PostgresError(
          .unexpectedValue,
          "the snapshot's query \(place) was not answered; there are \(results.count) results")
      }
      for row in results[place].rows { try query.read(row, &builder) }
    }
    return builder
  }

  /// The answers to what was asked along with the snapshot.
  func answers(_ results: [QueryResult]) throws(PostgresError) -> [QueryResult] {
    guard results.count >= others.upperBound else {
      throw PostgresError(
        .unexpectedValue,
        "the snapshot gave \(results.count) results where \(others.upperBound) were asked for")
    }
    return Array(results[others])
  }

  /// Where the session looks up unqualified names, as its `search_path` is set; nil if the server did not say.
  func searchPath(_ results: [QueryResult]) throws(PostgresError) -> String? {
    guard results.indices.contains(own), let row = results[own].rows.first else { return nil }
    return try row.optionalText(Self.searchPathName)
  }

  /// Asks for the session's own path, in front of what sets it for the snapshot: outputs are worked out from left to right.
  private static let ownSearchPath = "SELECT current_setting('search_path') AS \(searchPathName)"
  private static let searchPathName = "own_search_path"

  /// The settings under which the server writes definitions: the same everywhere, so that texts can be compared.
  ///
  /// `pg_temp` stands last, where no temporary object hides one of the catalog's. Compiling queries that take a few
  /// milliseconds (`jit`) costs ten times more than it saves.
  static let settings: String = {
    let values = [
      ("search_path", "pg_catalog, pg_temp"), ("jit", "off"), ("quote_all_identifiers", "off"),
      ("DateStyle", "ISO"),
      ("IntervalStyle", "postgres"), ("TimeZone", "UTC"), ("bytea_output", "hex"),
      ("extra_float_digits", "1"),
    ]
    return "SELECT " + values.map { "set_config('\($0)', '\($1)', true)" }.joined(separator: ", ")
  }()
}

extension CatalogDialect {
  /// Every query of a snapshot; grants, comments and dependencies refer to what the others found and stand last.
  var queries: [CatalogQuery] {
    namespaces + [relations, columns, sequences, indexes, constraints, routines] + tableActions + [types]
      + publicationsAndMembers + [others, memberships, defaultPrivileges, grants] + comments + accessFacts
      + (scope.includesDependencies ? [dependencies] : [])
  }
}
