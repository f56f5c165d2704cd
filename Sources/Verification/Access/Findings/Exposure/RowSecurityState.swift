import Schema

/// Row security that is off where visitors come, and policies that do nothing or let nobody in.
struct RowSecurityState: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    let byTable = Dictionary(grouping: database.policies, by: \.table)
    return database.tables.compactMap { table in
      let policies = byTable[table] ?? []
      return database.hasRowSecurity(table)
        ? closed(table, policies, database) : open(table, policies, database)
    } + restrictiveOnly(byTable, database)
  }

  private func open(
    _ table: ObjectIdentity, _ policies: [AdvisedPolicy], _ database: AdvisedDatabase
  ) -> AccessFinding? {
    let name = table.qualifiedName
    let enable = "ALTER TABLE \(name) ENABLE ROW LEVEL SECURITY;"
    if !policies.isEmpty {
      let subject = policies.count == 1 ? "\(policies[0].name) does" : "\(policies.count) policies do"
      return AccessFinding(
        .policyWithoutRowSecurity, .failure, table,
        "\(subject) nothing: row security of \(name) is off", fix: AccessFix(enable))
    }
    let roles = database.visitors(on: table)
    guard !roles.isEmpty else { return nil }
    let commands = AccessCommand.onRows.filter { command in
      roles.contains { database.matrix.rights.holding(command.rawValue, on: table, by: $0) != nil }
    }
    let through = database.isPartition(table) ? ", past the policies of its parent" : ""
    var statements = [enable]
    if let condition = database.ownCondition(of: table), !database.isPartition(table) {
      statements.append(
        "CREATE POLICY \"Own rows\" ON \(name) TO authenticated USING (\(condition)) WITH CHECK (\(condition));"
      )
    }
    return AccessFinding(
      .rowSecurityMissing, .failure, table,
      "\(roles.wordList) can \(commands.map(\.rawValue).joined(separator: ", ")) every row of \(name)\(through): row security is off",
      fix: AccessFix(statements))
  }

  private func closed(
    _ table: ObjectIdentity, _ policies: [AdvisedPolicy], _ database: AdvisedDatabase
  ) -> AccessFinding? {
    guard policies.isEmpty, !database.isPartition(table) else { return nil }
    let name = table.qualifiedName
    let roles = database.visitors(on: table)
    let fix: AccessFix
    if let condition = database.ownCondition(of: table) {
      fix = AccessFix(
        "CREATE POLICY \"Own rows\" ON \(name) TO authenticated USING (\(condition)) WITH CHECK (\(condition));",
        decision: "whether users may reach their own rows; nobody but roles with BYPASSRLS does now")
    } else if roles.isEmpty {
      fix = AccessFix([], decision: "who may reach which rows")
    } else {
      fix = AccessFix(
        "REVOKE ALL ON \(name) FROM \(roles.quotedList);",
        decision: "whether only the service works on it: then the privileges may go as well")
    }
    return AccessFinding(
      .rowSecurityWithoutPolicy, .notice, table,
      "row security of \(name) is on and there is no policy: to all but its owner and roles with BYPASSRLS it is empty, without an error",
      fix: fix)
  }

  private func restrictiveOnly(
    _ byTable: [ObjectIdentity: [AdvisedPolicy]], _ database: AdvisedDatabase
  ) -> [AccessFinding] {
    byTable.values.compactMap { policies in
      guard let first = policies.first, policies.allSatisfy({ !$0.detail.isPermissive }),
        database.hasRowSecurity(first.table)
      else { return nil }
      let condition = database.ownCondition(of: first.table) ?? "true"
      return AccessFinding(
        .restrictivePoliciesOnly, .warning, first.relation,
        "\(first.table.qualifiedName) has only restrictive policies: they take away from what permissive ones give, so nobody reaches a row",
        fix: AccessFix(
          "CREATE POLICY \"Own rows\" ON \(first.table.qualifiedName) TO authenticated USING (\(condition));",
          decision: "who is to come in, before the restrictive policies take away"))
    }
  }
}

/// Row security that does not hold for the role that the application may well connect as.
struct RowSecurityNotForced: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    let guarded = Set(database.policies.map(\.table))
    return database.tables.compactMap { table in
      guard guarded.contains(table), let schema = table.schema, database.hasRowSecurity(table),
        !database.snapshot.contains(.forcedRowSecurity(schema, table.name)),
        let owner = database.snapshot[table]?.owner, let role = database.snapshot.access.roles[owner],
        role.canLogIn, !database.matrix.rights.bypassesRowSecurity(owner)
      else { return nil }
      return AccessFinding(
        .rowSecurityNotForced, .warning, table,
        "the policies of \(table.qualifiedName) do not hold for its owner \(owner), which can log in: row security is not forced",
        fix: AccessFix("ALTER TABLE \(table.qualifiedName) FORCE ROW LEVEL SECURITY;"))
    }
  }
}
