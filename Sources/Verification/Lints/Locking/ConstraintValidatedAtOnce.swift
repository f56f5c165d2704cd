import Schema
import Script

/// A constraint whose check of all rows, or whose index, is made under a lock on a table in use.
struct ConstraintValidatedAtOnce: StatementLint {
  let code: LintCode = "lint.constraint-validated-at-once"

  func candidates(in context: StatementContext) -> [LintCandidate] {
    context.made.compactMap { effect in
      guard case .constraint(let constraint) = effect.detail, constraint.isValidated,
        let table = effect.object.table, context.isExisting(table),
        reads(constraint, effect, on: table, in: context)
      else { return nil }
      return candidate(constraint, effect, on: table, context)
    }
  }

  /// Whether making the constraint reads the table.
  private func reads(
    _ constraint: ConstraintDetail, _ effect: Effect, on table: ObjectIdentity, in context: StatementContext
  ) -> Bool {
    switch constraint.kind {
    case .check: return true
    case .foreignKey:
      // A new column that is NULL everywhere refers to nothing, which the server knows where the key is part of the column.
      let isNew = constraint.columns.allSatisfy { name in
        context.made.contains { made in
          guard case .column(let column) = made.detail else { return false }
          return made.object.table == effect.object.table && made.object.name == name
            && column.defaultExpression == nil && column.identity == nil
        }
      }
      let isOnly =
        context.made.count { made in
          if case .constraint = made.detail { true } else { false }
        } == 1
      return !isNew || isOnly && context.lock(on: table)?.scansTable == true
    case .primaryKey, .unique, .exclusion:
      // USING INDEX takes an index over, which is then not made here.
      return context.made.contains { made in
        guard case .index(let index) = made.detail else { return false }
        return index.constraint == effect.object.name && made.object.schema == effect.object.schema
      }
    case .notNull, .trigger: return false
    }
  }

  private func candidate(
    _ constraint: ConstraintDetail, _ effect: Effect, on table: ObjectIdentity, _ context: StatementContext
  ) -> LintCandidate {
    let name = Identifier.quoted(effect.object.name)
    let add = "ALTER TABLE \(table.qualifiedName) ADD CONSTRAINT \(name)"
    let sized = context.facts.sized(table)
    switch constraint.kind {
    case .foreignKey:
      let referenced = constraint.referencedTable ?? table
      return context.candidate(
        code, context.severity(ofTouching: table, referenced), effect.object,
        "every row of \(sized) is looked up in \(context.facts.sized(referenced)) while nobody can write to "
          + "either",
        advice: split(add, effect, on: table))
    case .check:
      return context.candidate(
        code, context.severity(ofTouching: table), effect.object,
        "every row of \(sized) is checked while nobody can read or write it",
        advice: split(add, effect, on: table))
    case .exclusion:
      return context.candidate(
        code, context.severity(ofTouching: table), effect.object,
        "the index of an exclusion constraint on \(sized) is built while nobody can read or write it",
        advice: "PostgreSQL has no way around it: plan a moment without traffic.")
    default:
      let words = constraint.kind == .primaryKey ? "PRIMARY KEY" : "UNIQUE"
      let columns = constraint.columns.map(Identifier.quoted).joined(separator: ", ")
      return context.candidate(
        code, context.severity(ofTouching: table), effect.object,
        "the index of \(words) \(name) on \(sized) is built while nobody can read or write it",
        advice: "In a migration of its own: CREATE UNIQUE INDEX CONCURRENTLY \(name) ON "
          + "\(table.qualifiedName) (\(columns)); then: \(add) \(words) USING INDEX \(name);")
    }
  }

  private func split(_ add: String, _ effect: Effect, on table: ObjectIdentity) -> String {
    "\(add) \(effect.definition ?? "…") NOT VALID; then, in the next migration: "
      + "ALTER TABLE \(table.qualifiedName) VALIDATE CONSTRAINT \(Identifier.quoted(effect.object.name));"
  }
}
