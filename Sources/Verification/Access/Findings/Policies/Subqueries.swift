import Schema

/// Sub-selects that forget the row, or that ask a table that everybody may read.
struct Subqueries: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.policies.compactMap { policy in
      uncorrelated(policy, database) ?? overOpenTable(policy, database)
    }
  }

  private func uncorrelated(_ policy: AdvisedPolicy, _ database: AdvisedDatabase) -> AccessFinding? {
    let matrix = database.matrix
    let reader = matrix.reader(policy.table, as: AccessAsker(PolicyReader.signedIn))
    for leaf in policy.leaves where leaf.names.contains(["from"]) && reader.asksWho(leaf) {
      guard leaf.comparedWithItself == nil, !namesRow(leaf, of: policy.table, reader) else { continue }
      for inner in matrix.relations(in: leaf) {
        guard let link = link(from: policy.table, to: inner, database) else { continue }
        return AccessFinding(
          .uncorrelatedSubquery, .warning, policy.identity,
          "\(policy.name) asks \(inner.qualifiedName) about the user, but not about the row: who has any row there reaches every row of \(policy.table.qualifiedName)",
          fix: AccessFix(
            [],
            decision:
              "how the two belong together, most likely \(policy.table.name).\(Identifier.quoted(link.outer)) = \(inner.name).\(Identifier.quoted(link.inner))"
          ))
      }
    }
    return nil
  }

  /// Whether a condition names a column of the row: before the sub-select, or in it with the table's name.
  private func namesRow(_ leaf: PolicyCondition, of table: ObjectIdentity, _ reader: PolicyReader) -> Bool {
    if leaf.names.contains(where: { $0.count >= 2 && $0[$0.count - 2] == table.name }) {
      return true
    }
    return !reader.rowColumns(PolicyCondition(leaf.itemsOutsideSubselects)).isEmpty
  }

  /// How a table and one that its policy reads belong together: by a foreign key, or by a key that both have.
  private func link(
    from table: ObjectIdentity, to inner: ObjectIdentity, _ database: AdvisedDatabase
  ) -> (outer: String, inner: String)? {
    for (from, to) in [(table, inner), (inner, table)] {
      for constraint in database.constraints(of: from) {
        guard constraint.detail.kind == .foreignKey, constraint.detail.columns.count == 1,
          constraint.detail.referencedTable?.relationName == to.relationName,
          let column = constraint.detail.columns.first, let key = constraint.detail.referencedColumns.first
        else { continue }
        return from == table ? (column, key) : (key, column)
      }
    }
    let people: Set<String> = ["user_id", "owner_id", "created_by", "id"]
    let shared = database.matrix.columns(of: table).intersection(database.matrix.columns(of: inner))
      .filter { $0.hasSuffix("_id") && !people.contains($0) && $0 != database.ownerColumn(of: inner) }
    return shared.min().map { ($0, $0) }
  }

  private func overOpenTable(_ policy: AdvisedPolicy, _ database: AdvisedDatabase) -> AccessFinding? {
    let matrix = database.matrix
    let leaves = policy.leaves
    let calls = leaves.flatMap(\.calls)
    guard policy.detail.isPermissive, !leaves.isEmpty,
      leaves.contains(where: { $0.names.contains(["from"]) }),
      !leaves.contains(where: { matrix.identityFunctions.areCalled(in: $0) }),
      !calls.contains(where: { matrix.functions[$0] != nil || $0 == ["auth", "role"] })
    else { return nil }
    for role in policy.commands.flatMap({ database.askers(of: policy, for: $0) }) {
      let inner = leaves.flatMap { matrix.relations(in: $0) }
      guard !inner.isEmpty,
        inner.allSatisfy({
          [.all, .bypass].contains(matrix.rowsCell($0, .select, as: AccessAsker(role)).value)
        })
      else { continue }
      let names = Set(inner.map(\.qualifiedName)).sorted().wordList
      return AccessFinding(
        .subqueryOverOpenTable, .warning, policy.identity,
        "\(policy.name) asks only \(names), of which \(role) may read every row, so it tells users not apart",
        fix: AccessFix(
          inner.filter { !matrix.hasRowSecurity($0) && $0.kind == .table }.map {
            "ALTER TABLE \($0.qualifiedName) ENABLE ROW LEVEL SECURITY;"
          },
          decision: "which rows of \(names) are whose; the sub-select goes by its policies"))
    }
    return nil
  }
}
