import Schema
import Script

/// `TRUNCATE … CASCADE`, which empties tables that the statement does not name.
struct TruncateCascade: StatementLint {
  let code: LintCode = "lint.truncate-cascade"

  func candidates(in context: StatementContext) -> [LintCandidate] {
    guard context.statement.tag == "TRUNCATE TABLE", context.statement.opacity != nil else { return [] }
    // The locks reach those that are emptied too.
    let named = context.statement.effects.filter { $0.action == .uses && $0.object.kind == .table }.map(
      \.object)
    let others = Self.referring(to: Set(named), in: context.schema)
    guard let first = named.first, !others.isEmpty, others.contains(where: context.isExisting) else {
      return []
    }
    return [
      context.candidate(
        code, context.isApplied ? .pass : .failure, first,
        "all rows of \(others.sorted().map(\.qualifiedName).joined(separator: ", ")) go too, since they refer to "
          + named.map(\.qualifiedName).joined(separator: ", "),
        advice: "Name every table that is to be emptied, and leave out CASCADE.")
    ]
  }

  /// The tables that refer to some, directly or through others.
  private static func referring(to tables: Set<ObjectIdentity>, in schema: LintSchema) -> Set<ObjectIdentity>
  {
    var edges: [ObjectIdentity: Set<ObjectIdentity>] = [:]
    for (constraint, entry) in schema.certain(.constraint) {
      guard case .constraint(let key) = entry.detail, key.kind == .foreignKey, let table = constraint.table,
        let referenced = key.referencedTable
      else { continue }
      edges[referenced.loose, default: []].insert(table)
    }
    var reached = tables
    var open = Array(tables)
    while let next = open.popLast() {
      for table in edges[next] ?? [] where reached.insert(table).inserted { open.append(table) }
    }
    return reached.subtracting(tables)
  }
}
