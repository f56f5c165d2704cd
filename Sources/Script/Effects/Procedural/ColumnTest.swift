import CPgQuery
import Schema

/// A condition on what a column is like (its type, its default), beside its name, that a block asks the catalog for.
///
/// `IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'c' AND data_type =
/// 'text')`: whether the block goes on hangs on the column's type.
struct ColumnTest: Equatable {
  /// The condition, as the parser writes it.
  let condition: String

  /// The tests that a query over the columns of relations puts; none for other queries.
  static func tests(of select: PgQuery__SelectStmt) -> [ColumnTest] {
    guard let condition = select.where_clause else { return [] }
    let from = list(select.n_from_clause, select.from_clause)
    guard from.contains(where: readsColumns) else { return [] }
    return conjuncts(of: condition).filter(asksForAttribute).map {
      ColumnTest(condition: Deparser.expression($0))
    }
  }

  /// Whether it holds for a column; nil if that cannot be told.
  func holds(for column: KnownSchema.Column, _ evaluation: ConstantEvaluation) -> Bool? {
    var evaluation = evaluation
    evaluation.row = Self.row(of: column)
    return evaluation.truth(of: condition)
  }

  /// The parts of a condition all of which must hold.
  static func conjuncts(of node: Node) -> [Node] {
    guard node.kind == PG_QUERY__NODE__NODE_BOOL_EXPR else { return [node] }
    let expression = node.pointee.bool_expr.pointee
    guard expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR else { return [node] }
    return list(expression.n_args, expression.args).flatMap { conjuncts(of: $0) }
  }

  private static func readsColumns(_ item: Node) -> Bool {
    var isRead = false
    SyntaxReflection.walk(message(item)) { any in
      guard MessageKind(any) == .rangeVariable else { return true }
      let name = string(any.cast(to: PgQuery__RangeVar.self).pointee.relname)
      if ["columns", "pg_attribute"].contains(name) { isRead = true }
      return true
    }
    return isRead
  }

  /// What is asked of a column whose answer "no" leaves open what it is like.
  ///
  /// Whether it may be NULL or is an identity column is not among them: what is done about that leaves it as it is where it
  /// is so already.
  private static let attributes: Set<String> = [
    "data_type", "udt_name", "typname", "atttypid", "atttypmod", "character_maximum_length",
    "numeric_precision",
    "numeric_scale", "datetime_precision", "interval_type", "collation_name", "attcollation",
    "column_default",
    "atthasdef", "is_generated", "attgenerated", "generation_expression", "ordinal_position",
  ]

  private static func asksForAttribute(_ node: Node) -> Bool {
    if isJoin(node) { return false }
    var isAsked = false
    SyntaxReflection.walk(message(node)) { any in
      guard MessageKind(any) == .node else { return true }
      let inner = any.cast(to: PgQuery__Node.self)
      switch inner.kind {
      case PG_QUERY__NODE__NODE_SUB_LINK: return false
      case PG_QUERY__NODE__NODE_COLUMN_REF:
        let reference = inner.pointee.column_ref.pointee
        let name = names(reference.n_fields, reference.fields).last ?? ""
        if attributes.contains(name) { isAsked = true }
        return false
      default: return true
      }
    }
    return isAsked
  }

  /// `a.atttypid = t.oid`.
  private static func isJoin(_ node: Node) -> Bool {
    guard node.kind == PG_QUERY__NODE__NODE_A_EXPR else { return false }
    let sides = [node.pointee.a_expr.pointee.lexpr, node.pointee.a_expr.pointee.rexpr].compactMap { $0 }
    return sides.count == 2
      && sides.allSatisfy {
        $0.kind == PG_QUERY__NODE__NODE_COLUMN_REF && $0.pointee.column_ref.pointee.n_fields > 1
      }
  }

  /// What the catalogs and the information schema say of a column, as far as that is known.
  private static func row(of column: KnownSchema.Column) -> [String: ConstantValue] {
    var row: [String: ConstantValue] = [
      "column_name": .text(column.name), "attname": .text(column.name),
      "is_nullable": .text(column.isNullable ? "YES" : "NO"),
      "attnotnull": .text(column.isNullable ? "f" : "t"),
      "is_identity": .text(column.identity == nil ? "NO" : "YES"),
      "attidentity": .text(column.identity ?? ""),
      "is_generated": .text(column.isGenerated ? "ALWAYS" : "NEVER"),
      "attgenerated": .text(column.isVirtual ? "v" : column.isGenerated ? "s" : ""),
    ]
    let expression = column.isGenerated ? nil : column.defaultExpression
    row["column_default"] = expression.map { defaultValue($0) } ?? .null
    row["atthasdef"] = .text(column.defaultExpression == nil ? "f" : "t")
    guard column.typeIdentity?.kind != .domain else { return row }
    row.merge(ColumnTypeNames(column.type, isOfProject: column.typeIdentity != nil).row) { $1 }
    return row
  }

  /// A default as a value that is not NULL: its text is the server's own only where it is that of a sequence.
  private static func defaultValue(_ expression: String) -> ConstantValue {
    expression.hasPrefix("nextval(") ? .text(expression) : .list([])
  }
}

/// The names under which the information schema and the catalogs know a column's type.
private struct ColumnTypeNames {
  private(set) var row: [String: ConstantValue] = [:]

  /// - Parameter spelling: the type as `format_type` writes it.
  init(_ spelling: String, isOfProject: Bool) {
    let isArray = spelling.hasSuffix("[]")
    let numbers = spelling.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }.split(separator: ",")
      .map { String($0.drop { $0 == " " }) }
    let base = Self.withoutModifier(isArray ? String(spelling.dropLast(2)) : spelling)
    guard let name = isOfProject ? Self.unqualified(base) : BuiltInTypes.internalName(base) else { return }
    let kind = isArray ? "ARRAY" : isOfProject ? "USER-DEFINED" : base
    row["data_type"] = .text(kind)
    row["udt_name"] = .text(isArray ? "_" + name : name)
    row["typname"] = row["udt_name"]
    row["atttypid"] = isOfProject ? nil : .text(isArray ? base + "[]" : base)
    let hasLength = ["character varying", "character"].contains(base) && !isArray
    row["character_maximum_length"] = hasLength ? numbers.first.map { .text($0) } ?? .null : .null
    guard base == "numeric", !isArray else { return }
    row["numeric_precision"] = numbers.first.map { .text($0) } ?? .null
    row["numeric_scale"] = numbers.count > 1 ? .text(numbers[1]) : numbers.isEmpty ? .null : .text("0")
  }

  private static func withoutModifier(_ type: String) -> String {
    guard let open = type.firstIndex(of: "("), let close = type.firstIndex(of: ")") else { return type }
    return String(type[..<open] + type[type.index(after: close)...])
  }

  private static func unqualified(_ type: String) -> String {
    String(type.split(separator: ".").last ?? "").filter { $0 != "\"" }
  }
}
