import Schema
import Script

/// A new enum value that the transaction which adds it uses already.
struct EnumValueBeforeCommit: StatementLint {
  let code: LintCode = "lint.enum-value-before-commit"

  func candidates(in context: StatementContext) -> [LintCandidate] {
    guard case .usableAfterCommit = context.statement.transactionRule else { return [] }
    let spans = TransactionSpans(context.migration)
    return context.made.compactMap { effect in
      guard effect.object.kind == .enumValue, let type = effect.object.parent else { return nil }
      let owner = ObjectIdentity(.type, schema: effect.object.schema, name: type)
      // The values of a type that the transaction itself has made can be used at once.
      guard context.schema.entry(of: owner)?.madeAt?.migration != context.place.migration,
        let use = context.later.first(where: {
          spans.share($0.index, context.statement.index) && $0.reads(label: effect.object)
        })
      else { return nil }
      let isOwn = spans.isInsideOwnTransaction(context.statement.index)
      let severity: Finding.Severity =
        context.isApplied ? .pass : isOwn ? .failure : .warning
      return context.candidate(
        code, severity, effect.object,
        "line \(use.position.line) uses the new value '\(effect.object.name)', which works only after a commit "
          + "(SQLSTATE 55P04)" + (isOwn ? "" : ": the file cannot run in one transaction"),
        advice: "Add the value in a migration of its own, before the one that uses it.")
    }
  }
}
