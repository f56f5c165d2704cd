import Schema

/// Relations that know no row security, and that the API shows.
struct ExposedRelations: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    let snapshot = database.snapshot
    let hasGraphQL = database.facts.extensions.contains { $0.name == "pg_graphql" }
    return database.matrix.relations.flatMap { relation -> [AccessFinding] in
      let roles = database.visitors(with: [.select], on: relation)
      guard !roles.isEmpty, !snapshot.isPlatform(relation) else { return [] }
      let name = relation.qualifiedName
      let revoke = AccessFix("REVOKE ALL ON \(name) FROM \(roles.quotedList);")
      var found: [AccessFinding] = []
      switch relation.kind {
      case .materializedView:
        found.append(
          AccessFinding(
            .materializedViewExposed, .warning, relation,
            "\(roles.wordList) can read all of \(name): a materialized view has no row security", fix: revoke)
        )
        if database.matrix.tables(beneath: relation).contains(.table("auth", "users")) {
          found.append(
            AccessFinding(
              .authUsersExposed, .failure, relation,
              "\(name) shows \(roles.wordList) rows of auth.users", fix: revoke))
        }
      case .foreignTable:
        found.append(
          AccessFinding(
            .foreignTableExposed, .warning, relation,
            "\(roles.wordList) can read all of \(name): a foreign table has no row security", fix: revoke))
      default: break
      }
      if hasGraphQL {
        found.append(
          AccessFinding(
            .graphQLExposed, .notice, relation,
            "the GraphQL schema that everybody may ask for shows \(name) to \(roles.wordList)", fix: revoke))
      }
      return found
    }
  }
}

/// Columns whose names promise secrets, in tables without row security.
struct SensitiveColumns: Advisor {
  private static let words = [
    "password", "passwd", "pwd", "secret", "ssn", "social_security", "tax_id", "passport", "credit_card",
    "card_number", "cvv", "iban", "account_number", "api_key", "apikey", "private_key", "access_token",
    "refresh_token", "auth_token", "session_token", "totp", "otp_", "pin_code", "date_of_birth", "birth_date",
    "medical", "diagnosis", "salary",
  ]

  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.tables.compactMap { table in
      guard !database.hasRowSecurity(table) else { return nil }
      let roles = database.visitors(with: [.select], on: table)
      let columns = database.matrix.columns(of: table).sorted().filter { column in
        Self.words.contains { column.lowercased().contains($0) }
          && roles.contains { role in
            database.matrix.rights.holding("SELECT", on: table, by: role)?.columns?.contains(column) ?? true
          }
      }
      guard !roles.isEmpty, !columns.isEmpty else { return nil }
      return AccessFinding(
        .sensitiveColumnsExposed, .failure, table,
        "\(roles.wordList) can read \(columns.joined(separator: ", ")) of every row of \(table.qualifiedName)",
        fix: AccessFix("ALTER TABLE \(table.qualifiedName) ENABLE ROW LEVEL SECURITY;"))
    }
  }
}

/// Message queues (pgmq) without row security while the API shows their functions.
struct Queues: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    guard database.exposedSchemas.contains("pgmq_public"), !database.visitors.isEmpty else { return [] }
    return database.snapshot.objects(of: .table).map(\.identity).compactMap { table in
      guard table.schema == "pgmq", table.name.hasPrefix("q_"), !database.hasRowSecurity(table) else {
        return nil
      }
      return AccessFinding(
        .queueExposed, .failure, table,
        "pgmq_public is exposed and \(table.qualifiedName) has no row security: everybody can read and write the queue",
        fix: AccessFix("ALTER TABLE \(table.qualifiedName) ENABLE ROW LEVEL SECURITY;"))
    }
  }
}

/// Public buckets whose files can be listed, not only fetched by name.
struct PublicBuckets: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    guard !database.facts.publicBuckets.isEmpty else { return [] }
    return database.policies.compactMap { policy in
      guard policy.table == .table("storage", "objects"), policy.commands.contains(.select),
        policy.detail.isPermissive,
        !database.matrix.identityFunctions.areCalled(
          in: PolicyCondition(ExpressionItem.items(of: policy.detail.using ?? "")))
      else { return nil }
      let strings = Set(policy.leaves.flatMap(\.strings))
      let buckets = database.facts.publicBuckets.filter { strings.isEmpty || strings.contains($0) }
      guard !buckets.isEmpty else { return nil }
      return AccessFinding(
        .publicBucketListing, .warning, policy.identity,
        "\(policy.name) lets everybody list the files of \(buckets.joined(separator: ", ")): a public bucket needs no policy for its files to be fetched",
        fix: AccessFix(policy.dropped))
    }
  }
}
