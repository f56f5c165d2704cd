import CPgQuery
import Schema

extension EffectReader {
  /// `COMMENT ON`; `IS NULL` and `IS ''` take the comment away.
  mutating func readComment(_ statement: PgQuery__CommentStmt) {
    guard let node = statement.object, var target = object(statement.objtype, node) else { return }
    if statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT,
      let name = node.elements.last?.stringValue
    {
      target = .constraint(target.schema ?? "", target.name, name)
    }
    use(target)
    if let table = target.kind == .column ? target.table : target.isRelation ? target : nil {
      lock(.shareUpdateExclusive, relation([table.schema ?? "", table.name]))
    }
    let comment = ObjectIdentity.comment(on: target)
    if let text = nonEmpty(statement.comment) {
      create(comment, when: .orReplace, definition: text, partOf: [target])
    } else {
      drop(comment, when: .ifExists)
    }
  }
}
