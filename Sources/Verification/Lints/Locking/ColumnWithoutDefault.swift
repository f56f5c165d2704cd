import Schema
import Script

/// A new NOT NULL column without a default, which only an empty table can take.
struct ColumnWithoutDefault: StatementLint {
  let code: LintCode = "lint.column-without-default"

  func candidates(in context: StatementContext) -> [LintCandidate] {
    context.newColumns.compactMap { column in
      guard !column.detail.isNullable, column.detail.defaultExpression == nil, column.detail.identity == nil,
        !column.detail.isGenerated, !context.isEmptied(column.table)
      else { return nil }
      let name = Identifier.quoted(column.object.name)
      return context.candidate(
        code, severity(column.table, context), column.object,
        "\(name) is NOT NULL and has no default: the statement fails as soon as "
          + "\(context.facts.sized(column.table)) has a row",
        advice: "Give it a DEFAULT, or add it without NOT NULL, fill it in, and set NOT NULL afterwards.")
    }
  }

  private func severity(_ table: ObjectIdentity, _ context: StatementContext) -> Finding.Severity {
    if context.isApplied { return .pass }
    guard let rows = context.facts.live(table)?.estimatedRows else { return .warning }
    return rows > 0 ? .failure : .pass
  }
}
