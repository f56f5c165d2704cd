import Schema

/// A foreign key that puts NULL, when the row that it refers to goes or changes, into a column that forbids it.
struct NullForbiddenByColumn: SchemaLint {
  let code: LintCode = "lint.set-null-on-not-null"

  func candidates(in schema: LintSchema, _ facts: LintFacts) -> [LintCandidate] {
    schema.certain(.constraint).flatMap { constraint, entry -> [LintCandidate] in
      guard case .constraint(let key) = entry.detail, key.kind == .foreignKey, let table = constraint.table,
        let referenced = key.referencedTable, !PlatformTables.contains(table, facts),
        !schema.isInherited(constraint)
      else { return [] }
      return Self.events.compactMap { event, words in
        guard let action = Action(of: entry.definition, on: event, columns: key.columns) else { return nil }
        let forbidding = action.columns.filter { action.isForbidden(by: $0, of: table, in: schema) }
        guard let first = forbidding.first else { return nil }
        let names = forbidding.map(Identifier.quoted).joined(separator: ", ")
        let column = schema.entry(of: .column(table.schema ?? "", table.name, first))
        return LintCandidate(
          code: code, severity: .failure, place: [entry.madeAt, column?.changedAt].compactMap { $0 }.max(),
          object: constraint,
          message: "ON \(event) \(action.words) puts NULL into \(names) of \(table.qualifiedName), which "
            + "\(forbidding.count == 1 ? "is" : "are") NOT NULL: \(words) in \(referenced.qualifiedName) that a row "
            + "refers to fails (SQLSTATE 23502)",
          advice: "Allow NULL in \(names), or choose another action: CASCADE, RESTRICT.")
      }
    }
  }

  private static let events = [
    ("DELETE", "deleting a row"), ("UPDATE", "changing the key of a row"),
  ]

  /// What a foreign key does to rows that refer to one which goes or changes.
  private struct Action {
    var words: String
    var columns: [String]

    /// Reads it from the definition as `pg_get_constraintdef` writes it; nil for one that never makes a value NULL.
    init?(of definition: String, on event: String, columns: [String]) {
      let rest: String
      if let found = definition.text(behind: " ON \(event) SET NULL") {
        (words, rest) = ("SET NULL", found)
      } else if let found = definition.text(behind: " ON \(event) SET DEFAULT") {
        (words, rest) = ("SET DEFAULT", found)
      } else {
        return nil
      }
      self.columns = columns
      guard rest.hasPrefix(" (") else { return }
      let named = rest.dropFirst(2).prefix { $0 != ")" }.split(separator: ",")
        .map { Identifier.unquoted(String($0.drop { $0 == " " })) }
      self.columns = columns.filter(named.contains)
    }

    func isForbidden(by name: String, of table: ObjectIdentity, in schema: LintSchema) -> Bool {
      guard
        case .column(let column)? = schema.entry(of: .column(table.schema ?? "", table.name, name))?.detail,
        !column.isNullable
      else { return false }
      return words == "SET NULL"
        || column.defaultExpression == nil && column.identity == nil && !column.isGenerated
    }
  }
}
