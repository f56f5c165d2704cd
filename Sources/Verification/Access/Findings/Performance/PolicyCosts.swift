import Schema

/// Policies that ask who asks once for each row instead of once for each query.
struct AuthCallsPerRow: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.policies.compactMap { policy in
      let using = policy.detail.using.map { SessionCalls($0) }
      let check = policy.detail.check.map { SessionCalls($0) }
      guard let call = SessionCalls.worst(using, check) else { return nil }
      let rows =
        call.isInSubselect
        ? "that a sub-select of it reads; in one of its own"
        : "of \(policy.table.qualifiedName); in a sub-select"
      return AccessFinding(
        .authCallPerRow, .warning, policy.identity,
        "\(policy.name) calls \(call.name) for each row \(rows) it is called once",
        fix: AccessFix(policy.altered(using: using?.wrapped, check: check?.wrapped)))
    }
  }
}

/// Several permissive policies for one role and command: each is evaluated for each row.
struct MultiplePermissivePolicies: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    let byTable = Dictionary(grouping: database.policies.filter(\.detail.isPermissive), by: \.relation)
    return byTable.compactMap { table, policies in
      guard database.hasRowSecurity(table) else { return nil }
      var places: [String] = []
      var involved: Set<ObjectIdentity> = []
      for command in AccessCommand.onRows {
        for role in database.askers {
          let applying = policies.filter {
            $0.commands.contains(command) && $0.applies(to: role, database.matrix.rights)
          }
          guard applying.count > 1 else { continue }
          places.append("\(role) \(command.rawValue)")
          involved.formUnion(applying.map(\.identity))
        }
      }
      guard !places.isEmpty else { return nil }
      let group = policies.filter { involved.contains($0.identity) }.sorted { $0.identity < $1.identity }
      let names = group.map { Identifier.quoted($0.identity.name) }
      return AccessFinding(
        .multiplePermissivePolicies, .warning, table,
        "\(table.qualifiedName) has several permissive policies for \(places.joined(separator: ", ")): \(names.joined(separator: ", ")); all are evaluated for each row",
        fix: merged(group))
    }
  }

  /// One policy in the place of several, where they differ in nothing but their expressions.
  private func merged(_ policies: [AdvisedPolicy]) -> AccessFix {
    guard let first = policies.first,
      policies.allSatisfy({
        $0.detail.command == first.detail.command && $0.detail.roles == first.detail.roles
          && ($0.detail.using == nil) == (first.detail.using == nil)
          && ($0.detail.check == nil) == (first.detail.check == nil)
      })
    else {
      return AccessFix([], decision: "how to say it with one policy for each command and role")
    }
    func joined(_ part: (AdvisedPolicy) -> String?) -> String? {
      let parts = policies.compactMap(part)
      return parts.isEmpty ? nil : parts.map { "(\($0))" }.joined(separator: " OR ")
    }
    return AccessFix(
      [first.altered(using: joined(\.detail.using), check: joined(\.detail.check))]
        + policies.dropFirst().map(\.dropped))
  }
}

/// Columns that policies compare with who asks, without an index to find a user's rows by.
struct PolicyColumnsWithoutIndex: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    var seen: Set<ObjectIdentity> = []
    return database.policies.compactMap { policy in
      guard policy.using != nil, !database.snapshot.isPlatform(policy.relation) else { return nil }
      let reader = database.matrix.reader(policy.table, as: AccessAsker(PolicyReader.signedIn))
      let columns = policy.leaves.filter { !$0.names.contains(["from"]) && reader.asksWho($0) }
        .reduce(into: Set<String>()) { $0.formUnion(reader.comparedColumns($1)) }
      for name in columns.sorted() {
        let column = ObjectIdentity.column(policy.table.schema ?? "", policy.table.name, name)
        guard !IndexCover.serves([name], indexes: database.indexes(of: policy.table)),
          seen.insert(column).inserted
        else { continue }
        return AccessFinding(
          .policyColumnWithoutIndex, .notice, column,
          "\(policy.name) looks for \(name), and no index of \(policy.table.qualifiedName) begins with it",
          fix: AccessFix(IndexCover.creation(on: policy.table, [name])))
      }
      return nil
    }
  }
}
