import Schema

/// A database as advisors see it: its matrix, and what several of them ask of it.
struct AdvisedDatabase: Sendable {
  let matrix: AccessMatrix
  let facts: AdvisorFacts
  /// The roles that come in over the web, where a server has them.
  let visitors: [String]
  /// The roles for which policies are read: the visitors, else whoever was given something.
  let askers: [String]
  /// The schemas that the API shows.
  let exposedSchemas: Set<String>
  /// The policies of tables.
  let policies: [AdvisedPolicy]
  private let indexesByTable: [ObjectIdentity: [AdvisedIndex]]
  private let constraintsByTable: [ObjectIdentity: [AdvisedConstraint]]

  var snapshot: Snapshot { matrix.snapshot }

  init(_ matrix: AccessMatrix, facts: AdvisorFacts) {
    self.matrix = matrix
    self.facts = facts
    let roles = matrix.snapshot.access.roles
    visitors = ["anon", "authenticated"].filter { roles[$0] != nil }
    askers =
      visitors.isEmpty
      ? matrix.roles.filter { $0 != AccessMatrix.owner && !matrix.rights.bypassesRowSecurity($0) } : visitors
    // What PostgREST exposes where nobody says otherwise, here and on Supabase.
    exposedSchemas = Set(facts.exposedSchemas ?? ["public", "graphql_public"])
    policies = matrix.snapshot.objects(of: .policy).compactMap { AdvisedPolicy($0, in: matrix) }
    var indexes: [ObjectIdentity: [AdvisedIndex]] = [:]
    var constraints: [ObjectIdentity: [AdvisedConstraint]] = [:]
    for object in matrix.snapshot.objects.values {
      switch object.detail {
      case .index(let detail):
        indexes[detail.table.relationName, default: []].append(
          AdvisedIndex(identity: object.identity, detail: detail, definition: object.definition))
      case .constraint(let detail):
        guard let table = object.identity.table else { continue }
        constraints[table, default: []].append(
          AdvisedConstraint(identity: object.identity, detail: detail))
      default: continue
      }
    }
    indexesByTable = indexes.mapValues { $0.sorted { $0.identity < $1.identity } }
    constraintsByTable = constraints.mapValues { $0.sorted { $0.identity < $1.identity } }
  }

  /// The project's own tables, in order.
  var tables: [ObjectIdentity] {
    snapshot.objects(of: .table).map(\.identity).filter { !snapshot.isPlatform($0) }
  }

  func indexes(of table: ObjectIdentity) -> [AdvisedIndex] { indexesByTable[table.relationName] ?? [] }

  func constraints(of table: ObjectIdentity) -> [AdvisedConstraint] {
    constraintsByTable[table.relationName] ?? []
  }

  /// The visitors that hold one of these privileges on a relation that the API shows.
  func visitors(
    with commands: [AccessCommand] = AccessCommand.onRows, on relation: ObjectIdentity
  ) -> [String] {
    guard let schema = relation.schema, exposedSchemas.contains(schema) else { return [] }
    return visitors.filter { role in
      matrix.rights.holding("USAGE", on: ObjectIdentity(.schema, name: schema), by: role) != nil
        && commands.contains { matrix.rights.holding($0.rawValue, on: relation, by: role) != nil }
    }
  }

  /// Whether a relation is a partition or child, so that its parent is the one to ask.
  func isPartition(_ table: ObjectIdentity) -> Bool {
    if case .relation(let detail)? = snapshot[table]?.detail { detail.parent != nil } else { false }
  }

  /// The column of a table that says whose row it is: a foreign key to an account, else one of a common name.
  func ownerColumn(of table: ObjectIdentity) -> String? {
    let keys = constraints(of: table).filter { constraint in
      constraint.detail.kind == .foreignKey && constraint.detail.columns.count == 1
        && constraint.detail.referencedTable.map(isAccount) ?? false
    }
    if let column = keys.first?.detail.columns.first { return column }
    return ["user_id", "owner_id", "owner", "created_by"].first { name in
      guard let schema = table.schema,
        case .column(let detail)? = snapshot[.column(schema, table.name, name)]?.detail
      else { return false }
      return detail.type == "uuid"
    }
  }

  /// Whether a table's key is that of an account: `auth.users`, or a profile whose key refers to it.
  func isAccount(_ table: ObjectIdentity) -> Bool {
    if table.relationName == .table("auth", "users") { return true }
    let constraints = constraints(of: table)
    let key = constraints.first { $0.detail.kind == .primaryKey }?.detail.columns
    if constraints.contains(where: { constraint in
      constraint.detail.kind == .foreignKey && constraint.detail.columns == key
        && constraint.detail.referencedTable?.relationName == .table("auth", "users")
    }) {
      return true
    }
    // A profile without the reference, whose own policy says that its key is the account's.
    guard let key, key.count == 1 else { return false }
    return policies.contains { policy in
      policy.table == table.relationName
        && policy.leaves.contains { leaf in
          leaf.calls.contains(["auth", "uid"]) && leaf.plain.count <= 5 && leaf.names.contains([key[0]])
        }
    }
  }

  /// The condition that leaves each their own rows, if the table says whose they are.
  func ownCondition(of table: ObjectIdentity) -> String? {
    ownerColumn(of: table).map { "(SELECT auth.uid()) = \(Identifier.quoted($0))" }
  }

  /// What a permissive or restrictive policy admits to a role, of rows that are there and of rows that come.
  func shares(of policy: AdvisedPolicy, for role: String) -> (using: RowShare, check: RowShare) {
    AccessMatrix.shares(policy.detail, matrix.reader(policy.table, as: AccessAsker(role)))
  }

  /// The askers to whom a policy applies, and for whom it matters.
  func askers(of policy: AdvisedPolicy, for command: AccessCommand) -> [String] {
    guard policy.commands.contains(command), hasRowSecurity(policy.table) else { return [] }
    return askers.filter { role in
      policy.applies(to: role, matrix.rights) && matrix.exemption(policy.relation, role: role) == nil
        && matrix.rights.holding(command.rawValue, on: policy.relation, by: role) != nil
    }
  }

  func hasRowSecurity(_ table: ObjectIdentity) -> Bool { matrix.hasRowSecurity(table) }
}

/// A policy with its expressions read.
struct AdvisedPolicy: Sendable {
  let identity: ObjectIdentity
  let detail: PolicyDetail
  /// The table, by name alone, and as it is known in the snapshot.
  let table: ObjectIdentity
  let relation: ObjectIdentity
  let using: PolicyExpression?
  let check: PolicyExpression?

  init?(_ object: SchemaObject, in matrix: AccessMatrix) {
    guard case .policy(let detail) = object.detail, let table = object.identity.table,
      let relation = matrix.relationsByName[table.relationName]
    else { return nil }
    identity = object.identity
    self.detail = detail
    self.table = table.relationName
    self.relation = relation
    using = detail.using.map { PolicyExpression($0) }
    check = detail.check.map { PolicyExpression($0) }
  }

  var name: String { "policy \(Identifier.quoted(identity.name))" }

  /// The commands that it is for.
  var commands: [AccessCommand] {
    detail.command == "ALL"
      ? AccessCommand.onRows : AccessCommand(rawValue: detail.command).map { [$0] } ?? []
  }

  /// The conditions of both expressions.
  var leaves: [PolicyCondition] { [using, check].compactMap { $0 }.flatMap(\.leaves) }

  /// The texts of both expressions.
  var texts: [String] { [detail.using, detail.check].compactMap { $0 } }

  func applies(to role: String, _ rights: RoleRights) -> Bool {
    detail.roles.contains { $0 == AccessFacts.everyone || rights.hasPrivileges(role, of: $0) }
  }

  /// `ALTER POLICY` with new parts.
  func altered(to roles: [String]? = nil, using: String? = nil, check: String? = nil) -> String {
    var text = "ALTER POLICY \(Identifier.quoted(identity.name)) ON \(table.qualifiedName)"
    if let roles { text += " TO \(roles.joined(separator: ", "))" }
    if let using { text += "\n  USING \(Self.inParentheses(using))" }
    if let check { text += "\n  WITH CHECK \(Self.inParentheses(check))" }
    return text + ";"
  }

  /// An expression on one line, in one pair of parentheses.
  private static func inParentheses(_ expression: String) -> String {
    let line = expression.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }
      .joined(separator: " ")
    // The server writes a pair around every operator, and some texts are made here without.
    if ExpressionItem.items(of: line).count == 1, line.hasPrefix("("), line.hasSuffix(")") { return line }
    return "(\(line))"
  }

  /// `DROP POLICY`.
  var dropped: String { "DROP POLICY \(Identifier.quoted(identity.name)) ON \(table.qualifiedName);" }
}

/// An index with its table.
struct AdvisedIndex: Sendable {
  let identity: ObjectIdentity
  let detail: IndexDetail
  let definition: String
}

/// A table's constraint.
struct AdvisedConstraint: Sendable {
  let identity: ObjectIdentity
  let detail: ConstraintDetail
}

extension PolicyExpression {
  /// The conditions that are joined by AND, OR and NOT.
  var leaves: [PolicyCondition] {
    switch self {
    case .constant: []
    case .all(let parts), .any(let parts): parts.flatMap(\.leaves)
    case .not(let part): part.leaves
    case .condition(let condition): [condition]
    }
  }
}

extension Sequence<String> {
  /// Names as SQL lists them.
  var quotedList: String { map(Identifier.quoted).joined(separator: ", ") }
  /// Names as a sentence lists them.
  var wordList: String { joined(separator: " and ") }
}
