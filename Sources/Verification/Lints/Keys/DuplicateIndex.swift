import Migrations
import Schema

/// An index that another one of the same table makes superfluous: same keys, same rows.
struct DuplicateIndex: SchemaLint {
  let code: LintCode = "lint.duplicate-index"

  private struct Keys: Hashable {
    var table: ObjectIdentity
    var text: String
  }

  private struct Named {
    var identity: ObjectIdentity
    var entry: LintSchema.Entry
    var detail: IndexDetail

    /// Whether nothing would be lost without it beside the other.
    func isSuperfluous(beside other: Named) -> Bool {
      detail.constraint == nil && (!detail.isUnique || other.detail.isUnique)
    }
  }

  func candidates(in schema: LintSchema, _ facts: LintFacts) -> [LintCandidate] {
    var alike: [Keys: [Named]] = [:]
    for (identity, entry) in schema.certain(.index) {
      guard case .index(let detail) = entry.detail, !PlatformTables.contains(detail.table, facts),
        let text = entry.definition.text(behind: " USING ")
      else { continue }
      // The text names the table as it was called then, and has in quotes what was renamed since.
      let keys = Keys(table: detail.table.loose, text: text.filter { $0 != "\"" })
      alike[keys, default: []].append(Named(identity: identity, entry: entry, detail: detail))
    }
    return alike.values.flatMap { group -> [LintCandidate] in
      guard group.count > 1 else { return [] }
      var kept = group.sorted { Self.isBefore($0, $1) }
      var found: [LintCandidate] = []
      while kept.count > 1, let last = kept.popLast() {
        guard let other = kept.first(where: { last.isSuperfluous(beside: $0) }) else { continue }
        found.append(
          LintCandidate(
            code: code, severity: .warning, place: last.entry.madeAt, object: last.identity,
            message: "\(last.identity) has the same keys as \(other.identity): it only costs time and room",
            advice: "DROP INDEX CONCURRENTLY \(last.identity.qualifiedName); or leave it out"))
      }
      return found
    }
  }

  /// Indexes of constraints first, then unique ones, then the older ones.
  private static func isBefore(_ left: Named, _ right: Named) -> Bool {
    func rank(_ one: Named) -> Int { one.detail.constraint != nil ? 0 : one.detail.isUnique ? 1 : 2 }
    if rank(left) != rank(right) { return rank(left) < rank(right) }
    let none = StatementPlace(migration: -1, statement: -1)
    let (first, second) = (left.entry.madeAt ?? none, right.entry.madeAt ?? none)
    return first != second ? first < second : left.identity < right.identity
  }
}
