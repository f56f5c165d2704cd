import Schema

/// Conditions that compare a thing with itself, most often since a name was taken for the inner table's column.
struct ComparisonsWithItself: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.policies.compactMap { policy in
      for leaf in policy.leaves {
        guard let name = leaf.comparedWithItself else { continue }
        let column = name.joined(separator: ".")
        return AccessFinding(
          .comparesWithItself, .failure, policy.identity,
          "\(policy.name) compares \(column) with itself, which is true of every row",
          fix: AccessFix(
            database.ownCondition(of: policy.table).map {
              [policy.altered(using: policy.using == nil ? nil : $0, check: policy.check == nil ? nil : $0)]
            } ?? [],
            decision:
              "what \(column) is to be compared with: in a sub-select, write the outer column with its table's name (\(policy.table.name).…)"
          ))
      }
      return nil
    }
  }
}

/// Conditions that compare the user's id with a column that holds something else.
struct UnrelatedColumns: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.policies.compactMap { policy in
      let reader = database.matrix.reader(policy.table, as: AccessAsker(PolicyReader.signedIn))
      for leaf in policy.leaves
      where leaf.calls.contains(["auth", "uid"]) && !leaf.names.contains(["from"]) && leaf.plain.count <= 5 {
        for column in reader.comparedColumns(leaf).sorted() {
          guard let owner = database.ownerColumn(of: policy.table), owner != column,
            isSomethingElse(column, of: policy.table, database)
          else { continue }
          let condition = "(SELECT auth.uid()) = \(Identifier.quoted(owner))"
          return AccessFinding(
            .comparesUnrelatedColumn, .warning, policy.identity,
            "\(policy.name) compares the user's id with \(column) of \(policy.table.qualifiedName), which holds no users; \(owner) does",
            fix: AccessFix(
              policy.altered(
                using: policy.using == nil ? nil : condition, check: policy.check == nil ? nil : condition)))
        }
      }
      return nil
    }
  }

  /// Whether a column refers to something that is no account, or is a key of the table's own.
  private func isSomethingElse(
    _ column: String, of table: ObjectIdentity, _ database: AdvisedDatabase
  ) -> Bool {
    let constraints = database.constraints(of: table)
    let referenced = constraints.filter {
      $0.detail.kind == .foreignKey && $0.detail.columns == [column]
    }.compactMap(\.detail.referencedTable)
    guard referenced.isEmpty else { return !referenced.contains(where: database.isAccount) }
    return constraints.contains { $0.detail.kind == .primaryKey && $0.detail.columns == [column] }
  }
}

/// Comparisons that hold between two NULLs: what belongs to nobody then belongs to everybody.
struct NullMatches: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.policies.compactMap { policy in
      guard
        let column = [policy.using, policy.check].compactMap({ $0 }).lazy.compactMap({
          column(in: $0, policy, database)
        }).first
      else { return nil }
      // Showing to everybody what belongs to nobody is often meant; letting everybody write it is not.
      let isForReading = policy.commands == [.select]
      return AccessFinding(
        .nullMatches, isForReading ? .notice : .warning, policy.identity,
        "\(policy.name) admits rows of \(policy.table.qualifiedName) without a value in \(column) to whoever has none, or to everybody",
        fix: AccessFix(
          "ALTER TABLE \(policy.table.qualifiedName) ALTER COLUMN \(Identifier.quoted(column)) SET NOT NULL;",
          decision: "whose the rows without a value are; they fail this statement until they have one"))
    }
  }

  private func column(
    in expression: PolicyExpression, _ policy: AdvisedPolicy, _ database: AdvisedDatabase
  ) -> String? {
    let reader = database.matrix.reader(policy.table, as: AccessAsker(PolicyReader.signedIn))
    for leaf in expression.leaves where reader.asksWho(leaf) {
      let matchesNull = leaf.names.contains(["distinct"]) || leaf.calls.contains(["coalesce"])
      if matchesNull,
        let column = reader.rowColumns(leaf).sorted().first(where: { isNullable($0, policy, database) })
      {
        return column
      }
    }
    guard case .any(let parts) = expression else { return nil }
    let compared = parts.flatMap(\.leaves).filter(reader.asksWho).reduce(into: Set<String>()) {
      $0.formUnion(reader.rowColumns($1))
    }
    for case .condition(let leaf) in parts where leaf.names.contains(["is"]) && leaf.names.contains(["null"])
    {
      guard !leaf.names.contains(["not"]), !reader.asksWho(leaf) else { continue }
      if let column = reader.rowColumns(leaf).intersection(compared).min(),
        isNullable(column, policy, database)
      {
        return column
      }
    }
    return nil
  }

  private func isNullable(_ column: String, _ policy: AdvisedPolicy, _ database: AdvisedDatabase) -> Bool {
    guard let schema = policy.table.schema,
      case .column(let detail)? = database.snapshot[.column(schema, policy.table.name, column)]?.detail
    else { return false }
    return detail.isNullable
  }
}
