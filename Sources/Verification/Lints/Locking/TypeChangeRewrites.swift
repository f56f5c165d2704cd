import Schema
import Script

/// A change of a column's type that writes every row of a table in use anew.
struct TypeChangeRewrites: StatementLint {
  let code: LintCode = "lint.type-change-rewrites"

  func candidates(in context: StatementContext) -> [LintCandidate] {
    context.statement.effects.compactMap { effect in
      guard effect.action == .alters, effect.object.kind == .column, let table = effect.object.table,
        let clause = effect.definition, clause.hasPrefix("TYPE "),
        context.lock(on: table)?.rewritesTable ?? false, context.isExisting(table)
      else { return nil }
      let change = TypeClause(clause)
      var old = ""
      if case .column(let column)? = context.schema.entry(of: effect.object)?.detail {
        // An earlier file tells the old type, which the statement alone does not.
        if !change.isConverting, TypeChange.keepsRows(from: column.type, to: change.type) { return nil }
        old = " from \(column.type)"
      }
      let name = Identifier.quoted(effect.object.name)
      return context.candidate(
        code, context.severity(ofTouching: table), effect.object,
        "all rows and indexes of \(context.facts.sized(table)) are written anew to change \(name)\(old) to "
          + "\(change.type), and nobody can read or write the table meanwhile",
        advice: "Add a second column of type \(change.type), let a trigger fill it, copy the old values in "
          + "batches, then rename the columns in one short transaction.")
    }
  }
}
