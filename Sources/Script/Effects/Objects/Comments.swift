import CPgQuery
import Schema

extension EffectReader {
  /// `COMMENT ON`; `IS NULL` and `IS ''` take the comment away.
  mutating func readComment(_ statement: PgQuery__CommentStmt) {
    guard let node = statement.object, let target = object(statement.objtype, node) else { return }
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
