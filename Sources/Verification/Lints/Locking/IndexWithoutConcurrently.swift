import Schema
import Script

/// An index that keeps writers out of a table in use while it is built.
struct IndexWithoutConcurrently: StatementLint {
  let code: LintCode = "lint.index-without-concurrently"

  func candidates(in context: StatementContext) -> [LintCandidate] {
    if case .outsideOnly = context.statement.transactionRule { return [] }
    let tables = Set(context.made.compactMap(\.detail.ownTable))
    return context.made.compactMap { effect in
      guard case .index(let index) = effect.detail, index.constraint == nil,
        !comesWithAnother(on: index.table, tables, context),
        context.lock(on: index.table)?.scansTable ?? false, context.isExisting(index.table)
      else { return nil }
      return context.candidate(
        code, context.severity(ofTouching: index.table), effect.object,
        "nobody can write to \(context.facts.sized(index.table)) while index \(effect.object.qualifiedName) "
          + "is built",
        advice: advice(effect, on: index.table, context))
    }
  }

  /// Whether an index is made on a partition because one is made on the partitioned table, of which the finding is.
  private func comesWithAnother(
    on table: ObjectIdentity, _ tables: Set<ObjectIdentity>, _ context: StatementContext
  ) -> Bool {
    guard case .relation(let detail)? = context.schema.entry(of: table)?.detail, let parent = detail.parent
    else {
      return false
    }
    return tables.contains(parent)
  }

  private func advice(_ effect: Effect, on table: ObjectIdentity, _ context: StatementContext) -> String {
    let definition = effect.definition ?? ""
    if case .relation(let detail)? = context.schema.entry(of: table)?.detail, detail.isPartitioned {
      return
        "Build the index CONCURRENTLY on each partition, then on the table with ON ONLY, and attach them "
        + "with ALTER INDEX … ATTACH PARTITION."
    }
    let words = definition.split(separator: " ", omittingEmptySubsequences: false)
    guard let place = words.firstIndex(of: "INDEX") else {
      return "CREATE INDEX CONCURRENTLY, in a migration of its own."
    }
    let safer = words[...place] + ["CONCURRENTLY"] + words[(place + 1)...]
    return "In a migration of its own: \(safer.joined(separator: " "));"
  }
}
