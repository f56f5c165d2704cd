import CPgQuery
import Schema

extension EffectReader {
  /// Notes what an expression uses; `table` is the relation whose columns stand bare in it.
  ///
  /// Answers what was found, for dependencies.
  ///
  /// - Parameter type: the type in which its value is wanted, if one is given where it stands.
  @discardableResult
  mutating func useExpression(
    _ node: Node?, over table: ObjectIdentity? = nil, aliases: [String] = [], as type: EnumeratedType? = nil
  ) -> References {
    let found = references(in: node, over: table, aliases: aliases, as: type)
    for object in found.objects { use(object) }
    return found
  }

  /// What an expression or a query refers to; `table` is the relation whose columns stand bare in it.
  ///
  /// The walk holds what is known, so that it has to end before anything is added to it: else all of it is copied.
  func references(
    in node: Node?, over table: ObjectIdentity? = nil, aliases: [String] = [], variables: Set<String> = [],
    as type: EnumeratedType? = nil
  ) -> References {
    var walk = ExpressionReferences(self, over: table, aliases: aliases)
    walk.variables = variables
    walk.noteLabels(in: node, as: type)
    walk.visit(node)
    return walk.found
  }

  /// Notes what a query uses and locks; one that is kept, and not carried out, does not get behind the views that it reads.
  @discardableResult
  mutating func useQuery(
    _ node: Node?, variables: Set<String> = [], locking: Bool = true, isKept: Bool = false
  ) -> References {
    let found = references(in: node, variables: variables)
    for object in found.objects { use(object) }
    if locking, isKept { for use in found.relations { lock(use.lock, use.relation) } }
    if locking, !isKept { lockRelations(of: found.relations) }
    return found
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
