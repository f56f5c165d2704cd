import Prisma
import Schema
import Script

/// Primary keys, unique keys, indexes and foreign keys.
extension PrismaComparison {
  mutating func compareKeys(of table: PrismaTable, in found: StoredTable) {
    guard let schema = table.identity.schema else { return }
    comparePrimaryKey(of: table, in: found)
    var free = found.indexes.filter { $0.kind != .primaryKey }
    if table.isRelationTable, found.primaryKey == nil {
      // Before version 6 the pair of an implicit relation was a unique index.
      free.removeAll { $0.kind == .unique && $0.columns == ["A", "B"] }
    }
    for (wanted, kind) in table.uniques.map({ ($0, StoredIndex.Kind.unique) })
      + table.indexes.map({ ($0, StoredIndex.Kind.index) })
    {
      counts.indexes += 1
      let object = ObjectIdentity.index(schema, wanted.name)
      let statement = Statement(
        code: kind == .unique ? FindingCode.prismaUnique : FindingCode.prismaIndex, object: object,
        subject: "model \(table.model)", location: wanted.location, expected: Self.text(wanted))
      let candidates = free.filter { $0.kind == kind && Self.agree(wanted, $0) }
      if let match = candidates.first(where: { $0.name == wanted.name }) ?? candidates.first {
        free.removeAll { $0.identity == match.identity }
        comparePredicate(wanted, match, statement, table)
        compareName(wanted.name, match.identity, statement)
      } else if let named = free.first(where: { $0.name == wanted.name }) {
        free.removeAll { $0.identity == named.identity }
        var different = statement
        different.part = "definition"
        add(different, found: (named.kind == .unique ? "unique " : "") + named.text)
      } else if let reason = stored.doubts[object] ?? stored.doubts[table.identity] {
        doubt(statement, reason)
      } else {
        add(statement, found: nil)
      }
    }
    // Partial indexes and those over expressions are more than Prisma has words for.
    for index in free where index.peculiarity == nil && index.predicate == nil {
      add(
        Statement(
          code: FindingCode.prismaUnmodelled, object: index.identity, subject: "model \(table.model)",
          location: table.location), found: (index.kind == .unique ? "unique " : "") + index.text)
    }
  }

  private mutating func comparePrimaryKey(of table: PrismaTable, in found: StoredTable) {
    counts.indexes += table.primaryKey == nil ? 0 : 1
    guard let schema = table.identity.schema else { return }
    let key = found.primaryKey
    guard let wanted = table.primaryKey else {
      if let key {
        add(
          Statement(
            code: FindingCode.prismaId, object: key.identity, subject: "model \(table.model)",
            location: table.location), found: key.text)
      }
      return
    }
    let statement = Statement(
      code: FindingCode.prismaId, object: .constraint(schema, table.identity.name, wanted.name),
      part: "columns",
      subject: "model \(table.model)", location: wanted.location, expected: Self.text(wanted))
    guard let key else {
      let isPair = found.indexes.contains { $0.kind == .unique && $0.columns == wanted.columns }
      if table.isRelationTable, isPair { return }
      addMissing(statement)
      return
    }
    if key.columns != wanted.columns {
      add(statement, found: key.text)
    } else {
      compareName(wanted.name, key.identity, statement)
    }
  }

  /// A key that is what Prisma says under another name.
  private mutating func compareName(_ name: String, _ found: ObjectIdentity, _ statement: Statement) {
    guard found.name != name else { return }
    add(
      Statement(
        code: FindingCode.prismaName, object: statement.object, part: "name", subject: statement.subject,
        location: statement.location, expected: name), found: found.name)
  }

  private mutating func comparePredicate(
    _ wanted: PrismaIndex, _ found: StoredIndex, _ statement: Statement, _ table: PrismaTable
  ) {
    guard let expected = wanted.predicate, let actual = found.predicate, expected != actual else { return }
    var statement = statement
    statement.part = "condition"
    statement.expected = expected
    add(
      statement, found: actual,
      question: PlanQuestion.expression(
        expected: [expected], actual: actual, over: .row(table.identity), searchPath: nil))
  }

  // MARK: Indexes

  private static func text(_ index: PrismaIndex) -> String {
    let keys = index.keys.map { key in
      key.column + (key.operatorClass.map { " \($0)" } ?? "") + (key.isDescending ? " DESC" : "")
    }
    return IndexWording.text(keys, method: index.method, predicate: index.predicate)
  }

  /// Whether both index the same in the same way; the conditions of partial indexes are left to the server.
  private static func agree(_ wanted: PrismaIndex, _ found: StoredIndex) -> Bool {
    guard found.peculiarity == nil, wanted.columns == found.columns, wanted.method == found.method,
      (wanted.predicate == nil) == (found.predicate == nil)
    else { return false }
    return zip(wanted.keys, found.keys).allSatisfy { left, right in
      let hasOrder = wanted.method == "btree"
      return (!hasOrder || left.isDescending == right.isDescending)
        && operatorClass(left.operatorClass) == operatorClass(right.operatorClass)
    }
  }

  /// An operator class as it can be compared: `JsonbPathOps` and `jsonb_path_ops` are one; nil for a type's own.
  private static func operatorClass(_ name: String?) -> String? {
    guard let last = name?.split(separator: ".").last else { return nil }
    let word = last.lowercased().filter { $0 != "_" && $0 != "\"" }
    return ordinaryClasses.contains(word) ? nil : word
  }

  /// The classes that indexes have when none is named (`pg_opclass.opcdefault`).
  private static let ordinaryClasses: Set<String> = [
    "arrayops", "bitops", "boolops", "bpcharops", "byteaops", "charops", "cidrops", "dateops", "enumops",
    "float4ops", "float8ops", "inetops", "int2ops", "int4ops", "int8ops", "intervalops", "jsonbops",
    "moneyops",
    "nameops", "numericops", "oidops", "rangeops", "recordops", "textops", "timeops", "timestampops",
    "timestamptzops", "timetzops", "tsvectorops", "uuidops", "varbitops", "varcharops",
  ]

  // MARK: Foreign keys

  mutating func compareForeignKeys(of table: PrismaTable, in found: StoredTable) {
    guard let schema = table.identity.schema else { return }
    var free = found.foreignKeys
    for wanted in table.foreignKeys {
      counts.relations += 1
      let object = ObjectIdentity.constraint(schema, table.identity.name, wanted.name)
      let target = wanted.table.with(kind: .table)
      let statement = Statement(
        code: FindingCode.prismaRelation, object: object,
        subject: table.isRelationTable ? "relation \(table.model)" : "\(table.model).\(wanted.field)",
        location: wanted.location, expected: Self.text(wanted.columns, target, wanted.referencedColumns))
      let candidates = free.filter { $0.columns == wanted.columns && $0.table == target }
      guard let match = candidates.first(where: { $0.identity.name == wanted.name }) ?? candidates.first
      else {
        if let named = free.first(where: { $0.identity.name == wanted.name }) {
          free.removeAll { $0.identity == named.identity }
          var different = statement
          different.part = "columns"
          add(different, found: Self.text(named.columns, named.table, named.referencedColumns))
        } else {
          addMissing(statement)
        }
        continue
      }
      free.removeAll { $0.identity == match.identity }
      let referenced =
        match.referencedColumns.isEmpty
        ? stored.tables[target]?.primaryKey?.columns ?? [] : match.referencedColumns
      let parts = [
        (
          "referenced columns", "(\(wanted.referencedColumns.joined(separator: ", ")))",
          "(\(referenced.joined(separator: ", ")))"
        ),
        ("onDelete", wanted.onDelete, match.onDelete), ("onUpdate", wanted.onUpdate, match.onUpdate),
      ]
      for (part, expected, actual) in parts where expected != actual {
        var different = statement
        different.part = part
        different.expected = expected
        add(different, found: actual)
      }
      compareName(wanted.name, match.identity, statement)
    }
    // What refers to a schema that is none of Prisma's cannot be a relation.
    for key in free where key.table.schema.map(prisma.schemas.contains) ?? false {
      add(
        Statement(
          code: FindingCode.prismaUnmodelled, object: key.identity, subject: "model \(table.model)",
          location: table.location), found: Self.text(key.columns, key.table, key.referencedColumns))
    }
  }

  private static func text(_ columns: [String], _ table: ObjectIdentity, _ referenced: [String]) -> String {
    "(\(columns.joined(separator: ", "))) → \(table.qualifiedName)(\(referenced.joined(separator: ", ")))"
  }
}
