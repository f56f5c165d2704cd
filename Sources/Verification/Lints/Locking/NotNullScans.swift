import Schema
import Script

/// `SET NOT NULL` on a table in use, without a constraint that has proved it already.
struct NotNullScans: StatementLint {
  let code: LintCode = "lint.not-null-scans"

  func candidates(in context: StatementContext) -> [LintCandidate] {
    context.statement.effects.compactMap { effect in
      guard effect.action == .alters, effect.object.kind == .column, effect.definition == "SET NOT NULL",
        let table = effect.object.table, context.lock(on: table)?.scansTable ?? false,
        context.isExisting(table), !isProven(effect.object, in: context.schema)
      else { return nil }
      let name = Identifier.quoted(effect.object.name)
      let check = Identifier.quoted(Identifier.truncated("\(table.name)_\(effect.object.name)_not_null"))
      let alter = "ALTER TABLE \(table.qualifiedName)"
      return context.candidate(
        code, context.severity(ofTouching: table), effect.object,
        "every row of \(context.facts.sized(table)) is read to see that \(name) is not NULL, and nobody can "
          + "read or write the table meanwhile",
        advice: "\(alter) ADD CONSTRAINT \(check) CHECK (\(name) IS NOT NULL) NOT VALID; then, in the next "
          + "migration: \(alter) VALIDATE CONSTRAINT \(check); and in a third: \(alter) ALTER COLUMN \(name) "
          + "SET NOT NULL, DROP CONSTRAINT \(check);")
    }
  }

  /// Whether earlier files have made the column NOT NULL, or checked it.
  private func isProven(_ column: ObjectIdentity, in schema: LintSchema) -> Bool {
    if case .column(let detail)? = schema.entry(of: column)?.detail, !detail.isNullable { return true }
    let proof = "CHECK (\(Identifier.quoted(column.name)) IS NOT NULL)"
    return schema.objects.contains { object, entry in
      guard object.table == column.table, case .constraint(let detail) = entry.detail else { return false }
      return detail.isValidated && detail.columns == [column.name] && entry.definition.hasPrefix(proof)
    }
  }
}
