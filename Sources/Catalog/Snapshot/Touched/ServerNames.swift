import Postgres
import Schema

/// What a server calls things that every look meets again: asked once a session.
struct ServerNames: Sendable {
  /// An operator class of indexes.
  struct OperatorClass: Sendable {
    var name: String
    /// The type that it is for, by its OID.
    var inputType: String
    /// Whether it is its type's default for its access method.
    var isDefault: Bool
    /// Whether it is one of PostgreSQL's own, which need no schema before their names.
    var isBuiltIn: Bool
  }

  private let operatorClasses: [String: OperatorClass]
  private let keyWords: Set<String>

  /// What asks for them, in one row.
  static let sql = """
    SELECT ARRAY(SELECT word FROM pg_get_keywords() WHERE catcode <> 'U') AS key_words, array_agg(oid) AS oids,
      array_agg(opcname) AS names, array_agg(opcintype::oid) AS types, array_agg(opcdefault) AS defaults,
      array_agg(opcnamespace = 'pg_catalog'::regnamespace) AS built_in
    FROM pg_opclass
    """

  /// Reads the answer.
  ///
  /// - Throws: ``PostgresError`` if it is not what was asked for.
  init(_ answer: QueryResult) throws(PostgresError) {
    guard let row = answer.rows.first else {
      throw PostgresError(.unexpectedValue, "the server does not name its operator classes")
    }
    func column(_ name: String) throws(PostgresError) -> [String] { try row.array(name).compactMap { $0 } }
    let (oids, names, types) = (try column("oids"), try column("names"), try column("types"))
    let (defaults, builtIn) = (try column("defaults"), try column("built_in"))
    guard [names.count, types.count, defaults.count, builtIn.count].allSatisfy({ $0 == oids.count }) else {
      throw PostgresError(.unexpectedValue, "the server's list of operator classes has gaps")
    }
    operatorClasses = Dictionary(
      oids.indices.map { place in
        (
          oids[place],
          OperatorClass(
            name: names[place], inputType: types[place], isDefault: defaults[place] == "t",
            isBuiltIn: builtIn[place] == "t")
        )
      }, uniquingKeysWith: { first, _ in first })
    keyWords = Set(try column("key_words"))
  }

  /// The operator class of an OID; nil if it came later.
  func operatorClass(_ oid: String) -> OperatorClass? { operatorClasses[oid] }

  /// The name as the server writes it in a definition (`quote_ident`).
  func quoted(_ name: String) -> String {
    // The server puts names with `$` in quotes, which it would read without.
    keyWords.contains(name) || name.utf8.contains(UInt8(ascii: "$"))
      ? Identifier.alwaysQuoted(name) : Identifier.quoted(name)
  }
}
