import Schema

/// Privileges on columns beside the same privilege on the whole table.
struct ColumnGrants: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    let privileges = database.snapshot.access.privileges
    var columns: [Place: Set<String>] = [:]
    for (identity, held) in privileges
    where identity.kind == .column && !database.snapshot.isPlatform(identity) {
      guard let table = identity.table, let relation = database.matrix.relationsByName[table] else {
        continue
      }
      for privilege in held where database.snapshot[relation]?.owner != privilege.grantee {
        let whole = privileges[relation] ?? []
        guard
          whole.contains(where: {
            $0.name == privilege.name
              && ($0.grantee == privilege.grantee || $0.grantee == AccessFacts.everyone)
          })
        else { continue }
        columns[Place(relation: relation, role: privilege.grantee, name: privilege.name), default: []]
          .insert(identity.name)
      }
    }
    return columns.map { place, names in
      let table = place.relation.qualifiedName
      let role = place.role == AccessFacts.everyone ? "PUBLIC" : Identifier.quoted(place.role)
      let list = names.sorted().quotedList
      return AccessFinding(
        .columnGrantWithoutEffect, .warning, place.relation,
        "\(place.name) on \(list) of \(table) says nothing: \(place.role) has \(place.name) on the whole table",
        fix: AccessFix(
          "REVOKE \(place.name) ON \(table) FROM \(role);",
          "GRANT \(place.name) (\(list)) ON \(table) TO \(role);"))
    }
  }

  private struct Place: Hashable {
    var relation: ObjectIdentity
    var role: String
    var name: String
  }
}

/// Visitors that are members of a role to which row security does not apply.
struct WiderRoles: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    let facts = database.snapshot.access
    let owners = Set(database.tables.compactMap { database.snapshot[$0]?.owner })
    return database.visitors.flatMap { visitor in
      reachable(from: visitor, facts).compactMap { role, first in
        let why: String
        if database.matrix.rights.bypassesRowSecurity(role) {
          why = "row security does not apply to it"
        } else if owners.contains(role) {
          why = "it owns tables"
        } else {
          return nil
        }
        return AccessFinding(
          .memberOfWiderRole, .failure, ObjectIdentity(.role, name: visitor),
          "\(visitor) is a member of \(role): \(why)",
          fix: AccessFix("REVOKE \(Identifier.quoted(first)) FROM \(Identifier.quoted(visitor));"))
      }
    }
  }

  /// The roles that a role inherits from or may become, each with the membership that leads there.
  private func reachable(from role: String, _ facts: AccessFacts) -> [(role: String, first: String)] {
    var found: [(role: String, first: String)] = []
    var next = [(role, "")]
    var seen: Set<String> = [role]
    while let (member, first) = next.popLast() {
      let granted = facts.memberships.filter { $0.member == member && ($0.isInherited || $0.canBeSet) }
      for other in granted.map(\.role).sorted() where seen.insert(other).inserted {
        let start = first.isEmpty ? other : first
        found.append((other, start))
        next.append((other, start))
      }
    }
    return found
  }
}

/// Rows that cannot be made because the number for them cannot be taken.
struct SequencesWithoutUsage: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.tables.flatMap { table in
      database.askers.flatMap { role -> [AccessFinding] in
        let cell = database.matrix.cell(table, .insert, role: role)
        guard [.all, .own, .some].contains(cell.value) else { return [] }
        return database.matrix.sequencesWithoutUsage(of: table, role: role).map { column, sequence in
          AccessFinding(
            .sequenceWithoutUsage, .warning, sequence,
            "\(role) may INSERT into \(table.qualifiedName), but not take the number for \(column) from \(sequence.qualifiedName)",
            fix: AccessFix("GRANT USAGE ON SEQUENCE \(sequence.qualifiedName) TO \(Identifier.quoted(role));")
          )
        }
      }
    }
  }
}
