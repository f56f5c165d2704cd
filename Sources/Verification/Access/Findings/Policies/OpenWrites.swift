import Schema

/// Policies that let visitors write whatever row there is.
struct OpenWrites: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.policies.compactMap { policy in
      guard policy.detail.isPermissive, database.hasRowSecurity(policy.table) else { return nil }
      if let missing = missingExpression(policy) {
        return AccessFinding(
          .policyWithoutExpression, .warning, policy.identity,
          "\(policy.name) has no \(missing), so it admits no row of \(policy.table.qualifiedName)",
          fix: closing(policy, database))
      }
      var open: [AccessCommand] = []
      var roles: Set<String> = []
      for command in [AccessCommand.insert, .update, .delete] {
        for role in database.askers(of: policy, for: command) {
          let (using, check) = database.shares(of: policy, for: role)
          guard (command == .insert ? check : using) == .all, !isNarrowed(policy, command, role, database)
          else {
            continue
          }
          if !open.contains(command) { open.append(command) }
          roles.insert(role)
        }
      }
      guard !open.isEmpty else { return nil }
      let isLiteral = [policy.using, policy.check].contains { $0 == .constant(true) }
      let asks = policy.leaves.contains { leaf in
        database.matrix.identityFunctions.areCalled(in: leaf) || leaf.calls.contains(["auth", "role"])
      }
      let what = open.map(\.rawValue).joined(separator: ", ")
      let who = roles.sorted().wordList
      return isLiteral || !asks
        ? AccessFinding(
          .policyAlwaysTrue, .warning, policy.identity,
          "\(policy.name) is true for every row: \(who) can \(what) all of \(policy.table.qualifiedName)",
          fix: closing(policy, database))
        : AccessFinding(
          .signedInIsEnough, .warning, policy.identity,
          "\(policy.name) asks only who asks, not whose row it is: \(who) can \(what) all of \(policy.table.qualifiedName)",
          fix: closing(policy, database))
    }
  }

  /// The expression that a policy for one command lacks.
  private func missingExpression(_ policy: AdvisedPolicy) -> String? {
    switch policy.detail.command {
    case "INSERT": policy.check == nil ? "WITH CHECK" : nil
    case "SELECT", "UPDATE", "DELETE": policy.using == nil ? "USING" : nil
    default: nil
    }
  }

  /// Whether restrictive policies take away what this one gives.
  private func isNarrowed(
    _ policy: AdvisedPolicy, _ command: AccessCommand, _ role: String, _ database: AdvisedDatabase
  ) -> Bool {
    database.policies.contains { other in
      guard other.table == policy.table, !other.detail.isPermissive, other.commands.contains(command),
        other.applies(to: role, database.matrix.rights)
      else { return false }
      let (using, check) = database.shares(of: other, for: role)
      return (command == .insert ? check : using) != .all
    }
  }

  private func closing(_ policy: AdvisedPolicy, _ database: AdvisedDatabase) -> AccessFix {
    guard let condition = database.ownCondition(of: policy.table) else {
      return AccessFix(policy.dropped, decision: "which rows may be written: nothing tells whose they are")
    }
    return AccessFix(
      policy.altered(
        using: policy.detail.command == "INSERT" ? nil : condition,
        check: ["INSERT", "UPDATE", "ALL"].contains(policy.detail.command) ? condition : nil))
  }
}

/// Policies under which visitors write rows that are picked by something else than who asks.
struct WritesByCondition: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.policies.compactMap { policy in
      guard policy.detail.isPermissive, let using = policy.using else { return nil }
      let commands = [AccessCommand.update, .delete].filter(policy.commands.contains)
      let branches: [PolicyExpression] = if case .any(let parts) = using { parts } else { [using] }
      for branch in branches {
        let leaves = branch.leaves
        guard !leaves.isEmpty, leaves.allSatisfy({ isData($0, database) }) else { continue }
        let reached = commands.filter { command in
          database.askers(of: policy, for: command).contains { role in
            database.matrix.reader(policy.table, as: AccessAsker(role)).share(of: branch) == .some
              && [.some, .all].contains(database.matrix.cell(policy.relation, command, role: role).value)
          }
        }
        guard !reached.isEmpty else { continue }
        return AccessFinding(
          .writesByCondition, .warning, policy.identity,
          "\(policy.name) admits rows of \(policy.table.qualifiedName) by what they hold, whoever asks, for \(reached.map(\.rawValue).joined(separator: " and ")) as well",
          fix: AccessFix(
            database.ownCondition(of: policy.table).map {
              [policy.altered(using: $0, check: policy.check == nil ? nil : $0)]
            } ?? [],
            decision: "who may write these rows; a policy of its own FOR SELECT can go on showing them"))
      }
      return nil
    }
  }

  /// Whether a condition is about the row alone, without functions of the project or other tables.
  private func isData(_ leaf: PolicyCondition, _ database: AdvisedDatabase) -> Bool {
    !leaf.hasSubselect && !database.matrix.identityFunctions.areCalled(in: leaf)
      && !leaf.calls.contains { $0.count == 2 } && leaf.equalSides == nil && leaf.comparedWithItself == nil
  }
}

/// Policies for UPDATE whose WITH CHECK lets a row become somebody else's.
struct RowsGivenAway: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.policies.compactMap { policy in
      guard policy.detail.isPermissive, policy.check != nil, let using = policy.detail.using else {
        return nil
      }
      let roles = database.askers(of: policy, for: .update).filter { role in
        let (old, new) = database.shares(of: policy, for: role)
        return [.own, .ownConditionally].contains(old) && [.all, .some].contains(new)
          && [.all, .own].contains(database.matrix.cell(policy.relation, .update, role: role).value)
      }
      guard !roles.isEmpty else { return nil }
      return AccessFinding(
        .rowGivenAway, .warning, policy.identity,
        "\(policy.name) lets \(roles.wordList) change own rows of \(policy.table.qualifiedName) into rows of somebody else",
        fix: AccessFix(policy.altered(check: using)))
    }
  }
}

/// Policies for UPDATE or DELETE that admit more rows than may be read.
struct WritesWiderThanReads: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    let tables = Set(database.policies.map(\.relation))
    return tables.sorted().flatMap { table in
      [AccessCommand.update, .delete].compactMap { command -> AccessFinding? in
        let roles = database.askers.filter { role in
          let asker = AccessAsker(role)
          guard database.hasRowSecurity(table), database.matrix.exemption(table, role: role) == nil,
            database.matrix.rights.holding(command.rawValue, on: table, by: role) != nil
          else { return false }
          let write = database.matrix.rowShare(table, command, as: asker)
          let read = database.matrix.rowShare(table, .select, as: asker)
          return write.width > read.width && write.width >= RowShare.some.width
        }
        guard !roles.isEmpty else { return nil }
        return AccessFinding(
          .writeWiderThanRead, .warning, table,
          "\(roles.wordList) may \(command.rawValue) more rows of \(table.qualifiedName) than they may read: without WHERE, the policies for SELECT do not count",
          fix: AccessFix(
            database.policies.filter {
              $0.relation == table && $0.detail.command == command.rawValue && $0.detail.isPermissive
            }.compactMap { policy in
              database.policies.first {
                $0.relation == table && $0.detail.isPermissive && $0.commands.contains(.select)
                  && $0.identity != policy.identity
              }?.detail.using.map { policy.altered(using: $0) }
            },
            decision: "whether rows that may not be read may be written"))
      }
    }
  }
}

extension RowShare {
  /// How much it is, to compare.
  var width: Int {
    switch self {
    case .nothing: 0
    case .ownConditionally: 1
    case .own: 2
    case .some: 3
    case .all: 4
    }
  }
}
