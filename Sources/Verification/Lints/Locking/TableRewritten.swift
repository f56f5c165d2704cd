import Schema
import Script

/// A statement that writes a table in use anew although no column gets another type or value.
struct TableRewritten: StatementLint {
  let code: LintCode = "lint.table-rewritten"

  func candidates(in context: StatementContext) -> [LintCandidate] {
    // New columns and types have lints of their own, which say more.
    guard context.newColumns.isEmpty,
      !context.statement.effects.contains(where: { $0.definition?.hasPrefix("TYPE ") ?? false })
    else { return [] }
    return context.statement.locks.compactMap { lock in
      guard lock.rewritesTable, lock.mode == .accessExclusive, context.isExisting(lock.relation),
        lock.relation.isRelation, lock.relation.kind != .materializedView
      else { return nil }
      return context.candidate(
        code, context.severity(ofTouching: lock.relation), lock.relation,
        "\(context.statement.tag) writes all of \(context.facts.sized(lock.relation)) anew, and nobody can read or "
          + "write it meanwhile",
        advice: context.statement.tag == "VACUUM" || context.statement.tag == "CLUSTER"
          ? "A plain VACUUM lets people work; pg_repack or pg_squeeze give room back while they do."
          : "Do it in a maintenance window, in a migration of its own.")
    }
  }
}
