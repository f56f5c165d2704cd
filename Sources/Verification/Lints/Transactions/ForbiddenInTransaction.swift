import Migrations
import Schema
import Script

/// CONCURRENTLY, VACUUM and their like inside a transaction, or in a file whose other statements want one.
struct ForbiddenInTransaction: StatementLint {
  let code: LintCode = "lint.forbidden-in-transaction"

  func candidates(in context: StatementContext) -> [LintCandidate] {
    guard case .outsideOnly(let command) = context.statement.transactionRule else { return [] }
    let statement = context.statement
    let object =
      statement.effects.first { $0.action != .uses }?.object ?? statement.effects.first?.object
      ?? ObjectIdentity(.database, name: command)
    if statement.tag == "DO" {
      return [
        context.candidate(
          code, .failure, object, "\(command) cannot run in a DO block, which is always in a transaction",
          advice: "Write it as a statement of its own.")
      ]
    }
    if TransactionSpans(context.migration).isInsideOwnTransaction(statement.index) {
      return [
        context.candidate(
          code, .failure, object, "\(command) cannot run between the file's own BEGIN and COMMIT",
          advice: "Move it behind the COMMIT, better into a migration of its own.")
      ]
    }
    let others = context.migration.script.statements.filter(isAtomic)
    let isFirst = !context.migration.script.statements[..<statement.index].contains { isForbidden($0) }
    guard isFirst, !others.isEmpty else { return [] }
    let severity: Finding.Severity = context.isApplied ? .pass : .warning
    return [
      context.candidate(
        code, severity, object,
        "\(command) cannot run in a transaction, so that none of the \(others.count) other statements of the "
          + "file does: after a failure, what ran before it stays",
        advice: "Give it a migration of its own.")
    ]
  }

  private func isForbidden(_ statement: Statement) -> Bool {
    if case .outsideOnly = statement.transactionRule { return true }
    return false
  }

  /// Whether a statement changes something and could be rolled back.
  private func isAtomic(_ statement: Statement) -> Bool {
    guard statement.transactionRule == .any else { return false }
    return statement.effects.contains { $0.action != .uses }
      || ["INSERT", "UPDATE", "DELETE", "MERGE"].contains(statement.tag)
  }
}
