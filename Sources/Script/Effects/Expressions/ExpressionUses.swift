import CPgQuery
import Schema

extension EffectReader {
  /// Notes what an expression uses; `table` is the relation whose columns stand bare in it.
  ///
  /// Answers what was found, for dependencies.
  @discardableResult
  mutating func useExpression(_ node: Node?, over table: ObjectIdentity? = nil) -> ExpressionReferences {
    var references = ExpressionReferences(self, over: table)
    references.visit(node)
    for object in references.objects { use(object) }
    return references
  }

  /// Notes what a query uses and locks.
  @discardableResult
  mutating func useQuery(
    _ node: Node?, variables: Set<String> = [], locking: Bool = true
  ) -> ExpressionReferences {
    var references = ExpressionReferences(self)
    references.variables = variables
    references.visit(node)
    for object in references.objects { use(object) }
    if locking { for use in references.relations { lock(use.lock, use.relation) } }
    return references
  }
}

extension EffectReader {
  /// The names of the columns that an expression over one table reads, each once, in order.
  ///
  /// As `pull_var_clause` sees them when PostgreSQL makes the name of a check constraint: the columns of the table
  /// itself, not those inside sub-selects.
  static func columnsRead(by node: Node) -> [String] {
    var found: [String] = []
    SyntaxReflection.walk(message(node)) { any in
      guard MessageKind(any) == .node else { return true }
      let node = any.cast(to: PgQuery__Node.self)
      guard node.kind == PG_QUERY__NODE__NODE_COLUMN_REF else {
        return node.kind != PG_QUERY__NODE__NODE_SELECT_STMT
      }
      let reference = node.pointee.column_ref.pointee
      if let name = list(reference.n_fields, reference.fields).last?.stringValue, !found.contains(name) {
        found.append(name)
      }
      return false
    }
    return found
  }
}
