import Schema

/// Extensions whose functions the API shows, and old ones.
struct Extensions: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.facts.extensions.flatMap { one -> [AccessFinding] in
      let object = ObjectIdentity(.extension, name: one.name)
      let name = Identifier.quoted(one.name)
      var found: [AccessFinding] = []
      if one.schema == "public", !database.visitors.isEmpty {
        let move = [
          "CREATE SCHEMA IF NOT EXISTS extensions;", "ALTER EXTENSION \(name) SET SCHEMA extensions;",
        ]
        found.append(
          AccessFinding(
            .extensionInPublic, .warning, object,
            "extension \(one.name) lives in public, so the API shows its functions",
            fix: AccessFix(
              move,
              decision: one.isRelocatable
                ? "whether every search_path that needs it has extensions in it"
                : "when to drop it and create it again in extensions: it cannot be moved")))
      }
      if let available = one.availableVersion, available != one.version {
        found.append(
          AccessFinding(
            .extensionOutdated, .warning, object,
            "extension \(one.name) is at \(one.version), the server ships \(available)",
            fix: AccessFix("ALTER EXTENSION \(name) UPDATE;")))
      }
      return found
    }
  }
}

/// Foreign keys to what the host may change: unique columns of `auth`, not its keys.
struct ReferencesToAuth: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.tables.flatMap { table in
      database.constraints(of: table).compactMap { constraint -> AccessFinding? in
        guard constraint.detail.kind == .foreignKey, let referenced = constraint.detail.referencedTable,
          referenced.schema == "auth", !constraint.detail.referencedColumns.isEmpty,
          let key = database.constraints(of: referenced).first(where: { $0.detail.kind == .primaryKey }),
          key.detail.columns.sorted() != constraint.detail.referencedColumns.sorted()
        else { return nil }
        return AccessFinding(
          .foreignKeyToAuthUnique, .failure, constraint.identity,
          "\(constraint.identity.name) of \(table.qualifiedName) refers to \(referenced.qualifiedName) (\(constraint.detail.referencedColumns.joined(separator: ", "))), which is not its primary key and may go when the host updates it",
          fix: AccessFix(
            "ALTER TABLE \(table.qualifiedName) DROP CONSTRAINT \(Identifier.quoted(constraint.identity.name));",
            decision:
              "which column is to refer to \(referenced.qualifiedName) (\(key.detail.columns.joined(separator: ", "))) instead"
          ))
      }
    }
  }
}

/// Columns of types that `pg_upgrade` refuses, since they hold the numbers of catalog rows.
struct RegTypeColumns: Advisor {
  private static let types: Set<String> = [
    "regcollation", "regconfig", "regdictionary", "regnamespace", "regoper", "regoperator", "regproc",
    "regprocedure",
  ]

  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.snapshot.objects(of: .column).compactMap { column in
      guard case .column(let detail) = column.detail, Self.types.contains(detail.type),
        let table = column.identity.table, !database.snapshot.isPlatform(table),
        database.snapshot.contains(.table(table.schema ?? "", table.name))
      else { return nil }
      let name = Identifier.quoted(column.identity.name)
      return AccessFinding(
        .regTypeColumn, .warning, column.identity,
        "\(column.identity.qualifiedName) has type \(detail.type), with which pg_upgrade does not go on",
        fix: AccessFix(
          "ALTER TABLE \(table.qualifiedName) ALTER COLUMN \(name) TYPE text USING \(name)::text;"))
    }
  }
}
