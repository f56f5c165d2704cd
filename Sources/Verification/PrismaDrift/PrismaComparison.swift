import Prisma
import Schema
import Script

/// Compares what a Prisma schema describes with one side: the database, or what the files leave.
struct PrismaComparison {
  let prisma: PrismaDatabase
  let stored: StoredSchema
  private(set) var mismatches: [PrismaMismatch] = []
  /// How many things of each kind were compared.
  var counts = PrismaCounts()

  init(_ prisma: PrismaDatabase, with stored: StoredSchema) {
    self.prisma = prisma
    self.stored = stored
    for enumeration in prisma.enumerations { compare(enumeration) }
    for table in prisma.tables { compare(table) }
    addUnmodelled()
  }

  // MARK: Saying

  /// What is said of a thing.
  struct Statement {
    var code: String
    var object: ObjectIdentity
    var part: String?
    var subject: String?
    var location: PrismaLocation?
    var expected: String?
  }

  mutating func add(_ statement: Statement, found: String?, question: QueryPair? = nil) {
    add(statement, .differs(found), question)
  }

  mutating func doubt(_ statement: Statement, _ reason: String) { add(statement, .unknown(reason), nil) }

  private mutating func add(
    _ statement: Statement, _ outcome: PrismaMismatch.Outcome, _ question: QueryPair?
  ) {
    mismatches.append(
      PrismaMismatch(
        key: PrismaMismatch.Key(code: statement.code, object: statement.object, part: statement.part),
        subject: statement.subject, location: statement.location, expected: statement.expected,
        outcome: outcome, question: question))
  }

  /// Something that is not there; in doubt where the side cannot tell.
  mutating func addMissing(_ statement: Statement) {
    if let reason = stored.doubt(of: statement.object) {
      doubt(statement, reason)
    } else {
      add(statement, found: nil)
    }
  }

  // MARK: Enumerations

  private mutating func compare(_ enumeration: PrismaEnumType) {
    counts.enumerations += 1
    guard let labels = stored.enumerations[enumeration.identity] else {
      addMissing(
        Statement(
          code: FindingCode.prismaEnum, object: enumeration.identity, subject: "enum \(enumeration.name)",
          location: enumeration.location, expected: "there"))
      return
    }
    guard let schema = enumeration.identity.schema else { return }
    let type = enumeration.identity.name
    for label in enumeration.labels where !labels.contains(label.label) {
      addMissing(
        Statement(
          code: FindingCode.prismaEnumValue, object: .enumValue(schema, type, label.label),
          subject: "\(enumeration.name).\(label.value)", location: label.location, expected: "there"))
    }
    for label in labels.subtracting(enumeration.labels.map(\.label)).sorted() {
      add(
        Statement(
          code: FindingCode.prismaEnumValue, object: .enumValue(schema, type, label),
          subject: "enum \(enumeration.name)", location: enumeration.location), found: "there")
    }
  }

  // MARK: Tables

  private mutating func compare(_ table: PrismaTable) {
    counts.models += table.isRelationTable ? 0 : 1
    let statement = Statement(
      code: FindingCode.prismaTable, object: table.identity,
      subject: table.isRelationTable ? "relation \(table.model)" : "model \(table.model)",
      location: table.location,
      expected: "there")
    let key = table.identity.with(kind: .table)
    guard let found = stored.tables[key] else {
      if let reason = stored.doubts[key] { doubt(statement, reason) } else { addMissing(statement) }
      return
    }
    for column in table.columns { compare(column, of: table, in: found) }
    for (name, _) in found.columns.sorted(by: { $0.key < $1.key })
    where !table.columns.contains(where: { $0.name == name }) {
      addUnmodelledColumn(name, of: table, in: found)
    }
    guard !found.isView, table.identity.kind == .table else { return }
    compareKeys(of: table, in: found)
    compareForeignKeys(of: table, in: found)
  }

  private mutating func addUnmodelledColumn(_ name: String, of table: PrismaTable, in found: StoredTable) {
    guard let schema = found.identity.schema, let column = found.columns[name] else { return }
    // Without a value of its own, no row can be inserted by a client that does not know the column.
    let isRequired =
      column.isNullable == false && column.defaultExpression == nil && !column.isIdentity
      && !column.isGenerated
      && !found.isView
    let code = isRequired ? FindingCode.prismaColumn : FindingCode.prismaUnmodelled
    add(
      Statement(
        code: code, object: .column(schema, found.identity.name, name), subject: "model \(table.model)",
        location: table.location), found: (column.type ?? "a column") + (isRequired ? ", required" : ""))
  }

  private mutating func compare(_ column: PrismaColumn, of table: PrismaTable, in found: StoredTable) {
    counts.fields += 1
    guard let schema = table.identity.schema else { return }
    let object = ObjectIdentity.column(schema, table.identity.name, column.name)
    let subject = "\(table.model).\(column.field)"
    guard let stored = found.columns[column.name] else {
      addMissing(
        Statement(
          code: FindingCode.prismaColumn, object: object, subject: subject, location: column.location,
          expected: column.type))
      return
    }
    let type = Statement(
      code: FindingCode.prismaType, object: object, part: "type", subject: subject,
      location: column.typeLocation, expected: column.type)
    if let reason = stored.doubts["type"] {
      doubt(type, reason)
    } else if let actual = stored.type, !column.isOfType(actual) {
      add(type, found: actual)
    }
    if found.isView || table.identity.kind == .view { return }
    if let isNullable = column.isNullable {
      let nullability = Statement(
        code: FindingCode.prismaNullability, object: object, part: "optionality", subject: subject,
        location: column.typeLocation, expected: isNullable ? "optional" : "required")
      if let reason = stored.doubts["nullability"] {
        doubt(nullability, reason)
      } else if let actual = stored.isNullable, actual != isNullable {
        add(nullability, found: actual ? "optional" : "required")
      }
    }
    compareDefault(column, stored, object, subject)
  }

  private mutating func compareDefault(
    _ column: PrismaColumn, _ stored: StoredColumn, _ object: ObjectIdentity, _ subject: String
  ) {
    // What a generated column holds, Prisma has no words for.
    if stored.isGenerated { return }
    let statement = Statement(
      code: FindingCode.prismaDefault, object: object, part: "default", subject: subject,
      location: column.defaultLocation, expected: column.defaultValue.text)
    if let reason = stored.doubts["default"] {
      doubt(statement, reason)
      return
    }
    let found = stored.defaultExpression ?? (stored.isIdentity ? "identity" : nil)
    switch DefaultComparison.compare(column.defaultValue, stored) {
    case .same: return
    case .different: add(statement, found: found)
    case .ask(let sql):
      add(
        statement, found: found,
        question: PlanQuestion.expression(
          expected: [sql], actual: found ?? "NULL", over: .nothing, as: stored.type, searchPath: nil))
    }
  }

  // MARK: What no model describes

  private mutating func addUnmodelled() {
    let modelled = Set(prisma.tables.map { $0.identity.with(kind: .table) })
    for (key, table) in stored.tables.sorted(by: { $0.key < $1.key }) {
      // Views are optional in Prisma, partitions unknown to it.
      guard let schema = key.schema, prisma.schemas.contains(schema), !modelled.contains(key), !table.isView,
        !table.isPartition, !OtherToolTables.names.contains(key.name)
      else { continue }
      add(Statement(code: FindingCode.prismaUnmodelled, object: table.identity), found: "there")
    }
    let types = Set(prisma.enumerations.map(\.identity))
    for (type, labels) in stored.enumerations.sorted(by: { $0.key < $1.key }) {
      guard let schema = type.schema, prisma.schemas.contains(schema), !types.contains(type), !labels.isEmpty
      else { continue }
      add(Statement(code: FindingCode.prismaUnmodelled, object: type), found: "there")
    }
  }
}

/// How many things were compared.
public struct PrismaCounts: Sendable, Hashable {
  /// Models and views.
  public var models = 0
  /// Fields that are columns, those of relation tables included.
  public var fields = 0
  /// Primary keys, unique keys and indexes.
  public var indexes = 0
  /// Foreign keys.
  public var relations = 0
  /// Enumerations.
  public var enumerations = 0
}

/// The tables in which other tools keep their histories.
enum OtherToolTables {
  static let names: Set<String> = [
    "schema_migrations", "_prisma_migrations", "flyway_schema_history", "goose_db_version",
    "_sqlx_migrations",
    "__diesel_schema_migrations", "__drizzle_migrations", "alembic_version", "knex_migrations",
    "knex_migrations_lock", "ar_internal_metadata",
  ]
}
