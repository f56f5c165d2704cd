import Schema
import Script

/// A new column whose value must be computed for each row of a table in use.
struct VolatileDefault: StatementLint {
  let code: LintCode = "lint.volatile-default"

  func candidates(in context: StatementContext) -> [LintCandidate] {
    context.newColumns.compactMap { column in
      guard context.lock(on: column.table)?.rewritesTable ?? false, let cause = cause(column.detail) else {
        return nil
      }
      let name = Identifier.quoted(column.object.name)
      let alter = "ALTER TABLE \(column.table.qualifiedName)"
      return context.candidate(
        code, context.severity(ofTouching: column.table), column.object,
        "all rows of \(context.facts.sized(column.table)) are written anew, since \(cause) gives each row its "
          + "own \(name), and nobody can read or write the table meanwhile",
        advice: column.detail.isGenerated || column.detail.identity != nil
          ? "Add a plain column, fill it in batches, and let a trigger or a default keep it up."
          : "\(alter) ADD COLUMN \(name) \(column.detail.type); then \(alter) ALTER COLUMN \(name) SET DEFAULT "
            + "\(column.detail.defaultExpression ?? "…"); and fill the old rows in batches.")
    }
  }

  private func cause(_ column: ColumnDetail) -> String? {
    if column.identity != nil { return "an identity column" }
    guard let expression = column.defaultExpression else { return nil }
    if column.isGenerated { return "a stored expression" }
    // The lock is that of all columns together: those that are the same for each row are not the cause.
    return Self.callsFunctions(expression) ? "the default \(expression)" : nil
  }

  /// Functions that give one answer to the whole statement.
  private static let steady: Set<String> = [
    "now", "transaction_timestamp", "statement_timestamp", "current_setting", "auth.uid",
  ]

  private static func callsFunctions(_ expression: String) -> Bool {
    var word = ""
    var isInString = false
    for character in expression {
      if character == "'" { isInString.toggle() }
      guard !isInString else { continue }
      if character == "(", !word.isEmpty, !steady.contains(word.lowercased()) { return true }
      if character.isLetter || character.isNumber || character == "_" || character == "." {
        word.append(character)
      } else {
        word = ""
      }
    }
    return false
  }
}
