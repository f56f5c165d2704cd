import Schema

/// A foreign key with none of whose columns an index begins.
struct ForeignKeyWithoutIndex: SchemaLint {
  let code: LintCode = "lint.foreign-key-without-index"

  func candidates(in schema: LintSchema, _ facts: LintFacts) -> [LintCandidate] {
    let indexes = Self.indexes(of: schema)
    return schema.certain(.constraint).compactMap { constraint, entry in
      guard case .constraint(let key) = entry.detail, key.kind == .foreignKey, !key.columns.isEmpty,
        let table = constraint.table, let referenced = key.referencedTable,
        !PlatformTables.contains(table, facts), !schema.isInherited(constraint)
      else { return nil }
      let isServed = (indexes[table] ?? []).contains { $0.first.map(key.columns.contains) ?? false }
      guard !isServed else { return nil }
      let list = key.columns.map(Identifier.quoted).joined(separator: ", ")
      let isSmall = facts.severity(ofTouching: [table]) == .pass
      return LintCandidate(
        code: code, severity: isSmall ? .pass : .warning, place: entry.madeAt, object: constraint,
        message:
          "no index of \(facts.sized(table)) begins with \(key.columns.map(Identifier.quoted).joined(separator: " or ")): each row deleted from "
          + "\(referenced.qualifiedName), and each key changed there, reads all of it",
        advice: "CREATE INDEX CONCURRENTLY ON \(table.qualifiedName) (\(list)); without CONCURRENTLY in the "
          + "migration that makes the table")
    }
  }

  /// The key columns of the indexes that can find a row, by table.
  private static func indexes(of schema: LintSchema) -> [ObjectIdentity: [[String]]] {
    var found: [ObjectIdentity: [[String]]] = [:]
    for entry in schema.objects.values {
      guard case .index(let index) = entry.detail, index.isValid, ["btree", "hash"].contains(index.method)
      else { continue }
      // An index over some of the rows serves only if those are the ones with a value.
      let predicate = entry.definition.text(behind: " WHERE ")
      guard predicate.map({ $0.uppercased().contains("IS NOT NULL") }) ?? true else { continue }
      found[index.table.loose, default: []].append(index.keys.map(unquoted))
    }
    return found
  }

  private static func unquoted(_ name: String) -> String {
    name.count > 1 && name.hasPrefix("\"") && name.hasSuffix("\"")
      ? String(name.dropFirst().dropLast()) : name
  }
}

extension LintSchema {
  /// Whether a partition has a constraint from its parent, which is where it is judged.
  func isInherited(_ constraint: ObjectIdentity) -> Bool {
    guard let table = constraint.table, case .relation(let detail)? = entry(of: table)?.detail,
      let parent = detail.parent
    else { return false }
    return objects[.constraint(parent.schema ?? "", parent.name, constraint.name)] != nil
  }
}
