import Schema

/// Which indexes find rows by which columns.
enum IndexCover {
  /// Whether an index begins with one of the columns; one over some of the rows serves only if those have a value.
  static func serves(_ columns: [String], indexes: [AdvisedIndex]) -> Bool {
    indexes.contains { index in
      guard index.detail.isValid, ["btree", "hash"].contains(index.detail.method) else { return false }
      if let condition = index.definition.firstRange(of: " WHERE ") {
        guard index.definition[condition.upperBound...].uppercased().contains("IS NOT NULL") else {
          return false
        }
      }
      return index.detail.keys.first.map { key in
        columns.contains { $0 == key || Identifier.quoted($0) == key }
      }
        ?? false
    }
  }

  /// The statement that makes one.
  static func creation(on table: ObjectIdentity, _ columns: [String]) -> String {
    let name = String(([table.name] + columns).joined(separator: "_").prefix(55)) + "_idx"
    return
      "CREATE INDEX \(Identifier.quoted(name)) ON \(table.qualifiedName) (\(columns.quotedList));"
  }
}

/// Foreign keys none of whose columns an index begins with.
struct ForeignKeysWithoutIndex: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.tables.flatMap { table in
      database.constraints(of: table).compactMap { constraint -> AccessFinding? in
        let key = constraint.detail
        guard key.kind == .foreignKey, !key.columns.isEmpty, let referenced = key.referencedTable,
          !database.isPartition(table),
          !IndexCover.serves(key.columns, indexes: database.indexes(of: table))
        else { return nil }
        return AccessFinding(
          .foreignKeyWithoutIndex, .notice, constraint.identity,
          "no index of \(table.qualifiedName) begins with \(key.columns.joined(separator: " or ")): each row deleted from \(referenced.qualifiedName) reads all of it",
          fix: AccessFix(IndexCover.creation(on: table, key.columns)))
      }
    }
  }
}

/// Indexes that were never used on tables large enough for that to tell something.
struct UnusedIndexes: Advisor {
  /// Below this many rows the server reads the table itself, whatever indexes there are.
  private static let tellingRows = 10_000.0

  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.tables.flatMap { table -> [AccessFinding] in
      guard case .relation(let detail)? = database.snapshot[table]?.detail,
        let rows = detail.estimatedRows, rows >= Self.tellingRows
      else { return [] }
      return database.indexes(of: table).compactMap { index in
        guard index.detail.scans == 0, !index.detail.isUnique, index.detail.constraint == nil else {
          return nil
        }
        return AccessFinding(
          .unusedIndex, .notice, index.identity,
          "\(index.identity.qualifiedName) was not used since statistics began; it takes \(index.detail.bytes / 1024) kB and time of every write",
          fix: AccessFix(
            "DROP INDEX \(index.identity.qualifiedName);",
            decision: "whether the statistics are old enough, here and on replicas"))
      }
    }
  }
}

/// Indexes that are there twice.
struct DuplicateIndexes: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.tables.flatMap { table -> [AccessFinding] in
      let groups = Dictionary(grouping: database.indexes(of: table)) { index in
        // The definition behind the name: method, columns, options and condition.
        index.definition.firstRange(of: " ON ").map { String(index.definition[$0.lowerBound...]) }
          ?? index.definition
      }
      return groups.values.filter { $0.count > 1 }.flatMap { group -> [AccessFinding] in
        let kept =
          group.first { $0.detail.constraint != nil } ?? group.first { $0.detail.isUnique } ?? group[0]
        return group.filter {
          $0.identity != kept.identity && $0.detail.constraint == nil
            && (!$0.detail.isUnique || kept.detail.isUnique)
        }.map { index in
          AccessFinding(
            .duplicateIndex, .warning, index.identity,
            "\(index.identity.qualifiedName) indexes the same as \(kept.identity.qualifiedName)",
            fix: AccessFix("DROP INDEX \(index.identity.qualifiedName);"))
        }
      }
    }
  }
}

/// Tables without a primary key.
struct MissingPrimaryKeys: Advisor {
  func findings(in database: AdvisedDatabase) -> [AccessFinding] {
    database.tables.compactMap { table in
      guard !database.isPartition(table),
        !database.constraints(of: table).contains(where: { $0.detail.kind == .primaryKey })
      else { return nil }
      let name = database.matrix.columns(of: table).contains("id") ? "row_id" : "id"
      return AccessFinding(
        .primaryKeyMissing, .notice, table,
        "\(table.qualifiedName) has no primary key, so replicas cannot follow its changes and no row can be told from another",
        fix: AccessFix(
          "ALTER TABLE \(table.qualifiedName) ADD COLUMN \(name) bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;",
          decision: "whether columns that are there make a key"))
    }
  }
}
