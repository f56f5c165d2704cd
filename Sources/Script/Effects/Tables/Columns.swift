import CPgQuery
import Schema

/// A column as a statement will make it.
struct ColumnPlan {
  var column: KnownSchema.Column
  /// The constraints written at the column.
  var constraints: [ConstraintPlan] = []
  /// The sequence of a `serial` or identity column.
  var sequence: ObjectIdentity?
  /// What its type, default and collation need.
  var needs: [ObjectIdentity] = []
  /// Whether its default must be computed for each row.
  var isDefaultVolatile = false
  /// Whether its type is a domain, whose constraints are checked for each row.
  var isDomain = false
}

extension EffectReader {
  /// Reads the definition of one column.
  mutating func planColumn(_ definition: PgQuery__ColumnDef, of table: ObjectIdentity) -> ColumnPlan {
    let name = string(definition.colname)
    var column = KnownSchema.Column(name: name, type: "")
    var plan = ColumnPlan(column: column)
    if let typeName = definition.type_name?.pointee {
      let reference = type(typeName)
      column.type = reference.text
      column.typeIdentity = reference.identity
      if let identity = reference.identity {
        plan.needs.append(identity)
        plan.isDomain = identity.kind == .domain
      }
      if reference.serialBase != nil {
        let sequence = newSequence(for: name, of: table)
        plan.sequence = sequence
        plan.isDefaultVolatile = true
        column.isNullable = false
        column.defaultExpression = "nextval('\(sequence.qualifiedName)'::regclass)"
      }
    }
    let collation = WrittenCollation(definition.coll_clause)
    column.collation = collation?.text
    if let identity = collation?.identity { plan.needs.append(identity) }
    for node in list(definition.n_constraints, definition.constraints) {
      let constraint = node.pointee.constraint.pointee
      switch constraint.contype {
      case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        column.isNullable = false
        column.notNullName = nonEmpty(constraint.conname)
      case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        readDefault(constraint.raw_expr, into: &plan, of: &column)
        // No default may refer to columns: this one stands for what makes a virtual column (see ``NewerSyntax/version18``).
        column.isVirtual = constraint.raw_expr.map { Self.refersToColumns($0) } ?? false
        if column.isVirtual { column.isGenerated = true }
      case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
        column.identity = string(constraint.generated_when)
        column.isNullable = false
        plan.isDefaultVolatile = true
        plan.sequence =
          namedSequence(list(constraint.n_options, constraint.options)) ?? newSequence(for: name, of: table)
      case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
        readDefault(constraint.raw_expr, into: &plan, of: &column)
        column.isGenerated = true
        plan.isDefaultVolatile = true
      case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK, PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY,
        PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE, PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION,
        PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        plan.constraints.append(ConstraintPlan(constraint, column: name))
      case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
        plan.constraints.markLast { $0.isDeferrable = true }
      case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
        plan.constraints.markLast {
          $0.isDeferrable = true
          $0.isDeferred = true
        }
      default:
        break
      }
    }
    plan.column = column
    return plan
  }

  private mutating func readDefault(
    _ expression: Node?, into plan: inout ColumnPlan, of column: inout KnownSchema.Column
  ) {
    guard let expression, !expression.isNullConstant else { return }
    column.defaultExpression = Deparser.expression(expression)
    let type = EnumeratedType(column.typeIdentity, text: column.type, in: known)
    let found = references(in: expression, as: type)
    plan.needs += found.objects
    plan.isDefaultVolatile = found.isVolatile
  }

  private static func refersToColumns(_ expression: Node) -> Bool {
    var isFound = false
    SyntaxReflection.walk(message(expression)) { any in
      if MessageKind(any) == .columnReference { isFound = true }
      return !isFound
    }
    return isFound
  }

  /// The sequence that PostgreSQL makes for a `serial` or identity column.
  func newSequence(for column: String, of table: ObjectIdentity) -> ObjectIdentity {
    let schema = table.schema ?? ""
    let name = ImplicitNames.firstFree(table.name, column, "seq") { known.isRelationName($0, in: schema) }
    return ObjectIdentity(.sequence, schema: schema, name: name)
  }

  /// The sequence that `AS IDENTITY (SEQUENCE NAME …)` names.
  private func namedSequence(_ options: [Node]) -> ObjectIdentity? {
    for case let option? in options.map(\.option) where option.name == "sequence_name" {
      guard let parts = option.arg?.nameParts, !parts.isEmpty else { return nil }
      let name = newName(parts)
      return ObjectIdentity(.sequence, schema: name.schema, name: name.name)
    }
    return nil
  }

  /// Makes a column and the sequence that belongs to it.
  mutating func makeColumn(
    _ plan: ColumnPlan, position: Int, of table: ObjectIdentity, when condition: EffectCondition
  ) {
    let column = ObjectIdentity.column(table.schema ?? "", table.name, plan.column.name)
    create(
      column, when: condition, definition: Self.definition(of: plan.column),
      detail: .column(Self.detail(of: plan.column, position: position)), dependingOn: plan.needs,
      partOf: [table])
    if let sequence = plan.sequence {
      makeSequence(
        sequence, when: condition, ownedBy: column, isIdentity: plan.column.identity != nil,
        definition: "OWNED BY \(column.qualifiedName)")
    }
  }

  /// Makes a sequence that goes with a column.
  mutating func makeSequence(
    _ sequence: ObjectIdentity, when condition: EffectCondition, ownedBy column: ObjectIdentity?,
    isIdentity: Bool = false, definition: String?
  ) {
    create(
      sequence, when: condition, definition: definition,
      detail: .sequence(SequenceDetail(ownedBy: column, isIdentity: isIdentity)),
      partOf: column.map { [$0] } ?? [])
    known.relations[QualifiedName(sequence.schema ?? "", sequence.name)] = KnownSchema.Relation(
      kind: .sequence)
  }

  /// The definition of a column as SQL: type, collation, NOT NULL, default.
  static func definition(of column: KnownSchema.Column) -> String {
    var text = column.type
    if let collation = column.collation { text += " COLLATE \(collation)" }
    if !column.isNullable { text += " NOT NULL" }
    if let identity = column.identity {
      text += identity == "a" ? " GENERATED ALWAYS AS IDENTITY" : " GENERATED BY DEFAULT AS IDENTITY"
    } else if let expression = column.defaultExpression {
      let kind = column.isVirtual ? "VIRTUAL" : "STORED"
      text += column.isGenerated ? " GENERATED ALWAYS AS (\(expression)) \(kind)" : " DEFAULT \(expression)"
    }
    return text
  }

  /// The same as the catalog's detail.
  static func detail(of column: KnownSchema.Column, position: Int) -> ColumnDetail {
    ColumnDetail(
      position: position, type: column.type, isNullable: column.isNullable,
      defaultExpression: column.defaultExpression, identity: column.identity, isGenerated: column.isGenerated)
  }
}

extension [ConstraintPlan] {
  /// Changes the last one: `DEFERRABLE` stands behind the constraint that it belongs to.
  fileprivate mutating func markLast(_ change: (inout ConstraintPlan) -> Void) {
    guard !isEmpty else { return }
    change(&self[count - 1])
  }
}
