import Schema

/// Decides which rows a probe makes: one of each table for each user, with all that they refer to.
struct SeedPlanner {
  /// A row that can be made.
  struct Row: Sendable, Hashable {
    var table: ObjectIdentity
    /// Column and SQL literal, in order.
    var values: [Value]
    /// The columns by which the row is found again.
    var key: [String]
    /// Whether an identity column that always generates is given a value all the same.
    var overridesIdentity: Bool

    struct Value: Sendable, Hashable {
      var column: String
      var literal: String
    }

    func literal(of column: String) -> String? { values.first { $0.column == column }?.literal }

    /// The INSERT; `isSeed` lets a row stand that a trigger has made already.
    func insertion(isSeed: Bool) -> String {
      let columns = values.map { Identifier.alwaysQuoted($0.column) }.joined(separator: ", ")
      return
        "INSERT INTO \(table.sqlName) (\(columns))\(overridesIdentity ? " OVERRIDING SYSTEM VALUE" : "") "
        + "VALUES (\(values.map(\.literal).joined(separator: ", ")))\(isSeed ? " ON CONFLICT DO NOTHING" : "")"
    }

    /// The condition that finds the row.
    var condition: String {
      key.map { "\(Identifier.alwaysQuoted($0)) = \(literal(of: $0) ?? "NULL")" }.joined(separator: " AND ")
    }
  }

  /// Why a row cannot be made.
  struct Obstacle: Error, Sendable, Hashable {
    var reason: String
  }

  private struct Key: Hashable {
    var table: ObjectIdentity
    var user: ProbeUser
  }

  private let matrix: AccessMatrix
  private let values: SeedValue
  private let tables: [ObjectIdentity: Table]
  private let claims: ProbeClaims
  private let effects: OutsideEffects
  private var made: [Key: Result<Row, Obstacle>] = [:]
  /// Second rows of tables that something refers to twice and means two rows.
  private var twins: [Key: Row] = [:]
  private var underWay: Set<ObjectIdentity> = []
  /// The rows in the order in which they can be inserted.
  private(set) var order: [(user: ProbeUser, row: Row)] = []

  /// A table as seeding sees it.
  private struct Table {
    var columns: [(name: String, detail: ColumnDetail)] = []
    var constraints: [(definition: String, detail: ConstraintDetail)] = []
    /// The columns that policies compare with who asks.
    var identityColumns: Set<String> = []
    /// The tables that policies read.
    var companions: [ObjectIdentity] = []
  }

  init(_ matrix: AccessMatrix, claims: ProbeClaims, effects: OutsideEffects) {
    self.matrix = matrix
    self.claims = claims
    self.effects = effects
    values = SeedValue(snapshot: matrix.snapshot)
    var tables: [ObjectIdentity: Table] = [:]
    for object in matrix.snapshot.objects.values {
      guard let table = object.identity.table else { continue }
      switch object.detail {
      case .column(let detail):
        tables[table, default: Table()].columns.append((object.identity.name, detail))
      case .constraint(let detail):
        tables[table, default: Table()].constraints.append((object.definition, detail))
      default: continue
      }
    }
    for name in tables.keys {
      tables[name]?.columns.sort { $0.detail.position < $1.detail.position }
      tables[name]?.constraints.sort { $0.definition < $1.definition }
      for policy in matrix.policies(on: name) {
        guard case .policy(let detail) = policy.detail else { continue }
        for text in [detail.using, detail.check].compactMap({ $0 }) {
          tables[name]?.identityColumns.formUnion(
            matrix.identityColumns(of: name, in: PolicyExpression(text)))
          tables[name]?.companions += matrix.companions(of: text)
        }
      }
    }
    self.tables = tables
  }

  /// The row of a table for a user, with what it needs; the tables that policies read get rows as well.
  mutating func row(of table: ObjectIdentity, for user: ProbeUser) -> Result<Row, Obstacle> {
    let key = Key(table: table.relationName, user: user)
    if let row = made[key] { return row }
    guard underWay.insert(key.table).inserted else {
      return .failure(Obstacle(reason: "\(table.qualifiedName) refers to itself"))
    }
    let result = makeRow(key, copy: 0)
    underWay.remove(key.table)
    made[key] = result
    if case .success(let row) = result {
      order.append((user, row))
      for companion in tables[key.table]?.companions ?? [] where !underWay.contains(companion.relationName) {
        _ = self.row(of: companion, for: user)
      }
    }
    return result
  }

  /// Another row like a user's, with its own key.
  mutating func anotherRow(of table: ObjectIdentity, for user: ProbeUser) -> Result<Row, Obstacle> {
    makeRow(Key(table: table.relationName, user: user), copy: 1)
  }

  /// A second row of a table for a user, which is made as well.
  private mutating func twin(of table: ObjectIdentity, for user: ProbeUser) -> Row? {
    let key = Key(table: table.relationName, user: user)
    if let twin = twins[key] { return twin }
    guard case .success(let row) = makeRow(key, copy: 2) else { return nil }
    twins[key] = row
    order.append((user, row))
    return row
  }

  private mutating func makeRow(_ key: Key, copy: Int) -> Result<Row, Obstacle> {
    guard let relation = matrix.relationsByName[key.table], relation.kind == .table,
      let table = tables[key.table]
    else {
      return .failure(Obstacle(reason: "\(key.table.qualifiedName) is no table whose columns are known"))
    }
    if let reason = effects.reason(for: relation) { return .failure(Obstacle(reason: reason)) }
    var literals: [String: String] = [:]
    for (_, constraint) in table.constraints where constraint.kind == .foreignKey {
      guard let referenced = constraint.referencedTable else { continue }
      let isRequired = constraint.columns.allSatisfy { name in
        table.columns.first { $0.name == name }.map { !$0.detail.isNullable } ?? false
      }
      switch row(of: referenced, for: key.user) {
      case .success(let row):
        for (column, target) in zip(constraint.columns, constraint.referencedColumns) {
          if let literal = row.literal(of: target) { literals[column] = literal }
        }
      case .failure(let obstacle):
        if isRequired { return .failure(obstacle) }
      }
    }
    let checks = table.constraints.filter { $0.detail.kind == .check }.map(\.definition)
    let relations = RowChecks(checks)
    for (left, right) in relations.unequal where literals[left] != nil && literals[left] == literals[right] {
      // Two references that must not be to one row.
      let foreignKey = table.constraints.map(\.detail).first {
        $0.kind == .foreignKey && $0.columns == [right] && $0.referencedColumns.count == 1
      }
      guard let foreignKey, let referenced = foreignKey.referencedTable else { continue }
      literals[right] =
        twin(of: referenced, for: key.user)?.literal(of: foreignKey.referencedColumns[0]) ?? literals[right]
    }
    let certain = table.columns.filter {
      !$0.detail.isNullable || $0.detail.defaultExpression != nil || $0.detail.isGenerated
    }
    let (forced, absent) = relations.presence(
      given: Set(literals.keys), certain: Set(certain.map(\.name)))
    for column in absent { literals[column] = nil }
    for (column, literal) in PartitionPlace.literals(of: relation, in: matrix.snapshot)
    where literals[column] == nil {
      literals[column] = literal
    }
    let uniqueSets = table.constraints.filter { [.primaryKey, .unique].contains($0.detail.kind) }
    let uniqueColumns = Set(uniqueSets.flatMap(\.detail.columns))
    var row = Row(table: relation, values: [], key: [], overridesIdentity: false)
    for (name, detail) in table.columns where !detail.isGenerated && !absent.contains(name) {
      let literal: String?
      if let known = literals[name] {
        literal = known
      } else if let known = identityLiteral(name, detail, key, table) {
        literal = known
      } else if uniqueColumns.contains(name) || forced.contains(name)
        || ((!detail.isNullable || values.forbidsNull(detail.type)) && detail.defaultExpression == nil
          && detail.identity == nil)
      {
        let salt = "\(key.table.qualifiedName).\(name).\(key.user.rawValue).\(copy)"
        literal =
          namedLiteral(name, detail, salt)
          ?? values.literal(
            detail.type, limits: ColumnLimits(of: name, in: checks), salt: salt,
            isUnique: uniqueColumns.contains(name))
        if literal == nil, !detail.isNullable || uniqueColumns.contains(name) {
          return .failure(Obstacle(reason: "no value of type \(detail.type) is known for column \(name)"))
        }
      } else {
        literal = nil
      }
      guard let literal else { continue }
      if detail.identity == "a" { row.overridesIdentity = true }
      row.values.append(Row.Value(column: name, literal: literal))
    }
    // A key of values that come from elsewhere also finds a row that a trigger has made.
    let keys = uniqueSets.map(\.detail.columns).filter { $0.allSatisfy { row.literal(of: $0) != nil } }
    let inherited = keys.first { $0.allSatisfy { literals[$0] != nil } }
    let primary = uniqueSets.first { $0.detail.kind == .primaryKey }.map(\.detail.columns)
    guard let found = inherited ?? primary ?? keys.first else {
      return .failure(Obstacle(reason: "\(relation.qualifiedName) has no key to find a row by"))
    }
    row.key = found
    return .success(row)
  }

  /// A value that fits what a column is called, where checks of that kind are common.
  private func namedLiteral(_ name: String, _ detail: ColumnDetail, _ salt: String) -> String? {
    let words = name.lowercased()
    func has(_ word: String) -> Bool { words.indices.contains { words[$0...].hasPrefix(word) } }
    if detail.type == "text" || detail.type.hasPrefix("character varying") {
      if has("email") { return SQLLiteral.text("\(SeedValue.uuid(salt))@signalbox.invalid") }
      if has("url") { return SQLLiteral.text("https://signalbox.invalid/\(SeedValue.uuid(salt))") }
    }
    if detail.type.hasPrefix("timestamp") || detail.type == "date", has("expir") || has("until") || has("end")
    {
      return "'2999-01-01'"
    }
    return nil
  }

  /// The user's id or address, where a column is there for it.
  private func identityLiteral(
    _ name: String, _ detail: ColumnDetail, _ key: Key, _ table: Table
  ) -> String? {
    if let schema = key.table.schema, let path = claims.columns[.column(schema, key.table.name, name)] {
      let salt = "claim \(path.joined(separator: ".")) of \(key.user.rawValue)"
      return values.literal(
        detail.type, limits: ColumnLimits(of: name, in: []), salt: salt, isUnique: true)
    }
    let isAccount = key.table == .table("auth", "users")
    let isText = detail.type == "text" || detail.type.hasPrefix("character varying")
    if isText, name == "email", isAccount || table.identityColumns.contains(name) {
      return SQLLiteral.text(key.user.email)
    }
    guard table.identityColumns.contains(name) || (isAccount && name == "id") else { return nil }
    return detail.type == "uuid" || isText ? SQLLiteral.text(key.user.id) : nil
  }
}
