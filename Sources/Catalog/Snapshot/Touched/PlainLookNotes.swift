import Postgres

/// What the parts of a plain look tell each other.
struct PlainLookNotes: Sendable {
  /// A column as an index refers to it.
  struct Column: Sendable {
    var name: String
    /// Its type and its collation, by their OIDs.
    var type: String
    var collation: String
  }

  /// A column's place: its relation's OID and its number.
  struct Place: Hashable {
    var relation: String
    var number: Int
  }

  /// What the server calls things; nil where it was not asked, and then no look is plain.
  var names: ServerNames?
  /// Whether all rows so far are of objects that a plain look shows in full.
  var isPlain = true
  /// The tablespace of what is in none of its own: empty, or nil where the database's is not `pg_default`.
  var tablespace: String?
  /// The columns that were read.
  var columns: [Place: Column] = [:]
  /// The sequences that are looked at by their own names and were not seen with their tables, by OID.
  var unseenSequences: Set<String> = []
  /// The constraint that keeps an index, by the index's OID.
  var constraintsOfIndexes: [String: String] = [:]

  /// Notes whether a row is of an object that a plain look shows in full, and says it.
  ///
  /// - Throws: ``PostgresError`` if the row does not tell.
  @discardableResult
  mutating func note(_ row: Row) throws(PostgresError) -> Bool {
    let isPlainRow = try row.bool("is_plain")
    if !isPlainRow { isPlain = false }
    return isPlainRow
  }

  /// The names of the columns of a relation by their numbers; nil if one is not known.
  func columnNames(of relation: String, _ numbers: [Int]) -> [String]? {
    let names = numbers.compactMap { columns[Place(relation: relation, number: $0)]?.name }
    return names.count == numbers.count ? names : nil
  }
}
