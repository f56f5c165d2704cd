import Schema
import Script

/// How an expression or a query is put so that the server can plan it.
enum PlanQuestion {
  /// Over which names an expression stands.
  enum Scope: Sendable {
    /// The columns of a relation, and the relation's name.
    case row(ObjectIdentity)
    /// `NEW` and `OLD`, rows of a relation.
    case trigger(ObjectIdentity)
    /// What a rule's condition speaks of: `NEW`, `OLD` or both, and their columns also without these names.
    case rule(ObjectIdentity, event: String)
    /// `VALUE`, of a type.
    case value(type: String)
    /// Nothing but constants.
    case nothing
    /// What stands behind `FROM`.
    case sources([String])
  }

  /// The pair of an expression, each side converted to `type` if one is given.
  ///
  /// The rows come from no table but from an empty array of the table's row type: that needs no privilege on the table
  /// and leaves its row security, its partitions and its size out of the plan. What needs the table itself (system columns,
  /// columns qualified with the schema) is put over the table in a second form.
  static func expression(
    expected: [String], actual: String, over scope: Scope, as type: String? = nil, searchPath: [String]?
  ) -> QueryPair {
    func select(_ expression: String, _ source: String) -> String {
      let value = type.map { "CAST((\(expression)) AS \($0))" } ?? "(\(expression))"
      return "SELECT \(value)\(source.isEmpty ? "" : " FROM \(source)")"
    }
    let forms = expected.flatMap { expected in
      sources(of: scope).map {
        QueryPair.Form(expected: select(expected, $0), actual: select(actual, $0))
      }
    }
    return QueryPair(searchPath: searchPath, forms: withVisibleSubqueries(forms))
  }

  /// The pair of a view's queries.
  ///
  /// Of what they answer only the view's columns are asked for, so that a `*` that would mean more columns today makes
  /// no difference; by name, and where the view itself names its columns, by place.
  static func query(
    expected: [String], actual: String, columns: [String], searchPath: [String]?
  ) -> QueryPair {
    let names = columns.map(Identifier.alwaysQuoted).joined(separator: ", ")
    let list = columns.isEmpty ? "" : names
    func select(_ query: String, _ alias: String) -> String { "SELECT \(list) FROM (\(query)) AS \(alias)" }
    let forms = expected.flatMap { expected in
      ["answer", "answer (\(names))"].map { alias in
        QueryPair.Form(expected: select(expected, alias), actual: select(actual, alias))
      }
    }
    return QueryPair(searchPath: searchPath, forms: withVisibleSubqueries(forms))
  }

  /// Puts the forms first in which the plan shows what subqueries are compared with.
  ///
  /// The others stay for what cannot be put so (a subquery of arrays, syntax of a newer server).
  private static func withVisibleSubqueries(_ forms: [QueryPair.Form]) -> [QueryPair.Form] {
    let visible = forms.compactMap { form -> QueryPair.Form? in
      guard let expected = VisibleSubqueries.rewrite(form.expected),
        let actual = VisibleSubqueries.rewrite(form.actual)
      else { return nil }
      return QueryPair.Form(expected: expected, actual: actual)
    }
    guard !visible.isEmpty else { return forms }
    return visible + forms.map { QueryPair.Form(expected: $0.expected, actual: $0.actual, isFallback: true) }
  }

  /// The pair of a query that stands inside of something else, whose names it may use; where its answer is written into
  /// columns of known types, each side first converted to these, as the server does.
  static func query(
    expected: [String], actual: String, inside sources: [String], as types: [String]? = nil,
    searchPath: [String]?
  ) -> QueryPair {
    func converted(_ query: String) -> String? {
      guard let types else { return nil }
      let names = types.indices.map { "value_\($0 + 1)" }
      let values = zip(names, types).map { "CAST(given.\($0) AS \($1))" }
      return
        "SELECT \(values.joined(separator: ", ")) FROM (\(query)) AS given (\(names.joined(separator: ", ")))"
    }
    func select(_ query: String) -> String {
      let items = sources + [(sources.isEmpty ? "" : "LATERAL ") + "(\(query)) AS answer"]
      return "SELECT answer.* FROM \(items.joined(separator: ", "))"
    }
    return QueryPair(
      searchPath: searchPath,
      forms: expected.flatMap { expected in
        let pairs = [
          converted(expected).flatMap { left in converted(actual).map { (left, $0) } }, (expected, actual),
        ]
        return pairs.compactMap { $0 }.map { QueryPair.Form(expected: select($0.0), actual: select($0.1)) }
      })
  }

  private static func sources(of scope: Scope) -> [String] {
    switch scope {
    case .row(let relation):
      let name = qualified(relation)
      return [
        "unnest(NULL::\(name)[]) AS \(Identifier.alwaysQuoted(relation.name))", "ONLY \(name)",
      ]
    case .trigger(let relation):
      let name = qualified(relation)
      return [
        "unnest(NULL::\(name)[]) AS new, unnest(NULL::\(name)[]) AS old",
        "ONLY \(name) AS new, ONLY \(name) AS old",
      ]
    case .rule(let relation, let event):
      // A column by its bare name is that of the only row that the event has.
      let rows = event == "UPDATE" ? ["new", "old"] : event == "INSERT" ? ["new"] : ["old"]
      let name = qualified(relation)
      return ["unnest(NULL::\(name)[])", "ONLY \(name)"].map { source in
        rows.map { "\(source) AS \($0)" }.joined(separator: ", ")
      }
    case .value(let type):
      return ["unnest(NULL::\(type)[]) AS domain(value)"]
    case .nothing:
      return [""]
    case .sources(let sources):
      return [sources.joined(separator: ", ")]
    }
  }

  static func qualified(_ relation: ObjectIdentity) -> String {
    [relation.schema, relation.name].compactMap { $0 }.map(Identifier.alwaysQuoted).joined(separator: ".")
  }
}
