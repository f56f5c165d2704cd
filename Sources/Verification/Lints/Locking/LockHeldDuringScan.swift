import Migrations
import Schema
import Script

/// A statement that reads a whole table while an earlier one of the same transaction keeps everybody out of a table.
struct LockHeldDuringScan: StatementLint {
  let code: LintCode = "lint.lock-held-during-scan"

  func candidates(in context: StatementContext) -> [LintCandidate] {
    guard let read = readTable(context.statement, context) else { return [] }
    let spans = TransactionSpans(context.migration)
    let earlier = context.migration.script.statements[..<context.statement.index].filter {
      spans.share($0.index, context.statement.index)
    }
    guard let (locking, held) = firstLock(earlier, context),
      // One finding for a transaction: the first statement that makes the others wait.
      !earlier.contains(where: { $0.index > locking.index && readTable($0, context) != nil })
    else { return [] }
    return [
      context.candidate(
        code, context.severity(ofTouching: read), held,
        "nobody can read or write \(held.qualifiedName), locked in line \(locking.position.line), until this "
          + "statement has gone through \(context.facts.sized(read)) and the transaction ends",
        advice: "Put what takes long into a migration of its own, before or after this one.")
    ]
  }

  /// The table in use that a statement goes through: to scan or to rewrite it, or to change many of its rows.
  private func readTable(_ statement: Statement, _ context: StatementContext) -> ObjectIdentity? {
    if let lock = statement.locks.first(where: {
      ($0.scansTable || $0.rewritesTable) && context.isExisting($0.relation)
        && !context.isTruncated($0.relation, before: statement)
    }) {
      return lock.relation
    }
    guard statement.tag == "UPDATE" || statement.tag == "DELETE" else { return nil }
    return statement.locks.first {
      $0.mode == .rowExclusive && context.isExisting($0.relation)
        && !context.isTruncated($0.relation, before: statement)
    }?.relation
  }

  private func firstLock(
    _ statements: [Statement], _ context: StatementContext
  ) -> (Statement, ObjectIdentity)? {
    for statement in statements {
      for lock in statement.locks where lock.mode == .accessExclusive {
        let renamed = statement.effects.first { $0.renamedFrom == lock.relation }?.object
        let relation = renamed ?? lock.relation
        guard relation.isRelation, context.schema.entry(of: relation) != nil,
          context.isExisting(relation)
        else { continue }
        return (statement, relation)
      }
    }
    return nil
  }
}
