import Schema

/// Policies that a wider one makes pointless.
struct OverriddenPolicies: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    let byTable = Dictionary(grouping: database.policies.filter(\.detail.isPermissive), by: \.table)
    return byTable.values.flatMap { policies -> [AccessFinding] in
      policies.compactMap { narrow in
        for command in narrow.commands {
          for role in database.askers(of: narrow, for: command) {
            let own = share(narrow, command, role, database)
            guard own != .all, own != .nothing else { continue }
            // What everybody may read beside what each may do is a common and sound pair.
            let wide = policies.first { other in
              other.identity != narrow.identity && other.commands.contains(command)
                && other.applies(to: role, database.matrix.rights)
                && (command != .select || narrow.detail.command == "SELECT")
                && share(other, command, role, database) == .all
            }
            guard let wide else { continue }
            return AccessFinding(
              .policyOverridden, .warning, narrow.identity,
              "\(narrow.name) narrows nothing for \(command.rawValue): \(wide.name) admits every row to \(role), and permissive policies add up",
              fix: AccessFix(
                wide.dropped,
                decision:
                  "which of both is meant; one that is to take away is made AS RESTRICTIVE"))
          }
        }
        return nil
      }
    }
  }

  private func share(
    _ policy: AdvisedPolicy, _ command: AccessCommand, _ role: String, _ database: AdvisedDatabase
  ) -> RowShare {
    let shares = database.shares(of: policy, for: role)
    return command == .insert ? shares.check : shares.using
  }
}

/// Policies that make commands fail: they read their own table again, or use what the role may not.
struct FailingPolicies: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    var found: [AccessFinding] = []
    var seen: Set<String> = []
    for table in Set(database.policies.map(\.relation)).sorted() {
      for role in database.askers {
        for command in AccessCommand.onRows {
          let cell = database.matrix.cell(table, command, role: role)
          guard cell.value == .error, let reason = cell.reasons.last(where: { $0.kind == .obstacle }),
            seen.insert("\(table) \(reason.text)").inserted
          else { continue }
          if let missing = reason.missing {
            let kind = missing.object.kind == .function ? "FUNCTION " : ""
            found.append(
              AccessFinding(
                .policyNotEvaluable, .failure, reason.object ?? table,
                "\(command.rawValue) on \(table.qualifiedName) fails for \(role): \(reason.text)",
                fix: AccessFix(
                  "GRANT \(missing.privilege) ON \(kind)\(missing.object.qualifiedName) TO \(Identifier.quoted(missing.role));"
                )))
          } else {
            found.append(
              AccessFinding(
                .recursivePolicy, .failure, table,
                "\(command.rawValue) on \(table.qualifiedName) fails for \(role): \(reason.text)",
                fix: AccessFix(
                  [],
                  decision:
                    "which function with SECURITY DEFINER and a fixed search_path asks in the policy's place: to what it reads, the policies of its caller do not apply"
                )))
          }
        }
      }
    }
    return found
  }
}

/// Policies for a role that has no privilege on the table, so that they never come to bear.
struct PoliciesWithoutGrant: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.policies.compactMap { policy in
      // One that refuses anyway says twice what the missing privilege says.
      guard ![policy.using, policy.check].contains(.constant(false)) else { return nil }
      let roles = policy.detail.roles.filter { role in
        role != AccessFacts.everyone && database.snapshot.access.roles[role] != nil
          && !policy.commands.contains {
            database.matrix.rights.holding($0.rawValue, on: policy.relation, by: role) != nil
          }
      }
      guard !roles.isEmpty else { return nil }
      let privileges = policy.commands.map(\.rawValue).joined(separator: ", ")
      return AccessFinding(
        .policyWithoutGrant, .warning, policy.identity,
        "\(policy.name) is for \(roles.wordList), without a privilege for \(policy.detail.command) on \(policy.table.qualifiedName)",
        fix: AccessFix(
          "GRANT \(privileges) ON \(policy.table.qualifiedName) TO \(roles.quotedList);",
          decision: "whether they are to come in; else the policy may go"))
    }
  }
}

/// Policies that go by what users may change themselves, by claims that are no longer set, or by the role's name.
struct ClaimsInPolicies: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.policies.flatMap { policy -> [AccessFinding] in
      var found: [AccessFinding] = []
      let strings = Set(policy.leaves.flatMap(\.strings))
      if !strings.isDisjoint(with: ["user_metadata", "raw_user_meta_data"])
        || policy.leaves.contains(where: { $0.names.contains { $0.last == "raw_user_meta_data" } })
      {
        found.append(
          AccessFinding(
            .userMetadataInPolicy, .failure, policy.identity,
            "\(policy.name) goes by user_metadata, which every user may change for themselves",
            fix: AccessFix(
              policy.altered(
                using: policy.detail.using.map(Self.withAppMetadata),
                check: policy.detail.check.map(Self.withAppMetadata)))))
      }
      if strings.contains(where: { $0.hasPrefix("request.jwt.claim.") }) {
        found.append(
          AccessFinding(
            .legacyClaim, .warning, policy.identity,
            "\(policy.name) reads a setting request.jwt.claim.…, which PostgREST has not set since version 9: it is NULL, or fails",
            fix: AccessFix(
              policy.altered(
                using: policy.detail.using.map(LegacyClaims.rewritten),
                check: policy.detail.check.map(LegacyClaims.rewritten)))))
      }
      if policy.leaves.contains(where: { $0.calls.contains(["auth", "role"]) }),
        policy.detail.roles == [AccessFacts.everyone]
      {
        let role = PolicyReader.roles.sorted().first { name in
          [policy.using, policy.check].compactMap { $0 }.flatMap(\.leaves).contains { $0.strings == [name] }
        }
        found.append(
          AccessFinding(
            .roleTestInPolicy, .notice, policy.identity,
            "\(policy.name) is for everybody and asks auth.role() for each row; TO says the same once",
            fix: AccessFix(
              role.map { [policy.altered(to: [$0])] } ?? [],
              decision: "whether the test can then go from the expression")))
      }
      return found
    }
  }

  private static func withAppMetadata(_ text: String) -> String {
    text.replacing("'user_metadata'", with: "'app_metadata'")
      .replacing("raw_user_meta_data", with: "raw_app_meta_data")
  }
}

/// Rewrites `current_setting('request.jwt.claim.NAME'::text, …)` for PostgREST 9 and newer.
enum LegacyClaims {
  /// The text with every such call asking the JSON of all claims.
  static func rewritten(_ text: String) -> String {
    let mark = "current_setting('request.jwt.claim."
    var result = ""
    var rest = Substring(text)
    while let found = rest.firstRange(of: mark) {
      result += rest[..<found.lowerBound]
      let behind = rest[found.upperBound...]
      guard let quote = behind.firstIndex(of: "'"), let close = behind[quote...].firstIndex(of: ")") else {
        return result + rest[found.lowerBound...]
      }
      result += "(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> '\(behind[..<quote])')"
      rest = behind[behind.index(after: close)...]
    }
    return result + rest
  }
}
